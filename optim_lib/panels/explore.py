"""A rule's live panel: its sliders, the path that they give, and the rule before it as a ghost."""

import inspect
from collections import deque

import ipywidgets as widgets

from optim_lib import rules
from optim_lib.landscapes import surfaces
from optim_lib.panels import arguments
from optim_lib.panels.grids import GRIDS
from optim_lib.panels.panel import Panel, reset_button, row, start_boxes
from optim_lib.panels.sliders import DEFAULTS, Knob, knob, knobs_of
from optim_lib.pictures.explore import Picture
from optim_lib.runs import readings
from optim_lib.runs.inspect import asked_at, hyperparameters, slots_of
from optim_lib.runs.run import impulse, run

MENU = (
    surfaces.rosenbrock,
    surfaces.valley(25),
    surfaces.saddle,
    surfaces.beale,
    surfaces.himmelblau,
)
FORGETTING_STEPS = 100
GHOSTS = 64  # that are remembered


def explore(rule, before=None, on=surfaces.rosenbrock, steps=300, start=None, size=None, **sliders):
    """A live panel for a rule(theta, grad, memory, *, eta, ...) -> (theta, memory).

    before   the rule it grew out of, drawn as a ghost under the same sliders; rules.gd takes the
             exact gradient also where the rule itself is handed that of a mini-batch
    on       a Landscape, or a function of theta
    steps    how many to take at first
    start    (x, y); the landscape's own if left out
    size     its width in pixels, or "screen": as large as fits the window with its sliders
    sliders  one for each keyword-only parameter of the rule, by ipywidgets' abbreviations:
             beta1=0.5 is where it stands at first, beta1=(0, 0.99) where it ends; and batch=,
             the mini-batch size, on a landscape that is a mean over examples (None: all of them)

    Raises a RuleError or ArgumentError, in one sentence, when there is nothing that could be shown.
    """
    rule, before = arguments.as_rule(rule), None if before is None else arguments.as_rule(before)
    surface, steps = arguments.as_surface(on), arguments.as_steps(steps)
    start = arguments.as_start(surface.start if start is None else start)
    width = arguments.as_width(size)
    return Explorer(rule, before, surface, steps, start, sliders).resize(width)


class Explorer(Panel):
    """What explore() returns; a notebook shows it as live widget, as picture, or as one sentence.

    controls  {name: the widget that holds its value}: the rule's parameters, "steps",
              "landscape", "x" and "y" (the start)
    run       the Run on screen, and ghost, the one of the rule before (or None)
    error     what went wrong at the last change, or None
    panel     the widget
    """

    def __init__(self, rule, before, surface, steps, start, sliders):
        self.rule, self.before = rule, before
        self._ghosts = deque(maxlen=GHOSTS)  # (what it was run with, its run)
        self._remembered = None  # the settings of the forgetting curve, which η does not change
        batch = sliders.pop("batch", 8) if surface.sample is not None else None
        knobs, views = knobs_of(rule, sliders)
        if batch is not None:
            knobs["batch"], view = knob("batch", 8, batch)
            views.append(view)
        step, menu = Knob("steps", GRIDS["steps"], steps), _menu(surface)
        x, y = start_boxes(start)
        rows = [row(*views, step.view), row(menu, x, y, reset_button(self))]
        super().__init__(knobs | {"steps": step.box, "landscape": menu, "x": x, "y": y}, rows)
        self.stage.on_drag = self.drag
        self.stage.readout = lambda: readings.of_steps(self.run, self.asked, self._surface)
        self.stage.arrow = lambda: readings.downhill(self.run, self.asked, self._surface)

    def _walk(self):
        hyper = {name: self.controls[name].value for name in hyperparameters(self.rule)}
        where = {
            "start": (self.controls["x"].value, self.controls["y"].value),
            "steps": self.controls["steps"].value,
        }
        surface = self.controls["landscape"].value
        in_batches = "batch" in self.controls and surface.sample is not None
        batch = self.controls["batch"].value if in_batches else None
        walked = run(self.rule, surface, **where, batch=batch, **hyper)
        ghost = None if self.before is None else self._run_before(surface, where, batch, hyper)
        rest = {name: value for name, value in hyper.items() if name != "eta"}
        if rest != self._remembered:
            self._forgetting = impulse(self.rule, FORGETTING_STEPS, weights=2, **rest)
            self._remembered = rest
        self.run, self.ghost, self._surface = walked, ghost, surface
        self.asked = asked_at(self.rule, walked, surface.grad)

    def _run_before(self, surface, where, batch, hyper):
        """The ghost; one of those that there were, if it was run with the same."""
        batch = None if self.before is rules.gd else batch
        about = surface, where | _shared(self.before, hyper) | {"batch": batch}
        for known, ghost in self._ghosts:
            if known == about:
                return ghost
        ours = getattr(self.before, "__module__", "") == rules.__name__ and surface in MENU
        if not ours:
            self._ghosts.clear()  # a student's function may hang on what changes meanwhile
        self._ghosts.append((about, run(self.before, surface, **about[1])))
        return self._ghosts[-1][1]

    def _kind(self):
        slots = tuple(slots_of(self.run)), tuple(slots_of(self._forgetting))
        return self._surface, slots, self.asked is not None

    def _draw(self):
        runs = self.run, self.ghost, self._forgetting, self.asked
        self.picture = Picture(self.rule, self.before, self._surface, *runs)

    def _move(self):
        self.picture.show(self.run, self.ghost, self._forgetting, self.asked)

    def _scene(self):
        picture, ahead = self.picture, ["look-ahead"] if self.asked is not None else []
        slots = [f"{slot} {axis}" for slot in slots_of(self.run) for axis in "xy"]
        return {
            "figure": picture.figure,
            "lines": picture.lines,
            "texts": picture.texts,
            "axes": picture.scales,
            "track": "path",
            "handle": "start",
            "by_step": ["path", *ahead, "loss", *slots],
            "tail": "look-ahead" if ahead else "path",
            "caption": picture.sentence,
        }

    def _changed(self, change):
        if self._busy or change.owner is not self.controls["landscape"]:
            super()._changed(change)
            return
        if "batch" in self.controls:
            self.controls["batch"].disabled = change.new.sample is None
        x, y = change.new.start
        self.set({"x": x, "y": y})

    def resize(self, width):
        """Let the panel be so wide, in the words of CSS; "" is as wide as its place."""
        if width:
            wide, high = self.stage.scene["size"]
            self.panel.layout.width = width.format(aspect=wide / high)
            self.panel.add_class("optim-sized")
        return self


def _menu(surface):
    return widgets.Dropdown(
        options={one.name: one for one in MENU} | {surface.name: surface},
        value=surface,
        description="landscape",
        layout={"width": "300px"},
    )


def _shared(before, hyper):
    """The ghost's hyperparameters: the sliders' where it has them, else its own defaults."""
    own = hyperparameters(before)
    missing = {name for name, value in own.items() if value is inspect.Parameter.empty}
    return {name: DEFAULTS.get(name, 1.0) for name in missing} | {
        n: hyper[n] for n in own if n in hyper
    }
