"""What a student does to a panel, and what is then on screen."""

import re

import numpy as np
import pytest
from harness import centre

from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.pictures import theme
from optim_lib.pictures.explore import Explored, ExplorePicture
from optim_lib.rules import gd, momentum
from optim_lib.runs.describe import headline
from optim_lib.runs.run import run
from optim_lib.text import number

START = tuple(rosenbrock.start)
EDGE = 2000  # pixels: where a line is cut off


def fresh(eta=0.001, beta1=0.9, start=START):
    """(the run, the ghost) that should be on screen"""
    where = {"start": start, "eta": eta}
    return run(momentum, rosenbrock, **where, beta1=beta1), run(gd, rosenbrock, **where)


def in_pixels(points):
    """Points of the Rosenbrock landscape, in pixels of the figure."""
    walked, _ = fresh()
    shown = Explored(momentum, None, rosenbrock, walked, None, walked)
    figure = (picture := ExplorePicture(shown, theme.current())).figure
    across, up = picture.axes["landscape"].transData.transform(points).T
    return np.column_stack([across, figure.bbox.height - up])


def assert_shows(panel, **setting):
    """The panel's sentence, path and ghost are those of a fresh run, to a tenth of a pixel."""
    walked, ghost = fresh(**setting)
    assert panel.sentence() == headline(momentum, walked, gd, ghost)
    for name, theta in {"path": walked.theta, "ghost": ghost.theta}.items():
        np.testing.assert_allclose(panel.path(name), in_pixels(theta), atol=0.06)


def start_of(panel):
    return panel.ask("(explorer.controls['x'].value, explorer.controls['y'].value)")


def at_vertex(panel, step):
    """Where a step of the path is in the page."""
    x, y = panel.path("path")[step]
    canvas = panel.stage.locator("svg").bounding_box()
    scale = canvas["width"] / panel.ask("float(explorer.stage.scene['size'][0])")
    return canvas["x"] + scale * x, canvas["y"] + scale * y


def readout(panel):
    return panel.stage.locator(".optim-readout").inner_text()


def wait_for_step(panel, pattern):
    panel.stage.locator(".optim-readout b", has_text=re.compile(pattern)).wait_for()


# ---- the sliders ---------------------------------------------------------------------------------


def test_at_first(panel, photograph):
    assert_shows(panel)
    photograph(panel, "light")


def test_type_a_value(panel):
    panel.type("learning rate", 0.00123)
    assert_shows(panel, eta=0.00123)


def test_drag_a_slider_with_the_mouse(panel):
    with panel.change():
        panel.drag(panel.handle("memory of direction"), -120)
    beta1 = float(panel.box("memory of direction").input_value())
    assert beta1 < 0.8
    assert_shows(panel, beta1=beta1)


def test_move_a_slider_with_the_keyboard(panel):
    before = panel.frame()
    with panel.change():
        panel.handle("learning rate").press("ArrowRight")
    assert panel.box("learning rate").input_value() == "0.0011"
    assert panel.frame() == before + 1
    assert_shows(panel, eta=0.0011)


def test_a_move_leaves_the_icon_of_the_tab_alone(panel):
    """JupyterLab would change it twice, and the browser fetch it from the server each time."""
    panel.page.evaluate("""() => {
        window.changed = 0;
        const count = (changes) => { changed += changes.length; };
        const icons = {subtree: true, attributeFilter: ["rel"]};
        new MutationObserver(count).observe(document.head, icons);
    }""")
    with panel.change():
        panel.handle("learning rate").press("ArrowRight")
    assert panel.page.evaluate("changed") == 0


def test_landscape_menu(panel):
    src = panel.stage.locator("img").get_attribute("src")
    with panel.change():
        panel.page.get_by_role("combobox", name="landscape").select_option("Himmelblau")
    assert panel.stage.locator("img").get_attribute("src") != src
    assert start_of(panel) == panel.ask(
        "tuple(map(float, explorer.controls['landscape'].value.start))"
    )


def test_reset(panel):
    panel.type("steps", 50)
    panel.type("learning rate", 0.0003)
    with panel.change():
        panel.page.get_by_role("button", name="Reset").click()
    assert_shows(panel)


def test_diverging(panel, photograph):
    panel.type("learning rate", 0.05)
    walked, ghost = fresh(eta=0.05)
    assert panel.sentence() == headline(momentum, walked, gd, ghost)
    photograph(panel, "diverged")
    for name, theta in {"path": walked.theta, "ghost": ghost.theta}.items():
        assert_cut_off(np.array(panel.path(name)), in_pixels(theta))


def assert_cut_off(drawn, there):
    """It goes as far as the edge, in the direction in which the next point lies."""
    near = int(np.argmax(np.abs(there).max(axis=1) > EDGE))
    np.testing.assert_allclose(drawn[:near], there[:near], atol=0.06)
    (x, y), (to_x, to_y) = drawn[near] - drawn[near - 1], there[near] - there[near - 1]
    assert abs(x * to_y - y * to_x) < 0.2 * np.hypot(to_x, to_y) and x * to_x > 0
    assert np.abs(drawn).max() == pytest.approx(EDGE, abs=0.1)


def numbers_of(panel):
    return panel.stage.locator(".optim-scale").evaluate_all(
        "scales => scales.map(it => [...it.querySelectorAll('text')].map(n => n.textContent))"
    )


def test_numbers_of_the_axes_follow_the_run(panel):
    for steps in (700, 20):
        panel.type("steps", steps)
        told = panel.ask("[[said for *_, said in placed] for placed in explorer.stage.scales]")
        assert numbers_of(panel) == told
        assert told[2][0] == "0" and 0 < steps - int(told[2][-1]) + 1 < steps / 2


