"""Sliders are made from a rule's keyword-only parameters, and from what one asks for instead."""

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optim_lib.panels.grids import GRIDS
from optim_lib.panels.sliders import MOST_STOPS, Knob, knob, knobs_of
from optim_lib.runs.inspect import hyperparameters
from optim_lib.text import MEANINGS, SYMBOLS, ArgumentError

settings.register_profile("same", derandomize=True, deadline=None, max_examples=30, database=None)
same = settings.get_profile("same")


def odd(theta, grad, memory, *, eta, mu=0.5, power=2, off=-3, none=0, nag=False, bare):
    return theta, memory


def slider_of(view):
    return view.children[0]


def stops_of(view):
    return [stop for _, stop in slider_of(view).options]


def knob_of_mu(abbreviation, default=0.5):
    return knob("mu", default, abbreviation)


def test_one_slider_for_each_keyword_only_parameter(rule):
    controls, views = knobs_of(rule, {})
    assert list(controls) == list(hyperparameters(rule))
    for name, view in zip(controls, views, strict=True):
        assert view.children == (slider_of(view), controls[name])
        assert slider_of(view).description == f"{SYMBOLS[name]}  {MEANINGS[name]}"
        assert controls[name].value in stops_of(view)


@pytest.mark.parametrize(
    "name, value, kind, ends",
    [
        ("eta", 0.001, float, (1e-6, 10)),
        ("mu", 0.5, float, (0, 1)),
        ("power", 2, int, (0, 4)),
        ("off", -3, int, (-6, 0)),
        ("none", 0, float, (0, 1)),
        ("bare", 1.0, float, (0, 2)),
    ],
)
def test_unknown_parameters_get_a_slider_from_their_default(name, value, kind, ends):
    controls, views = knobs_of(odd, {})
    box, view = controls[name], views[list(controls).index(name)]
    assert box.value == value and type(box.value) is kind
    assert (stops_of(view)[0], stops_of(view)[-1]) == (box.min, box.max) == ends


def test_a_flag_gets_a_check_box():
    box = knobs_of(odd, {})[0]["nag"]
    assert isinstance(box, widgets.Checkbox) and box.value is False


@pytest.mark.parametrize("name", ["beta1", "beta2"])
def test_betas_are_fine_near_one(name):
    assert {0, 0.5, 0.9, 0.99, 0.999, 0.9999} <= {*GRIDS[name]}


def test_weight_decay_can_be_exactly_zero():
    assert GRIDS["lam"][:2] == [0, 1e-5]


@pytest.mark.parametrize("name", GRIDS)
def test_stops_rise_and_are_written_shortly(name):
    assert (np.diff(GRIDS[name]) > 0).all()
    assert all(len(f"{stop:g}") <= 7 for stop in GRIDS[name])


def test_slider_moves_the_box_and_the_box_the_slider():
    made = Knob("eta", GRIDS["eta"], 0.001)
    made.slider.index = made.grid.index(0.01)
    assert made.box.value == 0.01
    made.box.value = 0.5
    assert made.slider.value == 0.5


def test_box_keeps_what_lies_between_two_stops():
    made = Knob("beta1", GRIDS["beta1"], 0.9)
    made.box.value = 0.98123
    assert (made.box.value, made.slider.value) == (0.98123, 0.98)
    made.box.value = 2
    assert made.box.value == 0.9999


@same
@given(st.lists(st.floats(0, 0.9999), min_size=1, max_size=5))
def test_each_change_of_the_box_is_told_once(typed):
    made, told = Knob("beta1", GRIDS["beta1"], 0.9), []
    made.box.observe(lambda change: told.append(change.new), "value")
    for value in typed:
        made.box.value = value
        nearest = min(abs(stop - value) for stop in made.grid)
        assert abs(made.slider.value - value) == nearest
    assert told == [new for old, new in zip([0.9, *typed], typed, strict=False) if old != new]


