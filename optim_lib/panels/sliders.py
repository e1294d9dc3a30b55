"""The controls of a panel: sliders made from a rule's keyword-only parameters, and what is beside.

A knob is a number box and, beside it, a slider over a grid of good round values. The box is the
truth: it takes any number, also one between two stops of the slider.
"""

import inspect
from contextlib import suppress
from numbers import Real

import ipywidgets as widgets
import numpy as np
from traitlets import TraitError, dlink

from optim_lib.panels.arguments import FARTHEST
from optim_lib.panels.grids import around, between
from optim_lib.runs.inspect import hyperparameters
from optim_lib.text import MEANINGS, SYMBOLS, ArgumentError, say, setting

MOST_STOPS = 2000  # of a slider
DEFAULTS = {"eta": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "lam": 0.01}

UNKNOWN = "{unknown}: the rule has no such keyword-only parameter; it has {names}."
NO_KNOB = "{name} = {value} is no number, range, list or widget for a slider."
NO_RANGE = "{name} = {value} is no range: write (low, high) or (low, high, step)."
SMALL_STEP = "{name} = {value}: the step is too small for a slider."


class Controls(dict):
    """{name: the widget that holds its value}, made of {name: default} and what is given instead.

    knobs   what shows them so far
    fixed   {name: value} of what is given but cannot be moved, as mode="hard"
    follow  {a control: a function of its value -> {name: value} of what is to change with it}
    """

    def __init__(self, defaults, given):
        self.knobs, self.fixed, self.follow = [], {}, {}
        for name, default in defaults.items():
            self.add(name, default, given.get(name, default))

    def add(self, name, default, given):
        try:
            self[name], view = knob(name, default, given)
            self.knobs.append(view)
        except ArgumentError:
            if _can_move(default) or np.ndim(given):  # an array would be one run for each element
                raise
            self.fixed[name] = given

    def in_rows(self, *rows):
        """These widgets, row by row, and at the end a button that puts every control back."""
        tooltip = say("Put every control back to where it was")
        self.reset = widgets.Button(description=say("Reset"), tooltip=tooltip)
        layout = {"flex_flow": "row wrap", "margin": "6px 0 0 0"}  # below one another if need be
        rows = *rows[:-1], (*rows[-1], self.reset)
        self.rows = [widgets.HBox([*views], layout=layout) for views in rows]
        self.first = {name: control.value for name, control in self.items()}
        return self

    def values_now(self):
        return self.fixed | {name: control.value for name, control in self.items()}


class Knob:
    """One parameter: `box` holds its value, `view` is what the reader sees and moves."""

    def __init__(self, name, grid, value):
        self.grid = sorted({*grid, value})
        whole = all(isinstance(stop, int) for stop in self.grid)
        kind = widgets.BoundedIntText if whole else widgets.BoundedFloatText
        low, high = self.grid[0], self.grid[-1]
        self.box = kind(value=value, min=low, max=high, layout={"width": "92px"})
        self.slider = widgets.SelectionSlider(
            options=[(setting(stop), stop) for stop in self.grid],
            index=self._nearest(),
            description=label_of(name),
            readout=False,
            style={"description_width": "176px"},
            layout={"flex": "1 1 300px", "min_width": "300px"},
        )
        self.box.tooltip = label_of(name)
        self.slider.observe(self._slid, "index")
        self.box.observe(self._typed, "value")
        dlink((self.box, "disabled"), (self.slider, "disabled"))
        layout = {"flex": "1 1 440px", "align_items": "center"}
        self.view = widgets.HBox([self.slider, self.box], layout=layout)

    def _nearest(self):
        return int(np.abs(np.array(self.grid) - self.box.value).argmin())

    def _slid(self, change):
        if change.new != self._nearest():
            with self.box.hold_sync():  # the picture first: the box is sent after it
                self.box.value = self.grid[change.new]

    def _typed(self, _):
        self.slider.index = self._nearest()


def label_of(name):
    """ "η  learning rate"; a name that is not of the course stands for itself."""
    meaning = say(MEANINGS.get(name, name))
    symbol = SYMBOLS.get(name)
    return say("{symbol}  {meaning}", symbol=symbol, meaning=meaning) if symbol else meaning


def movable(rule, given):
    """{name: first value} of the hyperparameters that are numbers or flags, or are given.

    Where there is no default, that is the course's own.
    """
    has = hyperparameters(rule)
    if unknown := ", ".join(sorted(set(given) - has.keys())):
        raise ArgumentError(UNKNOWN, unknown=unknown, names=", ".join(has) or say("none"))
    missing = inspect.Parameter.empty
    first = {n: DEFAULTS.get(n, 1.0) if at is missing else at for n, at in has.items()}
    return {name: at for name, at in first.items() if name in given or _can_move(at)}


def knob(name, default, given):
    """(the widget that holds the value, the widget to show), by ipywidgets' abbreviations.

    number             where the knob stands at first
    (low, high)        the ends of the slider; (low, high, step) its stops too
    [a, b], {"a": 1}   a menu
    True, False        a check box
    a widget           itself
    """
    given = _plain(given)
    if isinstance(given, tuple) and not isinstance(default, tuple):
        stops = between(name, default, *_range(name, given))
        value = min(max(default if _is_number(default) else stops[0], stops[0]), stops[-1])
    elif _is_number(given):
        value = float(given) if isinstance(default, float) else given
        stops = around(name, value)
    else:
        made = _other_widget(name, default, given)
        return made, made
    made = Knob(name, stops, value)
    return made.box, made.view


def _other_widget(name, default, given):
    """A widget as it is, a check box, or a menu that stands at the default if it has that."""
    if isinstance(given, widgets.Widget) and given.has_trait("value"):
        return given
    if isinstance(given, bool):
        return widgets.Checkbox(value=given, description=label_of(name), indent=False)
    if not isinstance(given, list | dict) or not given:
        raise ArgumentError(NO_KNOB, name=name, value=repr(given))
    menu = widgets.Dropdown(options=given, description=label_of(name))
    if default is not None:
        with suppress(TraitError):  # raised where the default is none of the options
            menu.value = default
    return menu


def _can_move(value):
    return _is_number(value) or isinstance(_plain(value), bool)


def _is_number(value):
    """True for what a slider can stand at: not for NaN, and not for what overflows if doubled."""
    value = _plain(value)
    return isinstance(value, Real) and not isinstance(value, bool) and abs(value) < 1e100


def _plain(value):
    return value.item() if isinstance(value, np.generic) else value


def _range(name, ends):
    """The two or three numbers of a range, if they are one."""
    is_range = len(ends) in (2, 3) and all(map(_is_number, ends)) and ends[0] <= ends[1]
    if not is_range or min(ends[2:], default=1) <= 0:
        raise ArgumentError(NO_RANGE, name=name, value=ends)
    if any((ends[1] - ends[0]) / step > MOST_STOPS for step in ends[2:]):
        raise ArgumentError(SMALL_STEP, name=name, value=ends)
    return [*map(_plain, ends)]


def start_boxes(start):
    """{"x": ..., "y": ...}: number boxes for the coordinates of the start."""
    look = {"style": {"description_width": "56px"}, "layout": {"width": "150px"}}
    ends, labels = {"min": -FARTHEST, "max": FARTHEST}, {"x": say("start x"), "y": say("start y")}
    return {
        axis: widgets.BoundedFloatText(value=at, description=labels[axis], **ends, **look)
        for axis, at in zip("xy", start, strict=True)
    }
