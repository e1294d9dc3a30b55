"""What every panel does, shown by the smallest one: a line of so many points up to a height."""

import base64
import gc
import io
import sys
import threading
import time
import weakref

import matplotlib.figure
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image
from traitlets import TraitError

from optim_lib.panels.panel import Last, Panel
from optim_lib.panels.sliders import Controls, start_boxes
from optim_lib.stage import cells, raster
from optim_lib.stage.encode import packed, pixels_of
from optim_lib.stage.widget import Stage
from optim_lib.text import ArgumentError

TALL = 3.0  # a height from which on another picture is needed


class Line:
    """The picture: it fits what is low, or what is tall."""

    def __init__(self, walked, theme):
        self.figure, self.theme = matplotlib.figure.Figure(figsize=(2, 1), dpi=50), theme
        self.axes = {"only": self.figure.add_axes((0, 0, 1, 1))}
        (line,) = self.axes["only"].plot([], [])
        self.lines, self.is_tall = {"start": line}, walked[0] > TALL
        self.show(walked)

    def fits(self, walked):
        return self.is_tall == (walked[0] > TALL)

    def show(self, walked):
        self.lines["start"].set_data([0, 1], [0, walked[0]])
        self.sentence = f"up to {walked[0]} from {walked[1]}"

    def scene(self):
        names = {"track": "start", "handle": "start", "by_step": ["start"]}
        return {"figure": self.figure, "lines": self.lines, "caption": self.sentence} | names


class Walk:
    """The walk: it can be told to raise, or to find a fault in a part of what it does."""

    def __init__(self):
        self.calls, self.raises, self.faults = 0, None, []

    def __call__(self, values):
        self.calls += 1
        if self.raises:
            raise self.raises
        return (values["height"], (values["x"], values["y"])), self.faults


def made(walk, **about):
    controls = Controls({"height": 1.0}, {"height": (0.0, 10.0)})
    boxes = start_boxes((0.25, 0.5))
    controls |= boxes
    controls.in_rows(controls.knobs, boxes.values())
    return Panel(controls, walk, **{"picture": Line, "readout": list, "arrow": list} | about)


@pytest.fixture
def panel():
    panel = made(Walk())
    yield panel
    panel.close()


def assert_whole(panel, height, start=(0.25, 0.5)):
    """Controls, picture, sentence and what was sent to the browser say the same."""
    assert (panel.error, panel.stage.alert) == (None, "")
    assert panel.controls["height"].value == panel.walked[0] == height
    assert panel.picture.sentence == panel.stage.caption == f"up to {height} from {start}"
    assert panel.picture.lines["start"].get_ydata()[1] == height
    sent = list(panel.stage.spans), panel.stage.frame
    assert sent == packed(pixels_of(panel.picture.lines.values(), panel.picture.figure))


# ---- what moves ----


def test_a_change_is_one_walk_and_the_same_value_again_is_none(panel):
    tick = panel.stage.tick
    for value in (2.0, 2.0):
        panel.controls["height"].value = value
    assert (panel._walk.calls, panel.stage.tick) == (2, tick + 1)
    assert_whole(panel, 2.0)


def test_several_settings_at_once_are_one_walk(panel):
    panel.set({"height": 2.0, "x": 1.0, "y": 1.5})
    assert panel._walk.calls == 2
    assert_whole(panel, 2.0, (1.0, 1.5))


def test_what_was_set_before_a_value_that_cannot_be_is_shown(panel):
    with pytest.raises(TraitError):
        panel.set({"height": 2.0, "x": "far"})
    assert_whole(panel, 2.0)
    panel.controls["height"].value = 1.5
    assert_whole(panel, 1.5)


def test_the_button_resets_all_in_one_walk(panel):
    panel.set({"height": 9.0, "x": 5.0})
    panel.controls.reset.click()
    assert panel._walk.calls == 3
    assert_whole(panel, 1.0)


def test_a_drag_sets_the_start_to_four_digits_in_one_walk(panel, drag):
    drag(panel, "only", 0.123456, -0.5)
    assert panel._walk.calls == 2
    assert_whole(panel, 1.0, (0.1235, -0.5))


def test_a_control_may_bring_others_along(panel):
    panel.controls.follow[panel.controls["height"]] = lambda height: {"x": height, "y": -height}
    panel.controls["height"].value = 2.0
    assert panel._walk.calls == 2
    assert_whole(panel, 2.0, (2.0, -2.0))
    panel.set({"height": 2.5, "x": 0.5})
    assert_whole(panel, 2.5, (0.5, -2.0))


def test_a_picture_that_does_not_fit_is_replaced_and_one_that_does_is_moved(panel):
    first = panel.picture
    panel.controls["height"].value = 2.0
    assert panel.picture is first
    panel.controls["height"].value = 4.0
    assert panel.picture is not first and panel.picture.theme is first.theme
    assert_whole(panel, 4.0)


