"""The panel of one rule: whatever is moved, it shows what a fresh run would."""

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optim_lib import rules
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.least_squares import linear_regression
from optim_lib.landscapes.surfaces import beale, rosenbrock, valley
from optim_lib.panels import explore as explore_panel
from optim_lib.panels.explore import FORGETTING_STEPS, MENU, explore
from optim_lib.panels.grids import GRIDS
from optim_lib.panels.sliders import movable
from optim_lib.runs import errors
from optim_lib.runs.describe import headline
from optim_lib.runs.impulse import impulse
from optim_lib.runs.inspect import hyperparameters, slots_of
from optim_lib.runs.run import run
from optim_lib.stage.raster import png

AROUND = ("steps", "landscape", "x", "y")


def fresh(panel, rule, batch=None):
    """The Run of the controls as they are now, as far as they are this rule's."""
    at = {name: control.value for name, control in panel.controls.items()}
    hyper = movable(rule, ()) | {name: at[name] for name in hyperparameters(rule) if name in at}
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
    """The picture and the sentence are those of a fresh run of the controls."""
    rule, before = panel.walked.rule, panel.walked.before
    assert panel.error is None and panel.stage.alert == ""
    assert_same_run(panel.run, fresh(panel, rule))
    if before is not None:
        assert_same_run(panel.ghost, fresh(panel, before))
    np.testing.assert_array_equal(panel.picture.lines["path"].get_xydata(), panel.run.theta)
    said = headline(rule, panel.run, before, panel.ghost)
    assert panel.picture.sentence == panel.stage.caption == said


@functools.cache
def shared_panel():
    """One panel for all who change it and look: to build one takes long."""
    return explore(rules.momentum, before=rules.gd, steps=50)


@pytest.fixture
def panel():
    shared_panel().reset()
    return shared_panel()


# ---- what moves ----

CHANGES = {"eta": 0.0004, "beta1": 0.5, "steps": 20, "landscape": MENU[1], "x": 0.25, "y": -0.5}


def test_a_change_of_any_control_is_one_update_to_a_fresh_run(panel):
    assert panel.controls.keys() == CHANGES.keys()
    for name, value in CHANGES.items():
        tick = panel.stage.tick
        panel.controls[name].value = value
        assert panel.stage.tick == tick + 1, name
        assert_shows_its_controls(panel)


def test_a_landscape_brings_its_start_and_a_batch_of_settings_its_own(panel):
    for surface in (beale, valley(25), MENU[-1]):
        panel.set({"landscape": MENU[0], "x": 0.5, "y": 0.75})
        assert panel.run.theta[0].tolist() == [0.5, 0.75]
        panel.controls["landscape"].value = next(s for s in MENU if s.name == surface.name)
        assert panel.run.theta[0].tolist() == [*map(float, surface.start)]
        assert panel.picture.axes["landscape"].get_title(loc="left").startswith(surface.name)
        assert_shows_its_controls(panel)


def test_a_slider_moves_the_picture(panel):
    slider = panel.panel.children[1].children[1].children[0]
    assert slider.description == "β₁  memory of direction"
    slider.index = GRIDS["beta1"].index(0.99)
    assert panel.run.hyper["beta1"] == 0.99
    assert_shows_its_controls(panel)


def test_the_start_is_dragged(panel, drag):
    drag(panel, "landscape", 0.5, -0.25)
    assert panel.run.theta[0].tolist() == [0.5, -0.25]
    assert_shows_its_controls(panel)


def test_other_steps_need_no_new_figure(panel):
    figure = panel.picture.figure
    panel.controls["steps"].value = 300
    assert panel.picture.figure is figure
    assert_shows_its_controls(panel)


def test_the_forgetting_curve_is_that_of_the_sliders(panel):
    panel.controls["beta1"].value = 0.5
    left = panel.picture.lines["forgetting v"].get_ydata()
    curve = impulse(rules.momentum, FORGETTING_STEPS, beta1=0.5).memory["v"][1:, 0]
    np.testing.assert_array_equal(left, curve)


def test_a_far_corner_is_drawn(panel, monkeypatch):
    monkeypatch.undo()
    for eta, x in [(1e-6, -1e4), (1e-6, 1.0), (10.0, 1e4)]:
        panel.set({"eta": eta, "x": x, "y": x})
        assert_shows_its_controls(panel)
        assert png(panel.picture.figure).startswith(b"\x89PNG")


