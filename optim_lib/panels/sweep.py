"""A map of settings: sweep a rule over any two hyperparameters, and click one to see its path."""

import time
from contextlib import contextmanager
from functools import cached_property, partial

import ipywidgets as widgets
import numpy as np
from IPython import get_ipython
from IPython.display import display

from optim_lib.landscapes import surfaces
from optim_lib.panels import arguments
from optim_lib.panels.grids import GRIDS
from optim_lib.panels.panel import Panel
from optim_lib.panels.sliders import Controls, movable
from optim_lib.pictures.sweep import SweepPicture, Swept, summary
from optim_lib.runs import sweep as numeric
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.run import run
from optim_lib.stage.cells import close
from optim_lib.text import ArgumentError, say

LONG = 15  # seconds that are still to come, from which on progress is shown
WATCHED = 3  # seconds after which that can be told from the steps that are done
SHOWN_STEPS = 500  # of a path, at first
NO_COLOUR = 'by = {by}: a map is coloured by "steps" or by "loss".'


def sweep(rule, on=surfaces.rosenbrock, steps=500, target=1e-6, by="steps", start=None, **hyper):
    """A map of a rule's settings, all of them walked at once.

    hyper   one or two are axes: (low, high) or (low, high, how many), or a list of values.
            Others keep the value they are given. And what runs.sweep takes: batch, seed, budget
            (seconds).
    by      what colours a cell: "steps" until the loss is below the target for good, or "loss"

    Interrupt the kernel, and the map shows the steps that were done.

    Raises a RuleError or ArgumentError, in one sentence, when there is nothing that could be shown.
    """
    if by not in ("steps", "loss"):
        raise ArgumentError(NO_COLOUR, by=repr(by))
    rule, place = arguments.as_rule(rule), arguments.as_place(on, start, steps)
    surface, hyper["start"], hyper["steps"] = place
    with _progress(steps) as tell:
        return Map(numeric.sweep(rule, surface, target=target, tell=tell, **hyper), by)


class Map:
    """What sweep() returns. `swept` holds the numbers, `best` the best settings, {name: number}."""

    def __init__(self, swept, by):
        self.swept, self.by = swept, by
        self.best = swept.settings(swept.best)

    def __repr__(self):
        return summary(self.swept)

    @cached_property
    def explorer(self):
        """The live panel, made when it is first asked for."""
        return MapExplorer(self.swept, self.by)

    def _repr_mimebundle_(self, **about):
        return self.explorer._repr_mimebundle_(**about)


class MapExplorer(Panel):
    """The map, and next to it the path at the settings where the sliders stand: `run`."""

    run = property(lambda self: self.walked.run)

    def __init__(self, swept, by):
        walk, arrow = partial(_walk, swept, by), lambda shown: shown.run.theta
        super().__init__(_controls(swept), walk, SweepPicture, _readout, arrow)
        self.stage.on_drag = self.stage.on_pick = self.jump
        self.stage.on_step = self.step

    def jump(self, column, line):
        """Go to the cell nearest to this point of the map, counted in cells."""
        sweep = self.walked.sweep
        at = np.round((line, column)[-sweep.loss.ndim :])
        cell = np.clip(at, 0, np.subtract(sweep.loss.shape, 1)).astype(int)
        self.set({name: sweep.settings(cell)[name] for name in sweep.axes})

    def step(self, columns, lines):
        """Go so many cells on."""
        column, line = self.picture.place(self.walked.hyper)
        self.jump(column + columns, line + lines)


def _walk(swept, by, values):
    hyper = {name: values[name] for name in hyperparameters(swept.rule) if name in values}
    where = {"start": swept.start, "batch": swept.batch, "seed": swept.seed}
    walked = run(swept.rule, swept.landscape, steps=values["steps"], **where, **hyper)
    return Swept(swept, by, walked, hyper), []


def _readout(shown):
    return [(say("θ ="), shown.run.theta), (say("loss"), shown.run.loss[:, None])]


def _controls(swept):
    """Sliders that reach as far as the map does, and stand at its best."""
    best = swept.settings(swept.best)
    stops = {n: [*GRIDS.get(n, ()), *values.tolist()] for n, values in swept.axes.items()}
    reach = {name: (min(stops[name]), max(stops[name])) for name in stops}
    controls = Controls(movable(swept.rule, best), best | reach)
    for name in swept.axes:
        controls[name].value = best[name]
    steps = min(swept.steps, SHOWN_STEPS)
    controls.add("steps", steps, steps)
    return controls.in_rows(controls.knobs)


@contextmanager
def _progress(steps):
    """A function of the steps that are done: it shows a bar, if the rest is known to take long."""
    began, shown = time.monotonic(), []
    bar = widgets.IntProgress(max=steps, description=say("sweep"))

    def tell(done):
        passed = time.monotonic() - began
        is_long = passed > WATCHED and passed / done * (steps - done) > LONG
        if is_long and not shown and get_ipython() is not None:
            shown.append(display(bar, display_id=True))
        bar.value = done

    try:
        yield tell
    finally:
        for place in shown:
            place.update({"text/plain": ""}, raw=True)
        close(bar)
