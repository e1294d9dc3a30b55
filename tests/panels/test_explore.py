"""The live panel without a browser: whatever is moved, it shows what a fresh run would."""

import base64
import functools
import gc
import io
import sys
import threading
import time
import weakref
from inspect import Parameter

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ipywidgets.widgets.widget import _instances
from PIL import Image

from optim_lib import rules
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.least_squares import least_squares
from optim_lib.landscapes.surfaces import beale, himmelblau, rosenbrock, valley
from optim_lib.panels import explore as explore_panel
from optim_lib.panels.explore import FORGETTING_STEPS, GHOSTS, MENU, explore
from optim_lib.panels.grids import GRIDS
from optim_lib.panels.race import race
from optim_lib.panels.sliders import DEFAULTS
from optim_lib.panels.sweep import sweep
from optim_lib.runs import errors
from optim_lib.runs.describe import headline
from optim_lib.runs.inspect import hyperparameters, slots_of
from optim_lib.runs.run import impulse, run
from optim_lib.stage import cells, raster
from optim_lib.stage.encode import packed, pixels_of
from optim_lib.stage.raster import png
from optim_lib.text import ArgumentError

settings.register_profile("same", derandomize=True, deadline=None, max_examples=3, database=None)
same = settings.get_profile("same")

AROUND = ("steps", "landscape", "x", "y")


def fresh(panel, rule, batch=None):
    """The Run of the controls as they are now, as far as they are this rule's."""
    at = {name: control.value for name, control in panel.controls.items()}
    own = hyperparameters(rule)
    bare = {name: DEFAULTS[name] for name, default in own.items() if default is Parameter.empty}
    hyper = bare | {name: at[name] for name in own if name in at}
    start, steps = (at["x"], at["y"]), at["steps"]
    return run(rule, at["landscape"], start=start, steps=steps, batch=batch, **hyper)


def assert_same_run(one, other):
    assert (one.hyper, one.diverged_at) == (other.hyper, other.diverged_at)
    np.testing.assert_array_equal(one.theta, other.theta)
    np.testing.assert_array_equal(one.loss, other.loss)
    assert one.memory.keys() == other.memory.keys()
    for slot, history in one.memory.items():
        np.testing.assert_array_equal(history, other.memory[slot])


def assert_shows_its_controls(panel):
    """The picture, the sentence and the frame are those of a fresh run of the controls."""
    assert panel.error is None and panel.stage.alert == ""
    assert_same_run(panel.run, fresh(panel, panel.rule))
    if panel.before is not None:
        assert_same_run(panel.ghost, fresh(panel, panel.before))
    np.testing.assert_array_equal(panel.picture.lines["path"].get_xydata(), panel.run.theta)
    said = headline(panel.rule, panel.run, panel.before, panel.ghost)
    assert panel.picture.sentence == panel.stage.caption == said
    lines, figure = panel.picture.lines.values(), panel.picture.figure
    sent = list(panel.stage.spans), panel.stage.frame
    assert sent == packed(pixels_of(lines, figure))


def reset_of(panel):
    return next(
        w
        for row in panel.panel.children
        for w in getattr(row, "children", ())
        if isinstance(w, widgets.Button)
    )


def drag(panel, x, y):
    left, up = panel.picture.axes["landscape"].transData.transform((x, y))
    height = panel.picture.figure.bbox.height
    panel.stage._handle_custom_msg({"type": "drag", "x": left, "y": height - up}, [])


def read(panel):
    sent = []
    panel.stage.send = lambda message, buffers: sent.append((message, buffers))
    panel.stage._handle_custom_msg({"type": "read"}, [])
    ((message, (table,)),) = sent
    ends = np.cumsum([width for _, width in message["groups"]])
    columns = np.split(np.frombuffer(table).reshape(len(panel.run.loss), -1), ends, axis=1)
    return dict(zip([name for name, _ in message["groups"]], columns, strict=False))


