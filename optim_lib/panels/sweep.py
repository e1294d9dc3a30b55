"""A map of settings: sweep a rule over any two hyperparameters, and click one to see its path."""

import time

import ipywidgets as widgets
from IPython import get_ipython
from IPython.display import display

from optim_lib.landscapes import surfaces
from optim_lib.panels import arguments
from optim_lib.panels.grids import GRIDS
from optim_lib.panels.panel import Panel, reset_button, row
from optim_lib.panels.sliders import Knob, knobs_of
from optim_lib.pictures.sweep import MapPicture, told
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.run import run
from optim_lib.runs.sweep import try_all
from optim_lib.stage.widget import Stage, script
from optim_lib.text import ArgumentError

LONG = 15  # seconds that are still to come, from which on progress is shown
WATCHED = 3  # seconds after which that can be told from the steps that are done
SHOWN_STEPS = 500  # of a path, at first


def sweep(rule, on=surfaces.rosenbrock, steps=500, target=1e-6, by="steps", start=None, **hyper):
    """A map of a rule's settings, all of them walked at once.

    hyper   one or two are axes: (low, high) or (low, high, how many), or a list of values.
            Others may be numbers. And what try_all takes: batch, seed, budget (seconds).
    by      what colours a cell: "steps" until the loss is below the target for good, or "loss"

    Interrupt the kernel, and the map shows the steps that were done.
    """
    if by not in ("steps", "loss"):
        raise ArgumentError(f'by = {by!r}: a map is coloured by "steps" or by "loss".')
    rule, surface, steps = (
        arguments.as_rule(rule),
        arguments.as_surface(on),
        arguments.as_steps(steps),
    )
    start = arguments.as_start(surface.start if start is None else start)
    bar, walk = _Progress(steps), {"steps": steps, "start": start, "target": target}
    try:
        return Map(try_all(rule, surface, **walk, tell=bar.at, **hyper), by)
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    finally:
        bar.close()


class Map:
    """What sweep() returns. `swept` holds the numbers, `best` the best settings, {name: number}."""

    def __init__(self, swept, by):
        self.swept, self.by, self._explorer = swept, by, None
        self.best = swept.settings(swept.best)

    def __repr__(self):
        return told(self.swept)

    @property
    def explorer(self):
        """The live panel, made when it is first asked for."""
        if self._explorer is None:
            self._explorer = MapExplorer(self.swept, self.by)
        return self._explorer

    def _repr_mimebundle_(self, **about):
        return self.explorer._repr_mimebundle_(**about)


class CellStage(Stage):
    """A Stage on which a click, or an arrow key on the handle, is told as well."""

    _esm = Stage._esm.replace("export default { render };", script("js/pick.js"))


class MapExplorer(Panel):
    """The map, and beside it the path at the settings where the sliders stand."""

    def __init__(self, swept, by):
        self.swept, self.by = swept, by
        best = swept.settings(swept.best)
        controls, views = knobs_of(swept.rule, {n: self._reach(n, v) for n, v in best.items()})
        for name, value in best.items():
            controls[name].value = value
        steps = Knob("steps", GRIDS["steps"], min(swept.steps, SHOWN_STEPS))
        rows = [row(*views, steps.view, reset_button(self))]
        super().__init__(controls | {"steps": steps.box}, rows, CellStage)
        self.stage.on_msg(self._heard)
        self.stage.on_drag = self.jump
        self.stage.readout, self.stage.arrow = self._readout, lambda: self.run.theta

    def _reach(self, name, value):
        """A slider that reaches as far as the map does."""
        if name not in self.swept.axes:
            return value
        stops = [*GRIDS.get(name, ()), *self.swept.axes[name].tolist()]
        return min(stops), max(stops)

    def jump(self, column, line):
        """Go to the cell nearest to this point of the map, counted in cells."""
        shape = self.swept.loss.shape
        at = (line, column)[-len(shape) :]
        cell = tuple(min(max(round(float(i)), 0), n - 1) for i, n in zip(at, shape, strict=True))
        self.set({name: self.swept.settings(cell)[name] for name in self.swept.axes})

    def _heard(self, _widget, message, _buffers):
        if message["type"] == "step":
            column, line = self.picture.place(self._hyper())
            self.jump(column + message["dx"], line + message["dy"])
        if message["type"] == "pick":
            axes = self.picture.axes["map"]
            up = self.picture.figure.bbox.height - message["y"]
            self.jump(*axes.transData.inverted().transform((message["x"], up)))

    def _hyper(self):
        return {name: self.controls[name].value for name in hyperparameters(self.swept.rule)}

    def _walk(self):
        swept, steps = self.swept, self.controls["steps"].value
        where = {"start": swept.start, "steps": steps, "batch": swept.batch, "seed": swept.seed}
        self.run = run(swept.rule, swept.landscape, **where, **self._hyper())

    def _draw(self):
        self.picture = MapPicture(self.swept, self.by, self.run, self._hyper())

    def _move(self):
        self.picture.show(self.run, self._hyper())

    def _scene(self):
        picture = self.picture
        lines = {"figure": picture.figure, "lines": picture.lines, "texts": picture.texts}
        lines["axes"] = [picture.axes["loss"].xaxis]
        moving = {"track": "path", "handle": "cell", "by_step": ["path", "loss"]}
        return lines | moving | {"caption": picture.sentence}

    def _readout(self):
        return [("θ =", self.run.theta), ("loss", self.run.loss[:, None])]


class _Progress:
    """A bar, shown only while a sweep runs of which it is known that it takes long."""

    def __init__(self, steps):
        self.steps, self.began, self.bar = steps, time.monotonic(), None

    def at(self, done):
        if self.bar is None and self._is_long(done) and get_ipython() is not None:
            self.bar = widgets.IntProgress(max=self.steps, description="sweep")
            self.shown = display(self.bar, display_id=True)
        if self.bar is not None:
            self.bar.value = done

    def _is_long(self, done):
        passed = time.monotonic() - self.began
        return passed > WATCHED and passed / done * (self.steps - done) > LONG

    def close(self):
        if self.bar is not None:
            self.shown.update({"text/plain": ""}, raw=True)
            self.bar.close()
