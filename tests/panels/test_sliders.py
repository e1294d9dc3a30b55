"""Sliders are made from a rule's keyword-only parameters, and from what one asks for instead."""

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optim_lib import rules
from optim_lib.panels.grids import GRIDS
from optim_lib.panels.sliders import MOST_STOPS, Controls, Knob, knob, movable, start_boxes
from optim_lib.text import ArgumentError

SINGLE = np.float32(2)


def odd(
    theta, grad, memory, *, eta, mu=0.5, power=2, off=-3, none=0, nag=True, bare, m="soft", f=SINGLE
):
    return theta, memory


def stops_of(view):
    return [stop for _, stop in view.children[0].options]


def knob_of_mu(abbreviation, default=0.5):
    return knob("mu", default, abbreviation)


# ---- one for each parameter ----


def test_one_slider_for_each_parameter_of_the_course():
    controls = Controls(movable(rules.adamw, ()), {})
    assert list(controls) == ["eta", "beta1", "beta2", "eps", "lam"]
    labels = []
    for box, view in zip(controls.values(), controls.knobs, strict=True):
        slider, beside = view.children
        assert beside is box and box.value in stops_of(view)
        assert slider.description == box.tooltip
        labels.append(slider.description)
    assert labels[0] == "η  learning rate" and labels[3] == "ε  floor of the root"


def test_unknown_parameters_get_a_slider_from_their_default():
    controls = Controls(movable(odd, ()), {})
    views = dict(zip(controls, controls.knobs, strict=True))
    for name, value, kind, ends in [
        ("eta", 0.001, float, (1e-6, 10)),
        ("mu", 0.5, float, (0, 1)),
        ("power", 2, int, (0, 4)),
        ("off", -3, int, (-6, 0)),
        ("none", 0, float, (0, 1)),
        ("bare", 1.0, float, (0, 2)),
        ("f", 2.0, float, (0, 4)),
    ]:
        box, stops = controls[name], stops_of(views[name])
        assert box.value == value and type(box.value) is kind
        assert (stops[0], stops[-1]) == (box.min, box.max) == ends
    assert isinstance(controls["nag"], widgets.Checkbox) and controls["nag"].value is True
    assert "m" not in controls


def test_what_the_rule_does_not_have_is_named():
    for rule, has in [(rules.momentum, "eta, beta1"), (lambda theta, grad, memory: 0, "none")]:
        with pytest.raises(ArgumentError) as raised:
            movable(rule, {"mu": 1, "beta": 2})
        said = f"beta, mu: the rule has no such keyword-only parameter; it has {has}."
        assert str(raised.value) == said


# ---- a slider and its box ----


def test_slider_moves_the_box_and_the_box_the_slider():
    made = Knob("eta", GRIDS["eta"], 0.001)
    made.slider.index = made.grid.index(0.01)
    assert made.box.value == 0.01
    made.box.value = 0.5
    assert made.slider.value == 0.5
    made.box.disabled = True
    assert made.slider.disabled


def test_box_keeps_what_lies_between_two_stops():
    made = Knob("beta1", GRIDS["beta1"], 0.9)
    made.box.value = 0.98123
    assert (made.box.value, made.slider.value) == (0.98123, 0.98)
    made.box.value = 2
    assert made.box.value == 0.9999


@settings(derandomize=True, deadline=None, max_examples=30, database=None)
@given(st.lists(st.floats(0, 0.9999), min_size=1, max_size=5))
def test_each_change_of_the_box_is_told_once(typed):
    made, told = Knob("beta1", GRIDS["beta1"], 0.9), []
    made.box.observe(lambda change: told.append(change.new), "value")
    for value in typed:
        made.box.value = value
        nearest = min(abs(stop - value) for stop in made.grid)
        assert abs(made.slider.value - value) == nearest
    assert told == [new for old, new in zip([0.9, *typed], typed, strict=False) if old != new]


# ---- ipywidgets' abbreviations ----


def test_a_number_or_a_range_of_fractions():
    for abbreviation, value, stops in [
        (0.25, 0.25, np.linspace(0, 0.5, 101)),
        (np.float32(0.25), 0.25, np.linspace(0, 0.5, 101)),
        (np.int64(1), 1.0, np.linspace(0, 2, 101)),
        (-0.5, -0.5, np.linspace(-1, 0, 101)),
        ((0, 1), 0.5, np.linspace(0, 1, 101)),
        ((0.6, 0.9), 0.6, np.linspace(0.6, 0.9, 101)),
        ((0, 0.3), 0.3, np.linspace(0, 0.3, 101)),
        ((0.0, 0.3, 0.1), 0.3, [0, 0.1, 0.2, 0.3]),
        ((0, 1, 0.6), 0.5, [0, 0.5, 0.6]),
        ((0.2, 0.2), 0.2, [0.2]),
    ]:
        box, view = knob_of_mu(abbreviation)
        assert box.value == value and isinstance(box.value, float), abbreviation
        assert stops_of(view) == pytest.approx(list(stops), rel=1e-9, abs=1e-12), abbreviation


