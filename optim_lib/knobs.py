"""Sliders made from a rule's keyword-only parameters.

A knob is a number box and, beside it, a slider over a grid of good round values. The box is the
truth: it takes any number, also one between two stops of the slider. Each parameter of the course
has a grid of its own; a parameter that nobody has heard of gets one from its default.
"""

import inspect
from bisect import bisect_left

import ipywidgets as widgets
import numpy as np

from optim_lib.errors import PanelError
from optim_lib.runner import hyperparameters
from optim_lib.words import MEANINGS, SYMBOLS

FINE = (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9)
COARSE = (1, 2, 5)


def decades(first, last, stops=FINE):
    """1·10^first ... 1·10^last, with these stops in each decade."""
    powers = range(first, last)
    return [float(f"{stop}e{power}") for power in powers for stop in stops] + [float(f"1e{last}")]


def near_one():
    """0 ... 0.9 ... 0.99 ... 0.999 ... 0.9999: finer and finer towards 1."""
    pieces = [(0, 0.9, 0.02), (0.9, 0.99, 0.005), (0.99, 0.999, 0.0005), (0.999, 0.9999, 0.00005)]
    stops = [np.arange(low, high - step / 2, step) for low, high, step in pieces]
    return [round(float(stop), 6) for stop in np.concatenate(stops)] + [0.9999]


GRIDS = {
    "eta": decades(-6, 1),
    "beta1": near_one(),
    "beta2": near_one(),
    "eps": decades(-12, 0, COARSE),
    "lam": [0.0, *decades(-5, 1, COARSE)],
    "batch": [1, 2, 4, 8, 16, 32, 64, 128, 256],
    "steps": [
        1,
        2,
        3,
        5,
        10,
        20,
        30,
        50,
        75,
        100,
        150,
        200,
        250,
        300,
        400,
        500,
        750,
        1000,
        1500,
        2000,
        3000,
    ],
}
DEFAULTS = {"eta": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "lam": 0.01}


class Knob:
    """One parameter: `box` holds its value, `view` is what the reader sees and moves."""

    def __init__(self, name, grid, value):
        self.grid = sorted({*grid, value})
        kind = widgets.BoundedIntText if isinstance(value, int) else widgets.BoundedFloatText
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
        raise PanelError(
            f"{named}: the rule has no such keyword-only parameter; it has {', '.join(wanted)}."
        )
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
    if isinstance(abbreviation, widgets.Widget):
        return abbreviation, abbreviation
    if isinstance(abbreviation, bool):
        return _alone(
            widgets.Checkbox(value=abbreviation, description=label_of(name), indent=False)
        )
    if isinstance(abbreviation, (list, dict)):
        return _alone(widgets.Dropdown(options=abbreviation, description=label_of(name)))
    if isinstance(abbreviation, tuple):
        stops = _between(name, *abbreviation)
        made = Knob(name, stops, min(max(default, stops[0]), stops[-1]))
    elif isinstance(abbreviation, (int, float)):
        made = Knob(name, _grid(name, abbreviation), abbreviation)
    else:
        raise PanelError(
            f"{name} = {abbreviation!r} is no number, range, list or widget for a slider."
        )
    return made.box, made.view


def _alone(widget):
    return widget, widget


def _grid(name, value):
    if name in GRIDS:
        return GRIDS[name]
    if isinstance(value, int) and value:
        return list(range(min(0, 2 * value), max(0, 2 * value) + 1))
    return _hundredths(*sorted([0.0, 2 * value or 1.0]))


def _between(name, low, high, step=None):
    """The stops from low to high: by step, or of the parameter's own grid, or a hundred."""
    if step is not None:
        return [low + i * step for i in range(round((high - low) / step) + 1)]
    own = [stop for stop in GRIDS.get(name, ()) if low < stop < high]
    if own:
        return [low, *own, high]
    if isinstance(low, int) and isinstance(high, int):
        return list(range(low, high + 1))
    return _hundredths(low, high)


def _hundredths(low, high):
    return [float(f"{stop:.6g}") for stop in np.linspace(low, high, 101)]