@pytest.fixture(scope="module", autouse=True)
def no_still_pictures():
    """Drawing them takes most of the time; they are looked at in test_stage.py."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(raster, "png", lambda *_: b"")
        yield


@pytest.fixture(scope="module")
def momentum(no_still_pictures):
    """One panel for all who change it and look: building one takes long."""
    return explore(rules.momentum, before=rules.gd, steps=50)


@pytest.fixture
def panel(momentum):
    reset_of(momentum).click()
    return momentum


# ---- every change ----

CHANGES = {
    "eta": 0.0004,
    "beta1": 0.5,
    "steps": 20,
    "landscape": MENU[1],
    "x": 0.25,
    "y": -0.5,
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_any_control_is_one_update_to_a_fresh_run(panel, name):
    tick = panel.stage.tick
    panel.controls[name].value = CHANGES[name]
    assert panel.stage.tick == tick + 1
    assert_shows_its_controls(panel)


def test_every_control_is_tried(panel):
    assert panel.controls.keys() == CHANGES.keys()


def test_changes_one_after_the_other(panel):
    for name, value in CHANGES.items():
        panel.controls[name].value = value
    assert_shows_its_controls(panel)


def test_the_same_value_again_is_no_update(panel):
    tick = panel.stage.tick
    for control in panel.controls.values():
        control.value = control.value
    assert panel.stage.tick == tick


def test_reset_is_one_update_and_restores_everything(panel):
    first = {name: control.value for name, control in panel.controls.items()}
    for name, value in CHANGES.items():
        panel.controls[name].value = value
    tick = panel.stage.tick
    reset_of(panel).click()
    assert panel.stage.tick == tick + 1
    assert {name: control.value for name, control in panel.controls.items()} == first
    assert_shows_its_controls(panel)


def test_drag_is_one_update_and_moves_the_start(panel):
    tick = panel.stage.tick
    drag(panel, 0.123456, -0.5)
    assert panel.stage.tick == tick + 1
    assert (panel.controls["x"].value, panel.controls["y"].value) == (0.1235, -0.5)
    assert_shows_its_controls(panel)


@pytest.mark.parametrize("surface", [beale, himmelblau])
def test_landscape_moves_the_start(panel, surface):
    panel.controls["landscape"].value = surface
    assert (panel.controls["x"].value, panel.controls["y"].value) == surface.start
    assert panel.picture.landscape is surface
    assert_shows_its_controls(panel)


def test_sliders_move_the_picture(panel):
    row = panel.panel.children[1]
    slider = row.children[1].children[0]
    assert slider.description == "β₁  memory of direction"
    slider.index = GRIDS["beta1"].index(0.99)
    assert panel.run.hyper["beta1"] == 0.99
    assert_shows_its_controls(panel)


def test_ghost_shares_the_knobs_it_has():
    panel = explore(rules.adam, before=rules.momentum, steps=30, eta=0.002, beta1=0.5)
    assert panel.ghost.hyper == {"eta": 0.002, "beta1": 0.5}
    panel.controls["beta1"].value = 0.8
    assert panel.ghost.hyper == {"eta": 0.002, "beta1": 0.8}
    assert_shows_its_controls(panel)


def test_ghost_walks_again_only_when_the_change_has_to_do_with_it():
    panel = explore(rules.momentum, before=rules.gd, steps=30)
    before = panel.ghost
    panel.controls["beta1"].value = 0.5
    assert panel.ghost is before
    for name, value in {"eta": 0.0004, "x": 0.5, "steps": 20, "landscape": MENU[1]}.items():
        panel.controls[name].value = value
        assert panel.ghost is not before, name
        before = panel.ghost
        assert_shows_its_controls(panel)


def mine(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), memory


@pytest.mark.parametrize(
    "before, on, remembered",
    [(rules.gd, rosenbrock, True), (mine, rosenbrock, False), (rules.gd, valley(7), False)],
    ids=["the course's own", "a student's rule", "a student's landscape"],
)
def test_ghost_that_has_walked_there_before_is_remembered(before, on, remembered):
    panel = explore(rules.momentum, before=before, on=on, steps=30)
    first = panel.ghost
    panel.controls["eta"].value = 0.0004
    panel.controls["eta"].value = 0.001
    assert (panel.ghost is first) == remembered
    assert_shows_its_controls(panel)


def test_ghosts_are_remembered_up_to_a_number():
    panel = explore(rules.momentum, before=rules.gd, steps=2)
    for eta in np.linspace(1e-4, 2e-4, GHOSTS + 9):
        panel.controls["eta"].value = eta
    assert len(panel._ghosts) == GHOSTS


def test_other_steps_need_no_new_figure():
    panel = explore(rules.momentum, before=rules.gd, steps=30)
    figure = panel.picture.figure
    panel.controls["steps"].value = 300
    assert panel.picture.figure is figure
    assert_shows_its_controls(panel)


def test_ghost_keeps_its_defaults_for_the_knobs_that_the_rule_has_not():
    panel = explore(no_eta, before=rules.momentum, steps=30)
    assert panel.ghost.hyper == {"eta": 0.001}
    assert_same_run(panel.ghost, run(rules.momentum, rosenbrock, steps=30, eta=0.001))


def test_mini_batches_are_for_the_rule_and_not_for_gd():
    panel = explore(rules.sgd, before=rules.gd, on=least_squares, steps=30, batch=4)
    panel.controls["batch"].value = 2
    assert_same_run(panel.run, fresh(panel, rules.sgd, batch=2))
    assert_same_run(panel.ghost, fresh(panel, rules.gd))
    tick = panel.stage.tick
    panel.controls["landscape"].value = rosenbrock  # which is no mean over examples
    assert panel.stage.tick == tick + 1
    assert_shows_its_controls(panel)


# ---- three readers ----


def test_bundle_has_three_readers(panel):
    bundle = panel._repr_mimebundle_()
    assert bundle["text/plain"] == panel.picture.sentence == panel.stage.caption
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == panel.panel.model_id
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.size == tuple(panel.picture.figure.bbox.size)
    assert picture.format == "PNG"


def test_picture_of_the_bundle_follows_the_controls(panel):
    before = panel._repr_mimebundle_()["image/png"]
    panel.controls["eta"].value = 0.0002
    assert panel._repr_mimebundle_()["image/png"] != before


@pytest.mark.parametrize("eta, x", [(1e-6, -1e4), (1e-6, 1.0), (10.0, 1e4)])
def test_picture_of_a_far_corner_is_drawn(panel, eta, x):
    panel.set({"eta": eta, "x": x, "y": x})
    assert_shows_its_controls(panel)
    assert Image.open(io.BytesIO(png(panel.picture.figure))).getbbox()


# ---- what is read of one step ----


@pytest.mark.parametrize("rule", [rules.gd, rules.momentum, rules.adam], ids=lambda r: r.__name__)
def test_readout_is_that_of_the_run(rule):
    panel = explore(rule, on=valley(), steps=20, eta=0.01)
    told, walked = read(panel), panel.run
    np.testing.assert_array_equal(told["θ ="], walked.theta)
    np.testing.assert_array_equal(told["loss"][:, 0], walked.loss)
    for slot, history in slots_of(walked).items():
        np.testing.assert_array_equal(told[f"{slot} ="], history)
    gradient = np.array([valley().grad(theta) for theta in walked.theta])
    np.testing.assert_array_equal(told["∇f ="], gradient)
    steps = walked.theta[1:] - walked.theta[:-1]
    np.testing.assert_allclose(told["effective η ="][:-1], -steps / gradient[:-1])
    assert np.isnan(told["effective η ="][-1]).all()  # no step follows the last


def test_effective_step_size_of_gradient_descent_is_eta():
    effective = read(explore(rules.gd, on=valley(), steps=20, eta=0.01))["effective η ="]
    np.testing.assert_allclose(effective[:-1], 0.01, rtol=1e-9)


def test_arrow_points_down_the_slope(panel):
    tips, gradient = panel.stage.arrow() - panel.run.theta, rosenbrock.grad(panel.run.theta.T).T
    cosine = (tips * gradient).sum(axis=1) / np.linalg.norm(tips, axis=1)
    np.testing.assert_allclose(cosine, -np.linalg.norm(gradient, axis=1))


@pytest.mark.parametrize("eta", [0.5, 10.0])
def test_a_diverged_run_can_be_read(panel, eta):
    panel.controls["eta"].value = eta
    assert panel.run.diverged_at > 0
    assert_shows_its_controls(panel)
    np.testing.assert_array_equal(read(panel)["θ ="], panel.run.theta)


# ---- what goes wrong ----


def breaks_late(theta, grad, memory, *, eta, beta1=0.5):
    if beta1 > 0.9:
        raise ZeroDivisionError("beta1 is too large")
    return theta - eta * grad(theta), {}


def hangs_late(theta, grad, memory, *, eta, beta1=0.5):
    while beta1 > 0.9:
        pass
    return theta - eta * grad(theta), {}


def impatient(monkeypatch):
    monkeypatch.setattr(explore_panel, "run", functools.partial(run, budget=0.5))


BREAKS = [
    (breaks_late, errors.RaisedAnError, "beta1 is too large"),
    (hangs_late, errors.OutOfTime, "loop"),
]


@pytest.mark.parametrize("rule, error, said", BREAKS, ids=["exception", "endless loop"])
def test_an_error_keeps_the_picture_and_the_next_good_value_recovers(
    monkeypatch, rule, error, said
):
    impatient(monkeypatch)
    panel = explore(rule, before=rules.gd, steps=20)
    kept = panel.stage.frame, panel.stage.caption, panel.stage.still, panel.run, panel.picture
    tick = panel.stage.tick
    panel.controls["beta1"].value = 0.95
    assert type(panel.error) is error and panel.stage.alert == str(panel.error)
    assert panel.stage.alert.startswith(rule.__name__) and said in panel.stage.alert
    assert panel.stage.tick == tick + 1
    now = panel.stage.frame, panel.stage.caption, panel.stage.still, panel.run, panel.picture
    assert all(new is old for new, old in zip(now, kept, strict=True))
    assert panel._repr_mimebundle_()["text/plain"] == kept[1]
    panel.controls["beta1"].value = 0.25
    assert_shows_its_controls(panel)


def test_what_is_read_after_an_error_is_what_is_shown():
    def near_only(theta, grad, memory, *, eta):
        assert abs(theta).max() < 1.7
        return theta - eta * grad(theta), {}

    panel = explore(near_only, steps=10)
    panel.controls["landscape"].value = MENU[1]  # which starts at x = -2
    assert isinstance(panel.error, errors.RaisedAnError)
    gradient = rosenbrock.grad(panel.run.theta.T).T
    np.testing.assert_array_equal(read(panel)["∇f ="], gradient)


@pytest.mark.parametrize("rule, error, said", BREAKS, ids=["exception", "endless loop"])
def test_an_error_at_first_is_raised_in_one_line_and_leaves_no_widget(
    monkeypatch, rule, error, said
):
    impatient(monkeypatch)
    before = len(_instances)
    with pytest.raises(error, match=said) as raised:
        explore(rule, before=rules.gd, beta1=0.95)
    (line,) = raised.value._render_traceback_()
    assert line == f"{error.__name__}: {raised.value}" and "\n" not in line
    assert len(_instances) == before


def test_an_error_that_is_no_rules_is_named(panel, monkeypatch):
    def breaks(*_):
        raise MemoryError("too much")

    monkeypatch.setattr(panel.picture, "show", breaks)
    panel.controls["eta"].value = 0.0003
    assert panel.stage.alert == "MemoryError: too much" and isinstance(panel.error, MemoryError)
    monkeypatch.undo()
    panel.controls["eta"].value = 0.0004
    assert_shows_its_controls(panel)


def test_a_picture_that_cannot_be_drawn_is_tried_again(panel, monkeypatch):
    def breaks(*_):
        raise MemoryError("too much")

    monkeypatch.setattr(explore_panel, "Picture", breaks)
    panel.controls["landscape"].value = MENU[1]
    assert isinstance(panel.error, MemoryError)
    monkeypatch.undo()
    panel.controls["eta"].value = 0.0004
    assert_shows_its_controls(panel)
    assert panel.picture.landscape is MENU[1]


def test_a_picture_that_cannot_be_rendered_is_tried_again(panel, monkeypatch):
    def breaks(*_):
        raise MemoryError("too much")

    monkeypatch.setattr(raster, "png", breaks)
    first = panel.controls["landscape"].value
    panel.controls["landscape"].value = MENU[1]
    assert isinstance(panel.error, MemoryError)
    monkeypatch.setattr(raster, "png", lambda *_: b"rendered")
    panel.controls["landscape"].value = first
    assert_shows_its_controls(panel)
    assert panel.stage.still == b"rendered" and panel.picture.landscape is first


@pytest.mark.parametrize(
    "about, said",
    [
        ({"steps": 0}, "steps = 0: it must be a whole number from 1 to 100000."),
        ({"steps": 2.5}, "steps = 2.5: it must be a whole number from 1 to 100000."),
        ({"steps": "all"}, "steps = 'all': it must be a whole number from 1 to 100000."),
        ({"steps": 10**9}, "steps = 1000000000: it must be a whole number from 1 to 100000."),
        ({"start": 3}, "start = 3: it must be two numbers, (x, y)."),
        ({"start": (1, 2, 3)}, "start = (1, 2, 3): it must be two numbers, (x, y)."),
        ({"start": "ab"}, "start = 'ab': it must be two numbers, (x, y)."),
        ({"start": (0, np.nan)}, "start = (0, nan): x and y must lie within ±10000."),
        ({"start": (1e9, 0)}, "start = (1000000000.0, 0): x and y must lie within ±10000."),
        ({"on": 3}, "on= takes a Landscape or a function of theta, not 3."),
        ({"before": "gd"}, "A rule is a function (theta, grad, memory, *, eta), not 'gd'."),
        ({"mu": 1}, "mu: the rule has no such keyword-only parameter; it has eta, beta1."),
        ({"beta1": "a"}, "beta1 = 'a' is no number, range, list or widget for a slider."),
        (
            {"on": lambda theta: theta[0] * np.nan},
            "The start and the loss there must be finite numbers: move it closer.",
        ),
    ],
    ids=lambda part: str(part).partition(" at 0x")[0],
)
def test_what_explore_cannot_use(about, said):
    with pytest.raises(ArgumentError) as raised:
        explore(rules.momentum, **about)
    assert str(raised.value) == said


@pytest.mark.parametrize(
    "on, said",
    [
        (lambda x, y: x**2 + y**2, "raised TypeError: <lambda>() missing 1 required positional"),
        (lambda theta: tehta, "raised NameError: name 'tehta' is not defined."),  # noqa: F821
        (lambda theta: None, "must return one number, not None."),
        (lambda theta: theta**2, "must return one number, not an array of shape (2,)."),
        (lambda theta: [(theta**2).sum()], "must return one number, not a list."),
        (
            Landscape("bowl", lambda theta: (theta**2).sum(0), lambda theta: list(theta)),
            "must return an array of 2 numbers, not a list.",
        ),
        (
            Landscape("bowl", lambda theta: (theta**2).sum(0), lambda theta: np.ones(3)),
            "must return an array of 2 numbers, not an array of shape (3,).",
        ),
        (Landscape("bowl", lambda theta: (theta**2).sum(0), lambda theta: 1 / 0), "ZeroDivision"),
    ],
)
@pytest.mark.parametrize("panel_of", [explore, race, functools.partial(sweep, eta=(0.1, 1, 2))])
def test_what_a_landscape_does_wrong_is_not_the_rule_s(panel_of, on, said):
    with pytest.raises(ArgumentError) as raised:
        panel_of(rules.gd, on=on)
    assert str(raised.value).startswith("on=, asked for ") and said in str(raised.value)


def test_what_makes_a_landscape_is_to_be_called():
    with pytest.raises(ArgumentError, match=r"call it, as in on=valley\(25\)"):
        explore(rules.gd, on=valley)


@pytest.mark.parametrize("size", [-5, 0, np.nan, np.inf, "wide"])
def test_a_size_that_is_none_is_one_sentence(size):
    with pytest.raises(ArgumentError, match='write a width in pixels, or "screen"'):
        explore(rules.gd, size=size)


def test_without_a_batch_the_gradient_is_that_of_all_examples():
    panel = explore(rules.sgd, on=least_squares, batch=None, eta=0.1)
    assert "batch" not in panel.controls and panel.run.batch is None
    panel.controls["landscape"].value = MENU[1]
    assert panel.error is None


def test_advice_is_given_where_it_can_be_followed():
    def wild(theta, grad, memory):
        return theta - 0.1 * grad(theta), {}

    for panel in (explore(wild), explore(rules.gd, eta=-0.01)):
        assert panel.run.diverged_at > 0 and panel.picture.sentence[-1].isdigit()


def by_position(theta, grad, memory, eta, beta1=0.9):
    return theta - eta * grad(theta), {}


class Rule:
    def step(self, theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {}


def takes_steps(theta, grad, memory, *, eta, steps=3):
    return theta - eta * grad(theta), {}


def takes_x(theta, grad, memory, *, eta, x=3.0, weights=1):
    return theta - eta * grad(theta), {}


@pytest.mark.parametrize(
    "rule, said",
    [
        (3, "A rule is a function (theta, grad, memory, *, eta), not 3."),
        (max, "max is no rule(theta, grad, memory, *, eta)."),
        (
            by_position,
            "eta, beta1 can have no slider before the * in by_position: "
            "write (theta, grad, memory, *, eta, beta1).",
        ),
        (Rule.step, "step must begin with theta, grad, memory: is it a method?"),
        (takes_steps, "takes_steps has a parameter steps, which the panel itself has: rename it."),
        (takes_x, "takes_x has a parameter x, weights, which the panel itself has: rename it."),
    ],
)
def test_what_is_no_rule_for_a_panel(rule, said):
    with pytest.raises(ArgumentError) as raised:
        explore(rule)
    assert str(raised.value) == said


# ---- rules as students write them ----


def no_eta(theta, grad, memory, *, rate=0.001):
    return theta - rate * grad(theta), {}


def nothing_to_set(theta, grad, memory):
    return theta - 0.001 * grad(theta), {}


def stars(theta, grad, *args, eta=0.001):
    return theta - eta * grad(theta), {}


def two_stars(theta, grad, memory, **kwargs):
    return theta - 0.001 * grad(theta), {}


def counts(theta, grad, memory, *, eta):
    t = memory.get("t", 0) + 1
    return theta - eta * grad(theta) / t, {"t": t}


def remembers_later(theta, grad, memory, *, eta):
    t = memory.get("t", 0) + 1
    return theta - eta * grad(theta), {"t": t} | ({"late": grad(theta)} if t > 5 else {})


def velocity(theta, grad, memory, *, eta, mu=0.9):
    kept = mu * memory.get("velocity", 0.0) + grad(theta)
    return theta - eta * kept, {"velocity": kept}


def odd_slots(theta, grad, memory, *, eta):
    g = grad(theta)
    slots = {"sum": g.sum(), "outer": np.outer(g, g), 3: g, "up": g > 0, "$\\x$": g}
    return theta - eta * g, slots


def many_slots(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), {f"slot{i}": i * grad(theta) for i in range(9)}


def unpacks(theta, grad, memory, *, eta):
    x, y = theta
    return np.array([x, y]) - eta * grad(theta), {"g": grad(theta)}


def of_length_one(theta, grad, memory, *, eta):
    v = grad(theta) / np.linalg.norm(grad(theta))
    return theta - eta * v, {"v": v}


class Stepper:
    def __call__(self, theta, grad, memory, *, eta, beta1=0.9):
        return rules.momentum(theta, grad, memory, eta=eta, beta1=beta1)

    step = __call__


STUDENTS = {
    "no eta": (no_eta, ["rate"], []),
    "nothing to set": (nothing_to_set, [], []),
    "*args": (stars, ["eta"], []),
    "**kwargs": (two_stars, [], []),
    "a scalar": (counts, ["eta"], []),
    "a slot that appears later": (remembers_later, ["eta"], ["late"]),
    "velocity": (velocity, ["eta", "mu"], ["velocity"]),
    "odd slots": (odd_slots, ["eta"], [3, "up", "$\\x$"]),
    "many slots": (many_slots, ["eta"], [f"slot{i}" for i in range(9)]),
    "x, y = theta": (unpacks, ["eta"], ["g"]),
    "divides by the gradient": (of_length_one, ["eta"], ["v"]),
    "object": (Stepper(), ["eta", "beta1"], ["v"]),
    "method": (Stepper().step, ["eta", "beta1"], ["v"]),
    "lambda": (lambda theta, grad, memory, *, eta: (theta - eta * grad(theta), {}), ["eta"], []),
    "partial": (
        functools.partial(rules.adam, beta1=0.5),
        ["eta", "beta1", "beta2", "eps"],
        ["m", "s"],
    ),
}


@pytest.mark.parametrize("rule, knobs, slots", STUDENTS.values(), ids=STUDENTS)
def test_a_students_rule_gets_its_sliders_and_its_memory(rule, knobs, slots):
    panel = explore(rule, before=rules.gd, steps=30)
    assert list(panel.controls) == [*knobs, *AROUND]
    shown = [name for name in panel.picture.lines if name.endswith(" x")]
    assert shown == [f"{slot} x" for slot in slots]
    for knob in knobs[:1]:
        panel.controls[knob].value /= 2
    assert_shows_its_controls(panel)
    assert len(read(panel)) == 4 + len(slots)


def test_a_memory_that_comes_and_goes_with_a_slider():
    def sometimes(theta, grad, memory, *, eta, beta1=0.0):
        return theta - eta * grad(theta), {"v": grad(theta)} if beta1 else {}

    panel = explore(sometimes, steps=20)
    for beta1, has in [(0.5, True), (0.0, False), (0.9, True)]:
        panel.controls["beta1"].value = beta1
        assert ("v x" in panel.picture.lines) is has
        assert_shows_its_controls(panel)


@pytest.mark.parametrize("value", [lambda t: (t**2).sum(axis=0), lambda t: (t**2).sum()])
def test_gradient_that_is_read_on_a_landscape_of_ones_own(value):
    panel = explore(rules.gd, on=value, steps=10, eta=0.1)
    np.testing.assert_allclose(read(panel)["∇f ="], 2 * panel.run.theta, rtol=1e-6)
    assert panel.picture.axes["landscape"].get_title(loc="left").endswith("(gradient measured)")


def test_landscape_of_ones_own_is_on_the_menu():
    own = Landscape("own", rosenbrock.value, start=(0.5, 0.5))
    panel = explore(rules.gd, on=own, steps=10)
    assert [*panel.controls["landscape"].options][-1] == "own"
    assert panel.controls["landscape"].value is own


def test_forgetting_curve_is_that_of_the_sliders(panel):
    panel.controls["beta1"].value = 0.5
    left = panel.picture.lines["forgetting v"].get_ydata()
    curve = impulse(rules.momentum, FORGETTING_STEPS, beta1=0.5).memory["v"][1:, 0]
    np.testing.assert_array_equal(left, curve)


# ---- no leaks, no races ----


def test_close_takes_every_widget_with_it():
    before = set(_instances)
    panel = explore(rules.adamw, before=rules.adam, steps=10, beta1=[0.5, 0.9], lam=True)
    assert len(_instances) > len(before) + 20
    panel.close()
    assert set(_instances) == before


@pytest.mark.parametrize(
    "shown",
    [
        lambda: explore(rules.momentum, before=rules.gd, steps=20),
        lambda: race(rules.momentum, rules.gd, steps=20),
        lambda: sweep(rules.gd, steps=20, eta=(1e-4, 1e-2, 5)).explorer,
    ],
    ids=["explore", "race", "sweep"],
)
def test_nothing_holds_a_panel_that_is_closed(shown):
    panel = shown()
    its_stage = weakref.ref(panel.stage)
    panel.close()
    del panel
    gc.collect()
    assert its_stage() is None


def test_updates_make_no_new_widgets(panel):
    before = set(_instances)
    for name, value in CHANGES.items():
        panel.controls[name].value = value
    assert set(_instances) == before


class Kernel:
    """As much of IPython as a panel asks: which cell is running, for which time."""

    def __init__(self):
        self.cell = self.execution = None

    def get_parent(self):
        return {"metadata": {"cellId": self.cell}, "header": {"msg_id": self.execution}}

    def runs(self, cell, execution, panels=1):
        self.cell, self.execution = cell, execution
        return [explore(rules.gd, steps=2) for _ in range(panels)]


@pytest.fixture
def kernel(monkeypatch):
    kernel = Kernel()
    monkeypatch.setattr(cells, "get_ipython", lambda: kernel)
    monkeypatch.setattr(cells, "_SHOWN", {})
    return kernel


def is_open(panel):
    return panel.panel.comm is not None


def test_running_a_cell_again_closes_what_it_had_made(kernel):
    older = kernel.runs("a", 1, panels=2)
    (other,) = kernel.runs("b", 2)
    assert all(map(is_open, [*older, other]))
    count = len(_instances)
    newer = kernel.runs("a", 3, panels=2)
    assert list(map(is_open, [*older, *newer, other])) == [False, False, True, True, True]
    assert len(_instances) == count


def test_outside_of_a_cell_every_panel_stays(kernel):
    assert all(map(is_open, kernel.runs(None, 1) + kernel.runs(None, 2)))


def in_threads(*actions):
    """Run the actions at once, and raise what any of them raised."""
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


def test_changes_from_several_threads_at_once(panel, restless):
    """Widget callbacks run in a subshell's thread while a cell runs in the main one."""

    def move(name, values):
        for value in values:
            panel.controls[name].value = value

    in_threads(
        lambda: move("eta", np.geomspace(1e-4, 1e-3, 15)),
        lambda: move("beta1", np.linspace(0, 0.9, 15)),
        lambda: move("steps", [10, 50] * 4),
        lambda: [drag(panel, x, 0.5) for x in np.linspace(-1, 1, 10)],
        lambda: [panel.stage._handle_custom_msg({"type": "read"}, []) for _ in range(15)],
        lambda: [panel._repr_mimebundle_() for _ in range(2)],
    )
    assert_shows_its_controls(panel)


