"""What holds the values of a panel, and what is fixed."""

import ipywidgets as widgets
import numpy as np
import pytest

from optim_lib.panels.controls import Controls, start_boxes
from optim_lib.text import ArgumentError


def test_a_number_has_a_knob_and_the_values_are_those_of_now():
    controls = Controls({"eta": 0.1, "nag": False}, {"eta": 0.2})
    assert len(controls.knobs) == 2 and controls.values_now() == {"eta": 0.2, "nag": False}
    controls["eta"].value = 0.3
    assert controls.values_now() == {"eta": 0.3, "nag": False}


def test_what_is_given_for_what_is_no_number_is_fixed():
    for default, given in [
        ("soft", "hard"),
        (None, "hard"),
        (None, np.tanh),
        (np.tanh, np.sin),
        ((1, 2), (3, 4)),
    ]:
        controls = Controls({"mode": default}, {"mode": given})
        assert controls.values_now() == {"mode": given} and not controls and not controls.knobs


def test_a_knob_may_be_asked_for_what_is_no_number():
    for given, kind in [
        (0.5, widgets.BoundedFloatText),
        ((0.1, 1.0), widgets.BoundedFloatText),
        (["soft", "hard"], widgets.Dropdown),
        (True, widgets.Checkbox),
    ]:
        assert type(Controls({"mode": None}, {"mode": given})["mode"]) is kind, given


def test_what_is_given_for_a_number_must_make_a_knob():
    with pytest.raises(ArgumentError, match="beta1 = 'a' is no number, range, list or widget"):
        Controls({"beta1": 0.9}, {"beta1": "a"})


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