POWERS = {name: np.log10([max(grid[0], 1e-5), grid[-1]]) for name, grid in GRIDS.items()}
COORDINATE = st.floats(-3, 3) | st.floats(-1e4, 1e4)
ADAPTIVE = (rules.nesterov, rules.adagrad, rules.adamw)  # what they keep differs the most


def any_setting(name):
    low, high = POWERS[name]
    grid = GRIDS[name]
    between = st.floats(low, high).map(lambda power: float(np.clip(10.0**power, grid[0], grid[-1])))
    return st.sampled_from(grid) | between


@functools.cache
def panel_of(rule):
    return explore(rule, before=rules.momentum, steps=20)


@settings(derandomize=True, deadline=None, max_examples=12, database=None)
@given(rule=st.sampled_from(ADAPTIVE), data=st.data())
def test_no_setting_breaks_any_rule_on_any_landscape(rule, data):
    panel, knobs = panel_of(rule), {name: any_setting(name) for name in hyperparameters(rule)}
    around = {"landscape": st.sampled_from(MENU), "x": COORDINATE, "y": COORDINATE}
    panel.set(data.draw(st.fixed_dictionaries(knobs | around)))
    assert_shows_its_controls(panel)
    panel.stage.readout()


# ---- the ghost, and what is not walked again ----


def test_the_ghost_shares_the_knobs_it_has():
    panel = explore(rules.adam, before=rules.momentum, steps=30, eta=0.002, beta1=0.5)
    assert panel.ghost.hyper == {"eta": 0.002, "beta1": 0.5}
    panel.controls["beta1"].value = 0.8
    assert panel.ghost.hyper == {"eta": 0.002, "beta1": 0.8}
    assert_shows_its_controls(panel)


def no_eta(theta, grad, memory, *, rate=0.001):
    return theta - rate * grad(theta), {}


def test_the_ghost_keeps_its_defaults_for_the_knobs_that_the_rule_has_not():
    panel = explore(no_eta, before=rules.momentum, steps=30)
    assert_same_run(panel.ghost, run(rules.momentum, rosenbrock, steps=30, eta=0.001, beta1=0.9))


def test_only_what_a_change_has_to_do_with_is_walked_again(panel):
    for name, value in CHANGES.items():
        ghost, forgetting = panel.ghost, panel.walked.forgetting
        panel.controls[name].value = value
        assert (panel.ghost is ghost) == (name == "beta1")
        assert (panel.walked.forgetting is forgetting) == (name != "beta1")


# ---- mini-batches ----


def test_mini_batches_are_for_the_rule_and_not_for_gd():
    panel = explore(rules.sgd, before=rules.gd, on=linear_regression, steps=30, batch=4)
    box = panel.controls["batch"]
    box.value = 2
    assert_same_run(panel.run, fresh(panel, rules.sgd, batch=2))
    assert_same_run(panel.ghost, fresh(panel, rules.gd))
    panel.controls["landscape"].value = MENU[0]  # which is no mean over examples
    assert box.disabled
    assert_shows_its_controls(panel)
    panel.reset()
    assert not box.disabled and panel.run.batch == 4


def test_without_a_batch_the_gradient_is_that_of_all_examples():
    panel = explore(rules.sgd, on=linear_regression, batch=None, eta=0.1)
    assert "batch" not in panel.controls and panel.run.batch is None
    panel.controls["landscape"].value = MENU[1]
    assert panel.error is None


# ---- what is read of one step ----


@pytest.mark.parametrize("rule", [rules.gd, rules.momentum, rules.adam], ids=lambda r: r.__name__)
def test_what_is_read_is_of_the_run(rule, read):
    panel = explore(rule, on=valley(), steps=20, eta=0.01)
    told, walked = read(panel), panel.run
    np.testing.assert_array_equal(told["θ ="], walked.theta)
    np.testing.assert_array_equal(told["loss"][:, 0], walked.loss)
    for slot, history in slots_of(walked).items():
        np.testing.assert_array_equal(told[f"{slot} ="], history)
    gradient = np.array([valley().grad(theta) for theta in walked.theta])
    np.testing.assert_array_equal(told["∇f ="], gradient)
    steps, rate = walked.theta[1:] - walked.theta[:-1], told["effective η ="]
    np.testing.assert_allclose(rate[:-1], -steps / gradient[:-1])
    assert np.isnan(rate[-1]).all()  # no step follows the last
    if rule is rules.gd:
        np.testing.assert_allclose(rate[:-1], 0.01, rtol=1e-9)