def test_another_landscape_is_another_still_picture(panel):
    """Its lines look as before, so the browser must see by the picture alone that it is new."""
    menu = panel.page.get_by_role("combobox", name="landscape")
    still, styles = "bytes(explorer.stage.still)", "repr(explorer.stage.scene)"
    before = panel.ask(still), panel.ask(styles)
    with panel.change():
        menu.select_option(label="Beale")
    assert panel.ask(still) != before[0] and panel.ask(styles) == before[1]
    shown = panel.page.evaluate(
        "async image => Array.from(new Uint8Array(await (await fetch(image.src)).arrayBuffer()))",
        panel.stage.locator("img").element_handle(),
    )
    assert bytes(shown) == panel.ask("bytes(explorer.stage.still)")


# ---- the start point -----------------------------------------------------------------------------


def test_drag_the_start_with_the_mouse(panel):
    with panel.change():
        panel.drag(panel.stage.locator(".optim-grip"), 150, 60)
    x, y = start_of(panel)
    assert x > START[0] + 0.2 and y < START[1] - 0.2
    assert_shows(panel, start=(x, y))


def test_drag_the_start_with_a_finger(panel, context):
    x, y = centre(panel.stage.locator(".optim-grip"))
    finger = context.new_cdp_session(panel.page)

    def touch(kind, *points):
        points = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    with panel.change():
        touch("touchStart", (x, y))
        for far in range(0, 101, 10):
            touch("touchMove", (x + far, y + far / 2))
        touch("touchEnd")
    assert start_of(panel)[0] > START[0] + 0.2
    assert_shows(panel, start=start_of(panel))


def test_move_the_start_with_arrow_keys(panel):
    grip = panel.stage.locator(".optim-grip")
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        with panel.change():
            grip.press(key)
    x, y = start_of(panel)
    assert x > START[0] and y > START[1]
    assert_shows(panel, start=(x, y))


def test_type_the_start(panel):
    for axis, value in {"x": "0.5", "y": "-0.25"}.items():
        with panel.change():
            panel.page.get_by_label(f"start {axis}").fill(value)
            panel.page.get_by_label(f"start {axis}").press("Enter")
    assert_shows(panel, start=(0.5, -0.25))


# ---- one step ------------------------------------------------------------------------------------


def test_scrub(panel, photograph):
    bar = panel.stage.locator(".optim-bar input")
    bar.fill("12")
    panel.page.locator("[data-arrow]").wait_for()
    x, y = (number(value) for value in fresh()[0].theta[12])
    assert readout(panel).startswith(f"step 12 θ = ({x}, {y}) loss")
    photograph(panel, "scrubbed")
    bar.press("ArrowLeft")  # JupyterLab, if it heard that, would go to another cell
    assert readout(panel).startswith("step 11 ")
    assert bar.evaluate("bar => bar === document.activeElement")
    bar.press("Escape")
    assert readout(panel).startswith("Point at the path")


def test_hover(panel):
    panel.page.mouse.move(*at_vertex(panel, 5))
    panel.page.locator("[data-arrow]").wait_for()
    assert readout(panel).startswith("step 5 ")
    panel.page.mouse.move(5, 500)
    assert readout(panel).startswith("Point at the path")


def test_click_pins_the_step(panel):
    panel.page.mouse.click(*at_vertex(panel, 5))
    panel.page.mouse.move(5, 500)
    assert readout(panel).startswith("step 5")


def test_what_is_read_follows_the_sliders(panel):
    panel.stage.locator(".optim-bar input").fill("12")
    panel.page.locator("[data-arrow]").wait_for()
    panel.type("learning rate", 0.0005)
    loss = number(fresh(eta=0.0005)[0].loss[12])
    assert f"loss {loss} " in readout(panel)


WHEN_DRAWN = """stage => {
    window.seen = [];
    const readout = stage.querySelector(".optim-readout");
    const look = () => seen.push([readout.textContent, readout.matches(".optim-late")]);
    new MutationObserver(look).observe(stage, {attributeFilter: ["data-frame"]});
}"""


def test_numbers_of_the_run_before_are_pale(panel):
    panel.stage.locator(".optim-bar input").fill("12")
    panel.page.locator("[data-arrow]").wait_for()
    before = readout(panel)
    panel.stage.evaluate(WHEN_DRAWN)
    panel.type("learning rate", 0.0005)
    ((said, is_pale), *_) = panel.page.evaluate("seen")
    assert is_pale and said.split() == before.split()
    panel.page.locator(".optim-readout:not(.optim-late)").wait_for()
    assert readout(panel) != before and panel.page.locator("[data-arrow]").is_visible()


def test_play_asks_the_kernel_once_at_most(panel):
    button = panel.stage.locator(".optim-bar button")
    whole, panel.sent[:] = len(panel.path("path")), []
    button.click()
    wait_for_step(panel, r"^step [4-9]\d$")
    assert len(panel.path("path")) < whole
    button.click()
    assert len(panel.path("path")) == whole
    assert len([frame for frame in panel.sent if b"comm_msg" in frame]) <= 1


@pytest.mark.parametrize("key, ends", [("Escape", "Point at the path"), ("Space", "step ")])
def test_play_ends_by_a_key(panel, key, ends):
    button = panel.stage.locator(".optim-bar button")
    button.press("Enter")
    wait_for_step(panel, r"^step [1-9]\d$")
    button.press(key)
    assert readout(panel).startswith(ends) and "Play" in button.inner_text()
