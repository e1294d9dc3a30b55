"""The picture of a sweep: the map of its settings, and beside it the path of one of them."""

from dataclasses import dataclass

import numpy as np

from optim_lib.pictures.annotate import draw_star, draw_surface, put
from optim_lib.pictures.heatmap import draw_cells, log_norm, place, steps_of
from optim_lib.pictures.live import LivePicture
from optim_lib.pictures.race import steps_on
from optim_lib.pictures.theme import INK, PAPER, QUIET, color_of
from optim_lib.runs.describe import outcome
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.runs.run import Run
from optim_lib.runs.stability import stable_below
from optim_lib.text import MEANINGS, SYMBOLS, number, percent, say, settings

TICKS = {"beta1": (0, 0.5, 0.9, 0.99, 0.999, 0.9999), "eta": 10.0 ** np.arange(-12, 6)}
TICKS |= {"beta2": TICKS["beta1"], "lam": TICKS["eta"], "eps": TICKS["eta"]}
THEORY = "#B3001B"
SUMMARY = (
    "{rule}, {count} settings of {names}, {walk}: {hits} reach f < {target}, "
    "{worse} diverge or end no lower; best {best}."
)
KEY = "★ best   ▨ diverged, or ended no lower than it began"
LAYOUT = {
    "size": ((1120, 560), (1230, 540)),
    "headline": (13.5, 12),
    "letters": (92, 78),
    "map": ((0.078, 0.17, 0.369, 0.63), (0.105, 0.207, 0.355, 0.528)),
    "scale": ((0.457, 0.17, 0.012, 0.63), (0.470, 0.207, 0.012, 0.528)),
    "landscape": ((0.60, 0.375, 0.385, 0.425), (0.655, 0.464, 0.32, 0.271)),
    "loss": ((0.60, 0.088, 0.385, 0.17), (0.655, 0.207, 0.32, 0.132)),
}


@dataclass(frozen=True, eq=False)
class Swept:
    """A sweep, and one of its settings with its run.

    sweep  the numbers, a runs.sweep.Sweep
    by     what colours a cell: "steps" to the target, or the last "loss"
    run    the Run at the settings hyper, {name: number}
    """

    sweep: object
    by: str
    run: Run
    hyper: dict

    @property
    def kind(self):
        return id(self.sweep), self.by