def test_three_readers_see_the_same(panel, monkeypatch):
    monkeypatch.undo()
    panel.controls["height"].value = 2.0
    bundle = panel._repr_mimebundle_()
    assert bundle["text/plain"] == panel.stage.caption == "up to 2.0 from (0.25, 0.5)"
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == panel.panel.model_id
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert (picture.format, picture.size) == ("PNG", (100, 50))
    panel.controls["height"].value = 1.0
    assert panel._repr_mimebundle_()["image/png"] != bundle["image/png"]


def test_what_is_read_is_of_what_is_shown(read):
    walk = Walk()
    panel = made(
        walk,
        readout=lambda walked: [("height", np.full((2, 1), walked[0]))],
        arrow=lambda walked: np.zeros((2, 2)),
    )
    walk.raises = ArgumentError("No.")
    panel.controls["height"].value = 2.0
    assert read(panel)["height"].tolist() == [[1.0], [1.0]]
    panel.close()


# ---- what goes wrong ----


@pytest.mark.parametrize(
    "error, said",
    [
        (ArgumentError("No such height."), "No such height."),
        (MemoryError("too much"), "MemoryError: too much"),
    ],
)
def test_an_error_is_said_the_picture_stays_and_the_next_good_value_recovers(panel, error, said):
    stage = panel.stage
    kept, tick = (stage.frame, stage.caption, stage.still, panel.picture, panel.walked), stage.tick
    panel._walk.raises = error
    panel.controls["height"].value = 2.0
    assert (panel.error, stage.alert, stage.tick) == (error, said, tick + 1)
    assert (stage.frame, stage.caption, stage.still, panel.picture, panel.walked) == kept
    assert panel._repr_mimebundle_()["text/plain"] == stage.caption
    panel._walk.raises = None
    panel.controls["height"].value = 1.5
    assert_whole(panel, 1.5)


def test_a_fault_in_a_part_is_said_and_the_rest_is_shown(panel):
    faults = ArgumentError("One is lame."), ArgumentError("One is blind.")
    panel._walk.faults = faults
    panel.controls["height"].value = 2.0
    assert panel.error is faults[0] and panel.stage.alert == "One is lame. One is blind."
    assert panel.picture.sentence == panel.stage.caption == "up to 2.0 from (0.25, 0.5)"
    panel._walk.faults = []
    panel.controls["height"].value = 1.5
    assert_whole(panel, 1.5)


def test_an_interrupt_is_no_sentence_and_leaves_the_panel_usable(panel):
    panel._walk.raises = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        panel.controls["height"].value = 2.0
    assert (panel.error, panel.stage.alert) == (None, "")
    panel._walk.raises = None
    panel.controls["height"].value = 1.5
    assert_whole(panel, 1.5)


def breaks(*_, **__):
    raise MemoryError("too much")


BROKEN = {
    "drawing": (Line, "__init__"),
    "showing": (Line, "show"),
    "staging": (Stage, "restage"),
    "rendering": (raster, "png"),
    "sending": (Stage, "update"),
}


@pytest.mark.parametrize("owner, part", BROKEN.values(), ids=BROKEN)
def test_what_breaks_on_the_way_to_the_stage_is_mended_next_time(panel, monkeypatch, owner, part):
    for broken, good in [(2.0, 1.5), (4.0, 1.0), (5.0, 6.0), (2.0, 2.5)]:
        with monkeypatch.context() as patched:
            patched.setattr(owner, part, breaks)
            panel.controls["height"].value = broken
        panel.controls["height"].value = good
        assert_whole(panel, good)
        assert panel.stage._figure is panel.picture.figure


@pytest.mark.parametrize("error", [ArgumentError("No such height."), KeyboardInterrupt()])
def test_an_error_at_first_is_raised_and_leaves_no_widget(error, widgets_made):
    walk = Walk()
    walk.raises = error
    with pytest.raises(type(error)) as raised:
        made(walk)
    assert raised.value is error
    assert widgets_made() == 0


def test_a_panel_that_cannot_be_drawn_leaves_no_widget(widgets_made):
    with pytest.raises(MemoryError):
        made(Walk(), picture=breaks)
    assert widgets_made() == 0


# ---- no leaks ----


def test_updates_make_no_widgets_and_close_takes_all_of_them_with_it(widgets_made):
    panel = made(Walk())
    first = widgets_made()
    panel.set({"height": 4.0, "x": 1.0})
    assert widgets_made() == first > 10
    panel.close()
    assert widgets_made() == 0


def test_nothing_holds_a_panel_that_is_closed():
    panel = made(Walk())
    its_stage = weakref.ref(panel.stage)
    panel.close()
    del panel
    gc.collect()
    assert its_stage() is None


