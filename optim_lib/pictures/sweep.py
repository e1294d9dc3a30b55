"""The picture of a sweep: the map of its settings, and beside it the path of one of them."""

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import LogNorm

from optim_lib.pictures import theme
from optim_lib.pictures.annotate import draw_contours, name_below
from optim_lib.pictures.theme import HALO, INK, PAPER, QUIET, color_of
from optim_lib.runs.describe import outcome
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.runs.run import Run
from optim_lib.runs.stability import stable_below
from optim_lib.stage.ticks import count_in_powers
from optim_lib.text import MEANINGS, SYMBOLS, number, settings

COLORS = "cividis"  # made for eyes that do not tell red from green
UNREACHED = "#E2E0D8"
WORSE = "diverge or end no lower"
TICKS = {"beta1": (0, 0.5, 0.9, 0.99, 0.999, 0.9999), "eta": 10.0 ** np.arange(-12, 6)}
TICKS |= {"beta2": TICKS["beta1"], "lam": TICKS["eta"], "eps": TICKS["eta"]}
LAYOUTS = {
    theme.DESK: theme.Layout(
        (1120, 560),
        {
            "map": (0.078, 0.17, 0.369, 0.63),
            "scale": (0.457, 0.17, 0.012, 0.63),
            "landscape": (0.60, 0.375, 0.385, 0.425),
            "loss": (0.60, 0.088, 0.385, 0.17),
        },
        headline=13.5,
        letters=92,
    ),
    theme.HALL: theme.Layout(
        (1230, 540),
        {
            "map": (0.105, 0.207, 0.355, 0.528),
            "scale": (0.470, 0.207, 0.012, 0.528),
            "landscape": (0.655, 0.464, 0.32, 0.271),
            "loss": (0.655, 0.207, 0.32, 0.132),
        },
        headline=12,
        letters=78,
    ),
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


class SweepPicture:
    """A sweep's figure.

    lines {name: Line2D} and texts [Text] are what moves; sentence is what the picture says.
    """

    def __init__(self, walked, theme_=None):
        sweep, by, run = walked.sweep, walked.by, walked.run
        self.sweep, self.by, self.lines, self.sentence = sweep, by, {}, ""
        with theme.drawing() as drawn:
            self._layout = layout = LAYOUTS[drawn]
            self.figure = theme.figure(layout.size)
            self.axes = {name: self.figure.add_axes(box) for name, box in layout.boxes.items()}
            style = {"va": "top", "size": layout.headline, "weight": "bold", "parse_math": False}
            self.headline = self.figure.text(0.012, 0.978, "", **style)
            self._draw_map()
            self._draw_boundary()
            self._draw_path(color_of(sweep.rule, slots_of(run)))
        self.texts = [self.headline]
        self.show(walked)

    def fits(self, walked):
        """Whether this picture can show it, or a new one must be drawn."""
        return walked.sweep is self.sweep and walked.by == self.by

    def scene(self):
        """What a Stage is given."""
        return {
            "figure": self.figure,
            "lines": self.lines,
            "texts": self.texts,
            "axes": [self.axes["loss"].xaxis],
            "track": "path",
            "handle": "cell",
            "by_step": ["path", "loss"],
            "tail": "path",
            "caption": self.sentence,
            "grid": True,
        }

    def show(self, walked):
        """Move the mark and the path to these settings."""
        run, hyper = walked.run, walked.hyper
        self.lines["cell"].set_data([[axis] for axis in self.place(hyper)])
        self.lines["path"].set_data(*run.theta.T)
        self.lines["loss"].set_data(np.arange(len(run.loss)), run.loss)
        self.axes["loss"].set_xlim(0, len(run.loss) - 1)
        here = f"{settings(hyper)}: {outcome(run)}"
        self.sentence = f"{told(self.sweep)} Here {here}."
        self.headline.set_text(self._layout.wrapped(self.sentence))

    def place(self, hyper):
        """Where settings are on the map, counted in cells from its lower left corner."""
        sweep = self.sweep
        found = [np.interp(hyper[name], *rising(values)) for name, values in sweep.axes.items()]
        return (*found, 0.0)[:2]

    def _draw_map(self):
        axes, sweep = self.axes["map"], self.sweep
        steps = self.by == "steps"
        grid = np.atleast_2d(np.where(sweep.hit, sweep.reached, np.nan) if steps else sweep.loss)
        hidden = np.isnan(grid) | np.atleast_2d(sweep.worse)
        shown = np.ma.masked_array(np.maximum(grid, 1 if steps else 1e-16), hidden)
        axes.set_facecolor(UNREACHED)
        norm = LogNorm(*ends(shown))
        # Few steps, or a low loss, are light: they are what one looks for.
        image = axes.imshow(shown, norm=norm, cmap=f"{COLORS}_r", aspect="auto", origin="lower")
        hatch(axes, np.atleast_2d(sweep.worse))
        bar = self.figure.colorbar(image, cax=self.axes["scale"])
        bar.minorticks_off()
        ticks = np.geomspace(*image.get_clim(), 5)
        bar.set_ticks(ticks, labels=[number(tick) for tick in ticks])
        goal = f"steps until f < {number(sweep.target)} for good" if steps else "last loss"
        axes.set_title(f"{title_of(sweep.rule)}: {goal}", parse_math=False)
        for axis, (name, values) in zip("xy", sweep.axes.items(), strict=False):
            label_axis(axes, axis, name, values)
        if len(sweep.axes) == 1:
            axes.set_yticks([])
        left = self._layout.boxes["map"][0]
        self.figure.text(left, 0.018, _key(steps), size=theme.now().smallest)
        x, y = self.place(sweep.settings(sweep.best))
        axes.plot(x, y, "*", ms=17, mfc="#E8B400", mec=INK, zorder=3)
        style = {"ls": "", "marker": "o", "ms": 10, "mfc": PAPER, "mew": 2.6}
        (self.lines["cell"],) = axes.plot([], [], color=INK, **style, zorder=4)

    def _draw_boundary(self):
        """Theory's limit of stability, where it is known: it was not fitted to what is measured."""
        names = list(self.sweep.axes)
        if names not in (["eta"], ["eta", "beta1"]):
            return
        etas, (_, rows) = rising(self.sweep.axes["eta"]), (0, [-0.5, 0.5])
        beta1 = self.sweep.fixed.get("beta1", 0.9)
        if len(names) == 2:
            beta1 = self.sweep.axes["beta1"]
            rows = np.arange(len(beta1))
        limit = stable_below(self.sweep.rule, self.sweep.landscape, beta1)
        if limit is None:
            return
        columns = np.interp(np.log(limit), np.log(etas[0]), etas[1], np.nan, np.nan)
        columns = np.broadcast_to(columns, np.shape(rows))
        axes = self.axes["map"]
        axes.plot(columns, rows, color="#FFFFFF", lw=5, scalex=False, scaley=False)
        axes.plot(columns, rows, color="#B3001B", lw=2.4, ls="--", scalex=False, scaley=False)
        middle = columns[len(rows) // 2], np.mean(rows)
        style = {"color": "#B3001B", "weight": "bold", "path_effects": HALO}
        axes.annotate("theory", middle, (8, 0), textcoords="offset points", **style)

    def _draw_path(self, color):
        surface, axes = self.sweep.landscape, self.axes["landscape"]
        axes.set(xlim=surface.window[0], ylim=surface.window[1])
        axes.set_title(f"its path on {surface.name}", parse_math=False)
        draw_contours(axes, surface)
        if surface.minimum is not None:
            axes.plot(*surface.minimum, "*", ms=15, mfc="#E8B400", mec=INK, zorder=2.5)
        axes.plot(*self.sweep.start, "o", ms=11, mfc=PAPER, mec=INK, mew=2.4, zorder=3)
        (self.lines["path"],) = axes.plot([], [], color=color, lw=2.2, marker="o", ms=4)
        loss = self.axes["loss"]
        loss.set(yscale="log", title="its loss", ylim=(1e-12, 1e4))
        count_in_powers(loss.yaxis)
        name_below(loss, "step")
        loss.axhline(self.sweep.target, color=QUIET, lw=1, ls=":")
        (self.lines["loss"],) = loss.plot([], [], color=color, lw=2.4)


def told(sweep):
    """ "momentum, 4096 settings of η × β₁, 500 steps on Rosenbrock: 12% reach f < 1e-6, ..." """
    names = " × ".join(SYMBOLS.get(name, name) for name in sweep.axes)
    cut = "" if sweep.steps == sweep.wanted else f" of {sweep.wanted}, then interrupted"
    where = f"{sweep.steps} steps{cut} on {sweep.landscape.name}"
    title, hits = title_of(sweep.rule), sweep.hit.mean()
    best = settings(sweep.settings(sweep.best))
    if sweep.hit.any():
        best += f" in {sweep.reached[sweep.best]} steps"
    else:
        best += f" with loss {number(sweep.loss[sweep.best])}"
    said = f"{title}, {sweep.loss.size} settings of {names}, {where}: {hits:.0%} reach"
    said += f" f < {number(sweep.target)}, {sweep.worse.mean():.0%} {WORSE}"
    return f"{said}; best {best}."


def _key(steps):
    left = "   grey: target not reached" if steps else ""
    return f"★ best   ▨ diverged, or ended no lower than it began{left}"


def ends(shown):
    """The ends of the colour scale, apart from each other even where there is little to show."""
    low, high = (float(shown.min()), float(shown.max())) if shown.count() else (1.0, 10.0)
    return low, max(high, 1.01 * low)


def hatch(axes, mask):
    """Stripes over cells: a mark that needs no colour."""
    mask = np.repeat(mask, 2, axis=0) if len(mask) == 1 else mask
    if mask.any() and mask.shape[1] > 1:
        rows = np.linspace(-0.5, 0.5, 2) if axes.get_ylim()[1] < 1 else np.arange(len(mask))
        axes.contourf(
            np.arange(mask.shape[1]),
            rows,
            mask.astype(float),
            [0.5, 1.5],
            colors="none",
            hatches=["////"],
        )


def rising(values):
    """(values, their places on the axis), in rising order, as np.interp wants them."""
    order = np.argsort(values)
    return values[order], order.astype(float)


def label_axis(axes, axis, name, values):
    """Name the hyperparameter on this axis, "x" or "y", and write its values where they are."""
    ticks = [tick for tick in TICKS.get(name, ()) if values.min() <= tick <= values.max()]
    if len(ticks) < 2:
        ticks = values[:: max(1, len(values) // 5)]
    places = np.interp(ticks, *rising(values))
    said = f"{SYMBOLS.get(name, name)}  {MEANINGS.get(name, '')}".strip()
    if axis == "y" and axes.bbox.height < theme.pixels(0.6 * theme.now().text * len(said)):
        said = SYMBOLS.get(name, name)
    set_label = {"x": axes.set_xlabel, "y": axes.set_ylabel}[axis]
    set_label(said)
    {"x": axes.set_xticks, "y": axes.set_yticks}[axis](places, [number(tick) for tick in ticks])