def test_a_number_or_a_range_of_whole_numbers():
    for abbreviation, value, stops in [
        (3, 3, range(7)),
        ((1, 4), 2, range(1, 5)),
        ((1, 9, 4), 2, [1, 2, 5, 9]),
        (10**6, 10**6, range(0, 2 * 10**6 + 1, 10**4)),
    ]:
        box, view = knob_of_mu(abbreviation, default=2)
        assert box.value == value and isinstance(box.value, int), abbreviation
        assert stops_of(view) == list(stops), abbreviation


def test_a_range_of_the_course_keeps_its_stops():
    for name, low, high in [("eta", 1e-4, 1e-2), ("beta1", 0, 0.99), ("lam", 0, 1)]:
        stops = stops_of(knob(name, low, (low, high))[1])
        assert stops == [stop for stop in GRIDS[name] if low <= stop <= high]


def test_a_whole_number_for_a_fraction_leaves_the_fractions_between():
    for name, value in [("beta1", 0), ("eta", 1), ("beta1", 3), ("beta1", -2)]:
        box, view = knob(name, 0.9, value)
        assert box.value == value
        view.children[0].index = 2
        assert box.value == stops_of(view)[2] != round(box.value)


def test_a_list_is_a_menu_that_stands_at_the_default():
    for options, value in [
        ([0.1, 0.5], 0.5),
        ([0.1, 0.9], 0.1),
        ({"a": 0.5}, 0.5),
        ({"a": 2, "b": 3}, 2),
    ]:
        menu, view = knob_of_mu(options)
        assert isinstance(menu, widgets.Dropdown) and menu is view and menu.value == value


def test_true_or_false_is_a_check_box_and_a_widget_stands_for_itself():
    for flag in (True, False, np.True_):
        box, _ = knob_of_mu(flag)
        assert isinstance(box, widgets.Checkbox) and box.value == flag
    own = widgets.FloatSlider(0.25, min=0, max=1)
    assert knob_of_mu(own) == (own, own)


NO_NUMBERS = ("fast", None, [], {}, np.nan, np.inf, 1e300, 1j, np.zeros(2), {1}, widgets.Layout())


def test_no_number():
    for wrong in NO_NUMBERS:
        with pytest.raises(ArgumentError) as raised:
            knob_of_mu(wrong)
        said = f"mu = {wrong!r} is no number, range, list or widget for a slider."
        assert str(raised.value) == said


NO_RANGES = ((), (1,), (1, 0), (0, 1, 0), (0, 1, -1), (0, 1, 2, 3), ("a", "b"), (0, np.inf))


def test_no_range():
    for wrong in (*NO_RANGES, (None, 1), (0, True)):
        with pytest.raises(ArgumentError) as raised:
            knob_of_mu(wrong)
        said = f"mu = {wrong} is no range: write (low, high) or (low, high, step)."
        assert str(raised.value) == said


def test_too_many_stops():
    with pytest.raises(ArgumentError, match=r"^mu = .*: the step is too small for a slider\.$"):
        knob_of_mu((0, 1, 1e-9))
    assert len(stops_of(knob_of_mu((0, 1, 1 / MOST_STOPS))[1])) == MOST_STOPS + 1


# ---- all controls together ----


def test_a_number_has_a_knob_and_the_values_are_those_of_now():
    controls = Controls({"eta": 0.1, "nag": False}, {"eta": 0.2})
    assert len(controls.knobs) == 2 and controls.values_now() == {"eta": 0.2, "nag": False}
    controls["eta"].value = 0.3
    assert controls.values_now() == {"eta": 0.3, "nag": False}


def test_what_is_given_for_what_is_no_number_is_fixed():
    for default, asked in [
        ("soft", "hard"),
        (None, "hard"),
        (None, np.tanh),
        (np.tanh, np.sin),
    ]:
        controls = Controls({"mode": default}, {"mode": asked})
        assert controls.values_now() == {"mode": asked} and not controls and not controls.knobs


def test_a_knob_may_be_asked_for_what_is_no_number():
    for asked, kind in [
        (0.5, widgets.BoundedFloatText),
        ((0.1, 1.0), widgets.BoundedFloatText),
        (["soft", "hard"], widgets.Dropdown),
        (True, widgets.Checkbox),
    ]:
        assert type(Controls({"mode": None}, {"mode": asked})["mode"]) is kind, asked


def test_what_is_given_for_numbers_must_make_a_knob():
    for default, asked in [(0.9, "a"), (np.ones(2), np.ones(2)), ((0.9, 0.99), (0.8, 0.9))]:
        with pytest.raises(ArgumentError, match=r"^beta = .* is no number, range, list or widget"):
            Controls({"beta": default}, {"beta": asked})


def test_the_rows_end_with_a_button():
    boxes = start_boxes((1.0, -2.0))
    assert [(box.value, box.description) for box in boxes.values()] == [
        (1.0, "start x"),
        (-2.0, "start y"),
    ]
    controls = Controls({"eta": 0.1}, {})
    controls |= boxes
    controls.in_rows(controls.knobs, boxes.values())
    first, second = (row.children for row in controls.rows)
    assert first == tuple(controls.knobs) and second == (*boxes.values(), controls.reset)
    assert controls.first == controls.values_now() == {"eta": 0.1, "x": 1.0, "y": -2.0}
