"""Sliders made from a rule's keyword-only parameters.

A knob is a number box and, beside it, a slider over a grid of good round values. The box is the
truth: it takes any number, also one between two stops of the slider.
"""

import inspect
from bisect import bisect_left
from contextlib import suppress
from numbers import Real

import ipywidgets as widgets
import numpy as np
from traitlets import TraitError

from optim_lib.panels.grids import around, between
from optim_lib.runs.inspect import hyperparameters
from optim_lib.text import MEANINGS, SYMBOLS, ArgumentError

MOST_STOPS = 2000  # of a slider
DEFAULTS = {"eta": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "lam": 0.01}


class Knob:
    """One parameter: `box` holds its value, `view` is what the reader sees and moves."""

    def __init__(self, name, grid, value):
        self.grid = sorted({*grid, value})
        whole = all(isinstance(stop, int) for stop in self.grid)
        kind = widgets.BoundedIntText if whole else widgets.BoundedFloatText
        low, high = self.grid[0], self.grid[-1]
        self.box = kind(value=value, min=low, max=high, layout={"width": "92px"})
        self.slider = widgets.SelectionSlider(
            options=[(f"{stop:g}", stop) for stop in self.grid],
            index=self._nearest(),
            description=label_of(name),
            readout=False,
            style={"description_width": "176px"},
            layout={"flex": "1 1 300px", "min_width": "300px"},
        )
        self.box.tooltip = label_of(name)
        self.slider.observe(self._slid, "index")
        self.box.observe(self._typed, "value")
        self.box.observe(self._rests, "disabled")
        self.view = widgets.HBox(
            [self.slider, self.box], layout={"flex": "1 1 440px", "align_items": "center"}
        )

    def _nearest(self):
        right = min(bisect_left(self.grid, self.box.value), len(self.grid) - 1)
        left = max(right - 1, 0)
        return min((left, right), key=lambda i: abs(self.grid[i] - self.box.value))

    def _slid(self, change):
        if change.new != self._nearest():
            with self.box.hold_sync():  # the picture first: the box is told after it
                self.box.value = self.grid[change.new]

    def _typed(self, change):
        self.slider.index = self._nearest()

    def _rests(self, change):
        self.slider.disabled = change.new


def label_of(name):
    """ "η  learning rate"; a name that is not of the course stands for itself."""
    return f"{SYMBOLS.get(name, '')}  {MEANINGS.get(name, name)}".strip()


def knobs_of(rule, overrides):
    """({name: the widget that holds its value}, [what to show]) for the hyperparameters."""
    wanted = hyperparameters(rule)
    unknown = set(overrides) - set(wanted)
    if unknown:
        named = ", ".join(sorted(unknown))
        has = ", ".join(wanted) or "none"
        raise ArgumentError(f"{named}: the rule has no such keyword-only parameter; it has {has}.")
    controls, views = {}, []
    for name, default in wanted.items():
        value = DEFAULTS.get(name, 1.0) if default is inspect.Parameter.empty else default
        controls[name], view = knob(name, value, overrides.get(name, value))
        views.append(view)
    return controls, views


def knob(name, default, abbreviation):
    """(the widget that holds the value, the widget to show), by ipywidgets' abbreviations.

    number             where the knob stands at first
    (low, high)        the ends of the slider; (low, high, step) its stops too
    [a, b], {"a": 1}   a menu
    True, False        a check box
    a widget           itself
    """
    if isinstance(abbreviation, np.generic):
        abbreviation = abbreviation.item()
    if isinstance(abbreviation, widgets.Widget) and abbreviation.has_trait("value"):
        return abbreviation, abbreviation
    if isinstance(abbreviation, bool):
        return _alone(
            widgets.Checkbox(value=abbreviation, description=label_of(name), indent=False)
        )
    if isinstance(abbreviation, (list, dict)) and abbreviation:
        return _alone(_menu(name, default, abbreviation))
    if isinstance(abbreviation, tuple):
        stops = between(name, default, *_range(name, abbreviation))
        start = default if _is_number(default) else stops[0]
        made = Knob(name, stops, min(max(start, stops[0]), stops[-1]))
    elif _is_number(abbreviation):
        value = float(abbreviation) if isinstance(default, float) else abbreviation
        made = Knob(name, around(name, value), value)
    else:
        raise ArgumentError(
            f"{name} = {abbreviation!r} is no number, range, list or widget for a slider."
        )
    return made.box, made.view


def _alone(widget):
    return widget, widget


def _menu(name, default, options):
    made = widgets.Dropdown(options=options, description=label_of(name))
    if default is not None:
        with suppress(TraitError):  # raised where the default is none of the options
            made.value = default
    return made


def _is_number(value):
    """True for what a slider can stand at: not for NaN, and not for what overflows if doubled."""
    return isinstance(value, Real) and not isinstance(value, bool) and abs(value) < 1e100


def _range(name, ends):
    """The two or three numbers of a range, if they are one."""
    is_range = len(ends) in (2, 3) and all(map(_is_number, ends)) and ends[0] <= ends[1]
    if not is_range or (len(ends) == 3 and ends[2] <= 0):
        raise ArgumentError(
            f"{name} = {ends!r} is no range: write (low, high) or (low, high, step)."
        )
    if len(ends) == 3 and (ends[1] - ends[0]) / ends[2] > MOST_STOPS:
        raise ArgumentError(f"{name} = {ends!r}: the step is too small for a slider.")
    return [end.item() if isinstance(end, np.generic) else end for end in ends]