class SweepPicture(LivePicture):
    """A sweep's map, on which the cell that can be dragged says whose path and loss are shown."""

    handle = "cell"

    def __init__(self, walked, theme):
        super().__init__(walked, theme, LAYOUT)
        self.sweep, self.by_step = walked.sweep, ["path", "loss"]
        with theme.drawing():
            self._draw_map(walked.by == "steps")
            self._draw_boundary()
            self._draw_path(color_of(self.sweep.rule, slots_of(walked.run)))
        self.show(walked)

    def show(self, walked):
        self.lines["cell"].set_data([[axis] for axis in self.place(walked.hyper)])
        self.trace(walked.run)
        self.axes["loss"].set_xlim(0, len(walked.run.loss) - 1)
        here = {"settings": settings(walked.hyper), "outcome": outcome(walked.run)}
        self.set_sentence(f"{summary(self.sweep)} {say('Here {settings}: {outcome}.', **here)}")

    def scene(self):
        return super().scene() | {"grid": True}

    def place(self, hyper):
        """Where settings are on the map, counted in cells from its lower left corner."""
        found = [place(hyper[name], values) for name, values in self.sweep.axes.items()]
        return (*found, 0.0)[:2]

    def _draw_map(self, by_steps):
        axes, sweep = self.axes["map"], self.sweep
        worse = np.atleast_2d(sweep.worse)
        values = steps_of(sweep) if by_steps else np.maximum(np.atleast_2d(sweep.loss), 1e-16)
        values = np.where(worse, np.nan, values)
        image = draw_cells(axes, values, worse, log_norm(values))
        ticks = np.geomspace(*image.get_clim(), 5)
        bar = self.figure.colorbar(image, cax=self.axes["scale"])
        bar.minorticks_off()
        bar.set_ticks(ticks, labels=[number(tick) for tick in ticks])
        goal, key = say("last loss"), say(KEY)
        if by_steps:
            goal = say("steps until f < {target} for good", target=number(sweep.target))
            key = say("{key}   grey: target not reached", key=key)
        title = say("{rule}: {goal}", rule=title_of(sweep.rule), goal=goal)
        axes.set_title(title, parse_math=False)
        self.figure.text(self.theme.choose(0.078, 0.105), 0.018, key, size=self.theme.smallest)
        for axis, (name, values) in zip((axes.xaxis, axes.yaxis), sweep.axes.items(), strict=False):
            label_axis(self.theme, axis, name, values)
        if len(sweep.axes) == 1:
            axes.set_yticks([])
        draw_star(axes, *self.place(sweep.settings(sweep.best)), ms=17, zorder=3)
        self.ring("map", "cell", size=10, zorder=4)

    def _draw_boundary(self):
        """Theory's limit of stability, where it is known: it was not fitted to what is measured."""
        sweep, names = self.sweep, [*self.sweep.axes]
        beta1 = sweep.axes.get("beta1", np.full(2, sweep.fixed.get("beta1", 0.9)))
        rows = np.arange(len(beta1)) if len(names) == 2 else np.array([-0.5, 0.5])
        known = names in (["eta"], ["eta", "beta1"])
        limit = stable_below(sweep.rule, sweep.landscape, beta1) if known else None
        if limit is None:
            return
        columns = place(np.log(limit), np.log(sweep.axes["eta"]), outside=np.nan)
        axes, still = self.axes["map"], {"scalex": False, "scaley": False}
        axes.plot(columns, rows, color="#FFFFFF", lw=5, **still)
        axes.plot(columns, rows, color=THEORY, lw=2.4, ls="--", **still)
        middle = columns[len(rows) // 2], np.mean(rows)
        put(axes, say("theory"), middle, (8, 0), color=THEORY, weight="bold")

    def _draw_path(self, color):
        surface, axes = self.sweep.landscape, self.axes["landscape"]
        axes.set_title(say("its path on {surface}", surface=surface.name), parse_math=False)
        draw_surface(axes, surface, star=15)
        axes.plot(*self.sweep.start, "o", ms=11, mfc=PAPER, mec=INK, mew=2.4, zorder=3)
        self.line("landscape", "path", color, lw=2.2, marker="o", ms=4)
        self.draw_loss(say("its loss"), ylim=(1e-12, 1e4))
        self.count_steps("loss")
        self.axes["loss"].axhline(self.sweep.target, color=QUIET, lw=1, ls=":")
        self.line("loss", "loss", color, lw=2.4)


def label_axis(theme, axis, name, values):
    """Name the hyperparameter on this axis, and write its values where they are."""
    ticks = [tick for tick in TICKS.get(name, ()) if values.min() <= tick <= values.max()]
    if len(ticks) < 2:
        ticks = values[:: max(1, len(values) // 5)]
    axis.set_ticks(place(ticks, values), [number(tick) for tick in ticks])
    symbol = words = SYMBOLS.get(name, name)
    if name in MEANINGS:
        words = say("{symbol}  {meaning}", symbol=symbol, meaning=say(MEANINGS[name]))
    upright = axis.axis_name == "y"
    if upright and axis.axes.bbox.height < theme.pixels(0.6 * theme.text * len(words)):
        words = symbol
    axis.set_label_text(words)


def summary(sweep):
    """ "momentum, 4096 settings of η × β₁, 500 steps on Rosenbrock: 12% reach f < 1e-6, ..." """
    walk, best = steps_on(sweep.steps, sweep.landscape), settings(sweep.settings(sweep.best))
    if sweep.steps != sweep.wanted:
        walk = say("{walk} (interrupted; {wanted} were asked for)", walk=walk, wanted=sweep.wanted)
    if sweep.hit.any():
        best = say("{best} in {steps} steps", best=best, steps=sweep.reached[sweep.best])
    else:
        best = say("{best} with loss {loss}", best=best, loss=number(sweep.loss[sweep.best]))
    said = {"rule": title_of(sweep.rule), "count": sweep.loss.size, "walk": walk, "best": best}
    said |= {"hits": percent(sweep.hit.mean()), "worse": percent(sweep.worse.mean())}
    said["names"] = " × ".join(SYMBOLS.get(name, name) for name in sweep.axes)
    return say(SUMMARY, target=number(sweep.target), **said)
