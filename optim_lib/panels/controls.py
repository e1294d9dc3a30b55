"""The controls of a panel: what holds their values, and the rows in which they are shown."""

import ipywidgets as widgets

from optim_lib.panels.arguments import FARTHEST
from optim_lib.panels.sliders import can_move, knob
from optim_lib.text import ArgumentError, say


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
            if can_move(default):
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


def start_boxes(start):
    """{"x": ..., "y": ...}: number boxes for the coordinates of the start."""
    look = {"style": {"description_width": "56px"}, "layout": {"width": "150px"}}
    ends, labels = {"min": -FARTHEST, "max": FARTHEST}, {"x": say("start x"), "y": say("start y")}
    return {
        axis: widgets.BoundedFloatText(value=at, description=labels[axis], **ends, **look)
        for axis, at in zip("xy", start, strict=True)
    }
