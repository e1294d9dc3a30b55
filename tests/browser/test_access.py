"""Nobody is shut out: names for who listens, a focus without a mouse, nothing that axe minds."""

import shutil
from pathlib import Path

from axe import minded
from harness import until

ROOT = Path(__file__).parents[2]
OURS = [[".jp-OutputArea-output"], [".jp-RenderedMarkdown"]]  # JupyterLab's own is not
LINKS = "link-in-text-block"  # how links look in a text is for JupyterLab's theme to say


def test_a_slider_says_its_name_and_its_value(panel):
    with panel.change():
        panel.type("learning rate", 0.0005)
    handle = panel.handle("learning rate")
    until(lambda: handle.get_attribute("aria-valuetext") == "0.0005", "its value is said")
    assert "learning rate" in handle.get_attribute("aria-label")
    assert panel.box("learning rate").get_attribute("aria-label") == handle.get_attribute(
        "aria-label"
    )


NAME = """() => {
  const it = document.activeElement;
  return it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent;
}"""


def test_the_tab_key_alone_reaches_every_control(panel):
    page = panel.page
    panel.stage.locator(".optim-grip").focus()
    reached = [page.evaluate(NAME)]
    while reached[-1].strip() != "Reset" and len(reached) < 30:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(NAME))
    said = " | ".join(reached)
    wanted = ["start point", "Play", "step to read", "learning rate", "β₁", "steps"]
    wanted += ["landscape", "start x", "start y", "Reset"]
    assert [name for name in wanted if name not in said] == []


def test_the_focus_of_a_slider_is_seen(panel):
    panel.box("learning rate").focus()
    panel.page.keyboard.press("Shift+Tab")
    handle = panel.handle("learning rate")
    assert handle.evaluate("it => it === document.activeElement")
    assert handle.evaluate("it => getComputedStyle(it).outlineWidth") == "3px"


COUNT = """stage => {
  Object.assign(window, {announced: 0, pauses: 0, last: Infinity});
  const watch = (node, what, then) => new MutationObserver(then).observe(node, what);
  watch(stage.querySelector(".optim-status"), {childList: true}, () => announced++);
  watch(stage, {attributeFilter: ["data-frame"]}, () => {
    const now = performance.now();
    if (now - last > 600) pauses++;
    last = now;
  });
}"""


def test_ten_quick_moves_are_announced_once(panel):
    """And once more for each pause that a busy machine made in them."""
    panel.page.wait_for_timeout(1000)
    panel.stage.evaluate(COUNT)
    panel.handle("learning rate").focus()
    with panel.change():
        for _ in range(10):
            panel.page.keyboard.press("ArrowLeft")
    status = panel.stage.locator(".optim-status")
    until(lambda: status.text_content() == panel.sentence(), "the last one is announced")
    panel.page.wait_for_timeout(1000)
    announced, pauses = panel.page.evaluate("[announced, pauses]")
    assert 1 <= announced <= 1 + pauses


def test_axe_finds_nothing_grave_in_a_notebook_by_day_or_by_night(lab, visit, wear):
    shutil.copy(ROOT / "notebooks/en/03-momentum.ipynb", lab.folder)
    notebook = visit("03-momentum.ipynb").run_all()
    notebook.page.locator(".optim-stage img").first.wait_for()
    # JupyterLab's body has no height, and axe takes all that is in it for clipped: no contrast.
    notebook.page.add_style_tag(content="body { height: 100vh }")
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        wear(theme)
        found = minded(notebook.page, OURS)
        assert [line for line in found if not line.startswith(LINKS)] == []


def test_a_picture_that_does_not_move_has_its_sentence_and_fits_the_page(lab, visit):
    cells = "from optim_lib import forgetting", "shown = forgetting()\nshown"
    notebook = visit(lab.write(*cells)).run_all()
    image = notebook.page.locator(".jp-OutputArea-output img")
    assert image.get_attribute("alt") == notebook.ask("repr(shown)")
    page, picture = notebook.page.locator(".jp-OutputArea").last, image.bounding_box()
    assert picture["width"] <= page.bounding_box()["width"]
    assert minded(notebook.page, OURS[:1]) == []
