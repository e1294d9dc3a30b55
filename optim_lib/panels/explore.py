"""A rule's live panel: its sliders, the path that they give, and the rule before it as a ghost."""

from functools import partial

import ipywidgets as widgets
from traitlets import dlink

from optim_lib import rules
from optim_lib.landscapes.surfaces import beale, himmelblau, rosenbrock, saddle, valley
from optim_lib.panels import arguments
from optim_lib.panels.panel import Last, Panel
from optim_lib.panels.sliders import Controls, movable, start_boxes
from optim_lib.pictures.explore import Explored, ExplorePicture
from optim_lib.runs import readings
from optim_lib.runs.impulse import impulse
from optim_lib.runs.inspect import asked_at, hyperparameters
from optim_lib.runs.run import run
from optim_lib.text import say

MENU = (rosenbrock, valley(25), saddle, beale, himmelblau)
FORGETTING_STEPS = 100


def explore(rule, before=None, on=rosenbrock, steps=300, start=None, size=None, **sliders):
    """A live panel for a rule(theta, grad, memory, *, eta, ...) -> (theta, memory).

    before   the rule that it grew out of, drawn as a ghost under the same sliders; rules.gd takes
             the exact gradient even where the rule itself is given that of a mini-batch
    on       a Landscape, or a function of theta
    steps    how many to take at first
    start    (x, y); the landscape's own if left out
    size     its width in pixels, or "screen": as large as fits the window with its sliders
    sliders  one for each keyword-only parameter of the rule, by ipywidgets' abbreviations:
             beta1=0.5 is where it stands at first, beta1=(0, 0.99) where it ends; and batch=,
             the mini-batch size, on a landscape that is a mean over examples (None: all of them).
             A parameter whose default is no number has no slider and keeps its value.

    Raises a RuleError or ArgumentError, in one sentence, when there is nothing that could be shown.
    """
    rule, before = arguments.as_rule(rule), None if before is None else arguments.as_rule(before)
    surface, start, steps = arguments.as_place(on, start, steps)
    width, walk = arguments.as_width(size), partial(_walk, rule, before, Last(run), Last(impulse))
    controls = _controls(rule, surface, start, steps, sliders)
    reading = _reading(readings.of_steps), _reading(readings.downhill)
    return Explorer(controls, walk, ExplorePicture, *reading).resize(width)


class Explorer(Panel):
    """What explore() returns; a notebook shows it as live widget, as picture, or as one sentence.

    controls  {name: the widget that holds its value}: the rule's parameters, "steps",
              "landscape", "x" and "y" (the start)
    run       the Run on screen, and ghost, that of the rule before (or None)
    """

    run = property(lambda self: self.walked.run)
    ghost = property(lambda self: self.walked.ghost)

    def resize(self, width):
        """Let the panel be so wide, in the words of CSS; None is as wide as its place."""
        if width:
            wide, high = self.picture.figure.bbox.size
            self.panel.layout.width = width.format(aspect=wide / high)
            self.panel.add_class("optim-sized")
        return self


def _walk(rule, before, ghost_of, forgetting_of, values):
    """What is on screen with these values: the run, its ghost and the forgetting curve."""
    surface = values["landscape"]
    where = {"start": (values["x"], values["y"]), "steps": values["steps"]}
    batch = None if surface.sample is None else values.get("batch")
    hyper = {name: values[name] for name in hyperparameters(rule) if name in values}
    walked, ghost = run(rule, surface, **where, batch=batch, **hyper), None
    if before is not None:
        own = movable(before, ())
        own |= {name: hyper[name] for name in hyperparameters(before) if name in hyper}
        exact = None if before is rules.gd else batch
        ghost = ghost_of(before, surface, **where, batch=exact, **own)
    rest = {name: value for name, value in hyper.items() if name != "eta"}  # which leaves it alone
    forgetting = forgetting_of(rule, FORGETTING_STEPS, weights=2, **rest)
    asked = asked_at(rule, walked, surface.grad)
    return Explored(rule, before, surface, walked, ghost, forgetting, asked), []


def _reading(of):
    return lambda shown: of(shown.run, shown.asked, shown.surface)


def _controls(rule, surface, start, steps, sliders):
    batch = sliders.pop("batch", 8) if surface.sample is not None else None
    controls = Controls(movable(rule, sliders), sliders)
    names = {one.name: one for one in (*MENU, surface)}
    look = {"description": say("landscape"), "layout": {"width": "300px"}}
    menu = widgets.Dropdown(options=names, value=surface, **look)
    if batch is not None:
        controls.add("batch", 8, batch)
        dlink((menu, "value"), (controls["batch"], "disabled"), lambda on: on.sample is None)
    controls.add("steps", steps, steps)
    controls |= {"landscape": menu, **start_boxes(start)}
    controls.follow[menu] = lambda surface: dict(zip("xy", surface.start, strict=True))
    return controls.in_rows(controls.knobs, [menu, controls["x"], controls["y"]])