@pytest.mark.parametrize(
    "abbreviation, value, stops",
    [
        (0.25, 0.25, np.linspace(0, 0.5, 101)),
        (1, 1.0, np.linspace(0, 2, 101)),
        (np.float32(0.25), 0.25, np.linspace(0, 0.5, 101)),
        (np.int64(1), 1.0, np.linspace(0, 2, 101)),
        (-0.5, -0.5, np.linspace(-1, 0, 101)),
        ((0, 1), 0.5, np.linspace(0, 1, 101)),
        ((0.6, 0.9), 0.6, np.linspace(0.6, 0.9, 101)),
        ((0, 0.3), 0.3, np.linspace(0, 0.3, 101)),
        ((0.0, 0.3, 0.1), 0.3, [0, 0.1, 0.2, 0.3]),
        ((0, 1, 0.6), 0.5, [0, 0.5, 0.6]),
        ((0.2, 0.2), 0.2, [0.2]),
    ],
)
def test_a_number_or_a_range_of_fractions(abbreviation, value, stops):
    box, view = knob_of_mu(abbreviation)
    assert box.value == value and isinstance(box.value, float)
    assert stops_of(view) == pytest.approx(list(stops), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "abbreviation, value, stops",
    [
        (3, 3, range(7)),
        ((1, 4), 2, range(1, 5)),
        ((1, 9, 4), 2, [1, 2, 5, 9]),
        (10**6, 10**6, range(0, 2 * 10**6 + 1, 10**4)),
    ],
)
def test_a_number_or_a_range_of_whole_numbers(abbreviation, value, stops):
    box, view = knob_of_mu(abbreviation, default=2)
    assert box.value == value and isinstance(box.value, int)
    assert stops_of(view) == list(stops)


@pytest.mark.parametrize(
    "name, ends", [("eta", (1e-4, 1e-2)), ("beta1", (0, 0.99)), ("lam", (0, 1))]
)
def test_a_range_of_the_course_keeps_its_stops(name, ends):
    stops = stops_of(knob(name, ends[0], ends)[1])
    assert stops == [stop for stop in GRIDS[name] if ends[0] <= stop <= ends[1]]


@pytest.mark.parametrize("name, value", [("beta1", 0), ("eta", 1), ("beta1", 3), ("beta1", -2)])
def test_a_whole_number_for_a_fraction_leaves_the_fractions_between(name, value):
    box, view = knob(name, 0.9, value)
    assert box.value == value
    slider_of(view).index = 2
    assert box.value == stops_of(view)[2] != round(box.value)


@pytest.mark.parametrize(
    "options, value",
    [([0.1, 0.5], 0.5), ([0.1, 0.9], 0.1), ({"a": 0.5}, 0.5), ({"a": 2, "b": 3}, 2)],
)
def test_a_list_is_a_menu_that_stands_at_the_default(options, value):
    menu, view = knob_of_mu(options)
    assert isinstance(menu, widgets.Dropdown) and menu is view and menu.value == value


@pytest.mark.parametrize("flag", [True, False, np.True_])
def test_true_or_false_is_a_check_box(flag):
    box, _ = knob_of_mu(flag)
    assert isinstance(box, widgets.Checkbox) and box.value == flag


def test_a_widget_stands_for_itself():
    own = widgets.FloatSlider(0.25, min=0, max=1)
    assert knob_of_mu(own) == (own, own)


@pytest.mark.parametrize(
    "wrong",
    [
        "fast",
        None,
        [],
        {},
        np.nan,
        np.inf,
        1e300,
        1j,
        np.zeros(2),
        {1},
        widgets.Layout(),
        lambda: 1,
    ],
    ids=lambda wrong: type(wrong).__name__,
)
def test_no_number(wrong):
    sentence = " is no number, range, list or widget for a slider."
    with pytest.raises(ArgumentError) as raised:
        knob_of_mu(wrong)
    assert str(raised.value) == f"mu = {wrong!r}{sentence}"


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        (1,),
        (1, 0),
        (0, 1, 0),
        (0, 1, -1),
        (0, 1, 2, 3),
        ("a", "b"),
        (0, np.inf),
        (None, 1),
        (0, True),
    ],
    ids=str,
)
def test_no_range(wrong):
    with pytest.raises(ArgumentError) as raised:
        knob_of_mu(wrong)
    assert str(raised.value) == f"mu = {wrong} is no range: write (low, high) or (low, high, step)."


def test_too_many_stops():
    with pytest.raises(ArgumentError, match=r"^mu = .*: the step is too small for a slider\.$"):
        knob_of_mu((0, 1, 1e-9))
    assert len(stops_of(knob_of_mu((0, 1, 1 / MOST_STOPS))[1])) == MOST_STOPS + 1


def test_override_of_what_the_rule_does_not_have(rule):
    has = ", ".join(hyperparameters(rule))
    with pytest.raises(ArgumentError) as raised:
        knobs_of(rule, {"mu": 1, "beta": 2})
    said = f"beta, mu: the rule has no such keyword-only parameter; it has {has}."
    assert str(raised.value) == said


def test_override_of_a_rule_that_has_none():
    with pytest.raises(ArgumentError, match=r"it has none\.$"):
        knobs_of(lambda theta, grad, memory: (theta, memory), {"eta": 1})