def test_the_arrow_points_down_the_slope_also_of_a_diverged_run(panel, read):
    tips, gradient = panel.stage.arrow() - panel.run.theta, rosenbrock.grad(panel.run.theta.T).T
    cosine = (tips * gradient).sum(axis=1) / np.linalg.norm(tips, axis=1)
    np.testing.assert_allclose(cosine, -np.linalg.norm(gradient, axis=1))
    panel.controls["eta"].value = 10.0
    assert panel.run.diverged_at > 0 and np.isfinite(panel.stage.arrow()).all()
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


def asks_to_stop(theta, grad, memory, *, eta, beta1=0.5):
    if beta1 > 0.9:
        raise KeyboardInterrupt
    return theta - eta * grad(theta), {}


BREAKS = [
    (breaks_late, errors.RaisedAnError, "beta1 is too large"),
    (hangs_late, errors.NeverReturned, "loop"),
]


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(explore_panel, "run", functools.partial(run, budget=0.3))


@pytest.mark.parametrize("rule, error, said", BREAKS, ids=["exception", "endless loop"])
def test_a_rule_that_breaks_is_named_and_the_next_good_value_recovers(impatient, rule, error, said):
    panel = explore(rule, before=rules.gd, steps=20)
    kept = panel.run, panel.picture.sentence
    panel.controls["beta1"].value = 0.95
    assert type(panel.error) is error and panel.stage.alert == str(panel.error)
    assert panel.stage.alert.startswith(rule.__name__) and said in panel.stage.alert
    assert (panel.run, panel.picture.sentence) == kept
    panel.controls["beta1"].value = 0.25
    assert_shows_its_controls(panel)


@pytest.mark.parametrize("rule, error, said", BREAKS, ids=["exception", "endless loop"])
def test_a_rule_that_breaks_at_first_is_one_line_and_leaves_no_widget(
    impatient, widgets_made, rule, error, said
):
    with pytest.raises(error, match=said) as raised:
        explore(rule, before=rules.gd, beta1=0.95)
    (line,) = raised.value._render_traceback_()
    assert line == f"{error.__name__}: {raised.value}" and "\n" not in line
    assert widgets_made() == 0


def test_an_interrupt_is_neither_the_rule_s_error_nor_the_panel_s():
    panel = explore(asks_to_stop, steps=20)
    with pytest.raises(KeyboardInterrupt):
        panel.controls["beta1"].value = 0.95
    assert panel.error is None and panel.stage.alert == ""
    panel.controls["beta1"].value = 0.25
    assert_shows_its_controls(panel)


def test_what_is_read_after_an_error_is_what_is_shown(read):
    def near_only(theta, grad, memory, *, eta):
        assert abs(theta).max() < 1.7
        return theta - eta * grad(theta), {}

    panel = explore(near_only, steps=10)
    panel.controls["landscape"].value = MENU[1]  # which starts at x = -2
    assert isinstance(panel.error, errors.RaisedAnError)
    gradient = rosenbrock.grad(panel.run.theta.T).T
    np.testing.assert_array_equal(read(panel)["∇f ="], gradient)


def test_advice_is_given_where_it_can_be_followed():
    def wild(theta, grad, memory):
        return theta - 0.1 * grad(theta), {}

    for panel in (explore(wild), explore(rules.gd, eta=-0.01)):
        assert panel.run.diverged_at > 0 and panel.picture.sentence[-1].isdigit()


# ---- rules as students write them ----


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


def odd_slots(theta, grad, memory, *, eta):
    g = grad(theta)
    slots = {"sum": g.sum(), "outer": np.outer(g, g), 3: g, "up": g > 0, "$\\x$": g}
    return theta - eta * g, slots


def many_slots(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), {f"slot{i}": i * grad(theta) for i in range(9)}