@pytest.mark.parametrize("first", ["a slider", "a drag"])
def test_a_slow_update_does_not_replace_a_later_one(panel, monkeypatch, first):
    began = threading.Event()

    def slow_at_first(*args, **about):
        walked = run(*args, **about)
        if not began.is_set():
            began.set()
            time.sleep(0.1)
        return walked

    def move(name, value):
        panel.controls[name].value = value

    def later():
        began.wait(10)
        move("beta1", 0.5)

    monkeypatch.setattr(explore_panel, "run", slow_at_first)
    in_threads(lambda: move("eta", 4e-4) if first == "a slider" else drag(panel, 0.5, 0.5), later)
    assert panel.run.hyper["beta1"] == 0.5
    assert_shows_its_controls(panel)


def test_a_drag_waits_until_a_picture_is_drawn(panel):
    """Which changes the figure's dpi for a while, and so where a point is."""
    figure = panel.picture.figure
    left, up = panel.picture.axes["landscape"].transData.transform((0.5, 0.5))
    message = {"type": "drag", "x": left, "y": figure.bbox.height - up}
    dragging = threading.Thread(target=panel.stage._handle_custom_msg, args=[message, []])
    with panel.stage.lock:
        figure.dpi *= 2
        dragging.start()
        dragging.join(0.05)
        figure.dpi /= 2
    dragging.join()
    assert (panel.controls["x"].value, panel.controls["y"].value) == (0.5, 0.5)


# ---- any setting ----

POWERS = {name: np.log10([max(grid[0], 1e-5), grid[-1]]) for name, grid in GRIDS.items()}


def any_setting(name):
    low, high = POWERS[name]
    grid = GRIDS[name]
    between = st.floats(low, high).map(lambda power: float(np.clip(10.0**power, grid[0], grid[-1])))
    return st.sampled_from(grid) | between


COORDINATE = st.floats(-3, 3) | st.floats(-1e4, 1e4)


@same
@given(data=st.data())
def test_no_setting_breaks_any_rule_on_any_landscape(rule, data):
    panel, knobs = panel_for(rule), {name: any_setting(name) for name in hyperparameters(rule)}
    around = {"landscape": st.sampled_from(MENU), "x": COORDINATE, "y": COORDINATE}
    panel.set(data.draw(st.fixed_dictionaries(knobs | around)))
    assert_shows_its_controls(panel)
    read(panel)


@functools.cache
def panel_for(rule):
    return explore(rule, before=rules.momentum, steps=20)