class Kernel:
    """As much of IPython as a panel asks: which cell is running, for which time."""

    def __init__(self):
        self.cell = self.execution = None

    def get_parent(self):
        return {"metadata": {"cellId": self.cell}, "header": {"msg_id": self.execution}}

    def runs(self, cell, execution, panels=1):
        self.cell, self.execution = cell, execution
        return [made(Walk()) for _ in range(panels)]


@pytest.fixture
def kernel(monkeypatch):
    kernel = Kernel()
    monkeypatch.setattr(cells, "get_ipython", lambda: kernel)
    monkeypatch.setattr(cells, "_SHOWN", {})
    return kernel


def are_open(panels):
    return [panel.panel.comm is not None for panel in panels]


def test_running_a_cell_again_closes_what_it_had_made(kernel):
    older, (other,) = kernel.runs("a", 1, panels=2), kernel.runs("b", 2)
    assert all(are_open([*older, other]))
    count = len(_instances)
    newer = kernel.runs("a", 3, panels=2)
    assert are_open([*older, *newer, other]) == [False, False, True, True, True]
    assert len(_instances) == count


def test_outside_of_a_cell_every_panel_stays(kernel):
    assert all(are_open(kernel.runs(None, 1) + kernel.runs(None, 2)))


# ---- no races: JupyterLab runs widget callbacks in a subshell's thread while a cell runs ----


def in_threads(*actions):
    """Do all at once, and raise what any of them raised."""
    raised = []

    def careful(action):
        try:
            action()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=careful, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not raised and not any(thread.is_alive() for thread in threads)


@pytest.fixture
def restless():
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_changes_from_several_threads_at_once(panel, restless, drag):
    def move(name, values):
        for value in values:
            panel.controls[name].value = value

    in_threads(
        lambda: move("height", np.linspace(2, 5, 40)),
        lambda: move("x", np.linspace(-1, 1, 40)),
        lambda: [panel.set({"x": x, "y": x}) for x in range(30)],
        lambda: [drag(panel, "only", x, 0.5) for x in np.linspace(-1, 1, 30)],
        lambda: [panel._repr_mimebundle_() for _ in range(10)],
    )
    assert_whole(panel, 5.0, (panel.controls["x"].value, panel.controls["y"].value))


def test_each_way_in_waits_for_the_lock(panel):
    def move():
        panel.controls["height"].value = 2.0

    ways_in = (panel.update, panel._repr_mimebundle_, lambda: panel.set({"x": 1.0}), move)
    for enter in ways_in:
        thread, x = threading.Thread(target=enter), panel.controls["x"].value
        with panel.stage.lock:
            panel._busy = True  # as in set(): a slider moved meanwhile is not a part of that
            thread.start()
            thread.join(0.05)
            assert thread.is_alive() and panel.controls["x"].value == x
            panel._busy = False
        thread.join(10)
    assert_whole(panel, 2.0, (1.0, 0.5))


@pytest.mark.parametrize("first", ["a slider", "a drag"])
def test_a_slow_update_does_not_replace_a_later_one(panel, drag, first):
    began, walk = threading.Event(), panel._walk

    def slow_at_first(values):
        walked = walk(values)
        if not began.is_set():
            began.set()
            time.sleep(0.1)
        return walked

    def earlier():
        if first == "a drag":
            drag(panel, "only", 0.75, 0.5)
        else:
            panel.controls["x"].value = 0.75

    def later():
        panel.controls["height"].value = 2.0

    panel._walk = slow_at_first
    in_threads(earlier, lambda: later() if began.wait(10) else None)
    assert_whole(panel, 2.0, (0.75, 0.5))


def test_a_drag_waits_until_a_picture_is_drawn(panel):
    """Which changes the figure's dpi for a while, and so where a point is."""
    figure = panel.picture.figure
    left, up = panel.picture.axes["only"].transData.transform((0.5, 0.75))
    message = {"type": "drag", "x": left, "y": figure.bbox.height - up}
    dragging = threading.Thread(target=panel.stage._handle_custom_msg, args=[message, []])
    with panel.stage.lock:
        figure.dpi *= 2
        dragging.start()
        dragging.join(0.05)
        figure.dpi /= 2
    dragging.join()
    assert_whole(panel, 1.0, (0.5, 0.75))


# ---- what is remembered ----


def test_a_call_is_repeated_only_if_something_in_it_has_changed():
    calls = []
    last = Last(lambda *args, **about: calls.append((args, about)) or len(calls))
    array = np.zeros(2)
    assert [last(1, a=array), last(1, a=array), last(2, a=array), last(1, a=array)] == [1, 1, 2, 3]


def test_a_call_that_failed_is_not_remembered():
    last = Last(lambda x: 1 / x)
    assert last(1) == 1
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            last(0)
    assert last(1) == 1