def unpacks(theta, grad, memory, *, eta, mu=0.9):
    x, y = theta
    return np.array([x, y]) - eta * grad(theta), {"velocity": mu * grad(theta)}


class Stepper:
    __hash__ = None  # as that of a dataclass

    def __eq__(self, other):
        return isinstance(other, Stepper)

    def __call__(self, theta, grad, memory, *, eta, beta1=0.9):
        return rules.momentum(theta, grad, memory, eta=eta, beta1=beta1)

    def step(self, theta, grad, memory, *, eta, beta1=0.9):
        return rules.momentum(theta, grad, memory, eta=eta, beta1=beta1)


STUDENTS = {
    "no eta": (no_eta, ["rate"], []),
    "*args": (stars, ["eta"], []),
    "**kwargs": (two_stars, [], []),
    "a scalar": (counts, ["eta"], []),
    "a slot that appears later": (remembers_later, ["eta"], ["late"]),
    "odd slots": (odd_slots, ["eta"], [3, "up", "$\\x$"]),
    "many slots": (many_slots, ["eta"], [f"slot{i}" for i in range(9)]),
    "x, y = theta": (unpacks, ["eta", "mu"], ["velocity"]),
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
def test_a_student_s_rule_gets_its_sliders_and_its_memory(rule, knobs, slots, read):
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


def test_what_is_no_number_keeps_its_default_and_has_no_slider():
    times = np.array([[1.0], [2.0]])

    def odd(theta, grad, memory, *, eta, mode="soft", clip=None, by=times, f=np.tanh, ab=(1, 2)):
        assert (clip, f, ab) == (None, np.tanh, (1, 2)) and by is times
        return theta - eta * {"soft": 1, "hard": 2}[mode] * grad(theta), {}

    panel = explore(odd, before=odd, steps=20)
    assert [*panel.controls] == ["eta", *AROUND]
    panel.controls["eta"].value = 0.0005
    assert_same_run(panel.run, run(odd, rosenbrock, steps=20, eta=0.0005))
    hard = explore(odd, before=rules.gd, steps=20, eta=0.0005, mode="hard")
    assert [*hard.controls] == ["eta", *AROUND]
    assert_same_run(hard.run, run(odd, rosenbrock, steps=20, eta=0.0005, mode="hard"))
    hard.reset()
    assert hard.run.hyper["mode"] == "hard" and hard.error is None


def test_what_is_no_number_may_be_a_menu_or_a_slider_when_asked_for():
    def odd(theta, grad, memory, *, eta, mode="soft", clip=None):
        g = grad(theta) if clip is None else np.clip(grad(theta), -clip, clip)
        return theta - eta * {"soft": 1, "hard": 2}[mode] * g, {}

    panel = explore(odd, steps=20, mode=["hard", "soft"], clip=1.0)
    assert panel.run.hyper == {"eta": 0.001, "mode": "soft", "clip": 1.0}
    panel.set({"mode": "hard", "clip": 0.5})
    assert_same_run(panel.run, fresh(panel, odd))


# ---- landscapes of one's own ----


@pytest.mark.parametrize("value", [lambda t: (t**2).sum(axis=0), lambda t: (t**2).sum()])
def test_the_gradient_of_one_s_own_landscape_is_measured(value, read):
    panel = explore(rules.gd, on=value, steps=10, eta=0.1)
    np.testing.assert_allclose(read(panel)["∇f ="], 2 * panel.run.theta, rtol=1e-6)
    assert panel.picture.axes["landscape"].get_title(loc="left").endswith("(gradient measured)")


def test_one_s_own_landscape_is_on_the_menu():
    own = Landscape("own", rosenbrock.value, start=(0.5, 0.5))
    panel = explore(rules.gd, on=own, steps=10)
    assert [*panel.controls["landscape"].options][-1] == "own"
    assert panel.controls["landscape"].value is own


def test_its_size_is_a_width_in_the_words_of_css():
    wide = explore(rules.gd, steps=2, size=700)
    assert wide.panel.layout.width == "700px"
    assert wide.resize("50%").panel.layout.width == "50%"
    screen = explore(rules.gd, steps=2, size="screen").panel
    assert screen.layout.width.startswith("min(100%, 1.806 * (100vh")
    assert "optim-sized" in screen._dom_classes
    assert explore(rules.gd, steps=2).panel.layout.width is None
