"""The picture of a race: all paths on one landscape, all losses beside them."""

import numpy as np

from optim_lib.pictures import theme
from optim_lib.pictures.annotate import BESIDE, beside, draw_contours, name_below, place_labels
from optim_lib.pictures.theme import INK, PAPER, color_of
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.stage.ticks import count_in_powers
from optim_lib.text import number

LAYOUTS = {
    theme.DESK: theme.Layout(
        (1120, 580),
        {"landscape": (0.045, 0.085, 0.47, 0.73), "loss": (0.575, 0.085, 0.29, 0.73)},
        headline=12.5,
        letters=104,
    ),
    theme.HALL: theme.Layout(
        (1230, 470),
        {"landscape": (0.075, 0.17, 0.41, 0.57), "loss": (0.570, 0.17, 0.27, 0.57)},
        headline=12,
        letters=78,
    ),
}
DASHES = ("-", "--", ":", "-.")
FLOOR, CEILING = 1e-16, 1e6  # of the loss axis


class RacePicture:
    """The figure of several runs from one start, [(rule, Run)].

    lines {name: Line2D} and texts [Text] are what moves; sentence is what the picture says.
    """

    def __init__(self, surface, runs):
        self.surface, self.lines, self.labels, self.sentence = surface, {}, {}, ""
        with theme.drawing() as drawn:
            self._layout = layout = LAYOUTS[drawn]
            self.figure = theme.figure(layout.size)
            self.axes = {name: self.figure.add_axes(box) for name, box in layout.boxes.items()}
            style = {"va": "top", "size": layout.headline, "weight": "bold", "parse_math": False}
            self.headline = self.figure.text(0.012, 0.978, "", **style)
            self._draw_axes()
            colors = {rule: color_of(rule, slots_of(run)) for rule, run in runs}
            self._draw_lines("path", self.axes["landscape"], colors)
            self._draw_lines("loss", self.axes["loss"], colors)
            self._write_labels(colors)
            start = {"ls": "", "marker": "o", "ms": 15, "mfc": PAPER, "mew": 2.6}
            axes = self.axes["landscape"]
            (self.lines["start"],) = axes.plot([], [], color=INK, **start)
        self.texts = [self.headline, *self.labels.values()]
        self.show(runs)

    def show(self, runs):
        """Move every line to these runs, of the same rules."""
        for rule, run in runs:
            name = title_of(rule)
            self.lines[f"path of {name}"].set_data(*run.theta.T)
            self.lines[f"loss of {name}"].set_data(np.arange(len(run.loss)), run.loss)
        self.lines["start"].set_data(*runs[0][1].theta[:1].T)
        self.axes["loss"].set_xlim(0, len(runs[0][1].loss) - 1)
        self.sentence = told(self.surface, runs)
        self.headline.set_text(self._layout.wrapped(self.sentence))
        self._place_labels(runs)

    def _draw_axes(self):
        axes, loss = self.axes["landscape"], self.axes["loss"]
        window = self.surface.window
        axes.set(xlim=window[0], ylim=window[1], title=self.surface.name)
        draw_contours(axes, self.surface)
        if self.surface.minimum is not None:
            axes.plot(*self.surface.minimum, "*", ms=18, mfc="#E8B400", mec=INK, zorder=2.5)
        loss.set(yscale="log", ylim=(FLOOR, CEILING), title="loss")
        count_in_powers(loss.yaxis)
        name_below(loss, "step")

    def _draw_lines(self, what, axes, colors):
        for i, (rule, color) in enumerate(colors.items()):
            style = {"color": color, "ls": DASHES[i % 4], "lw": 2.4}
            (self.lines[f"{what} of {title_of(rule)}"],) = axes.plot([], [], **style)

    def _write_labels(self, colors):
        axes = self.axes["loss"]
        style = {"transform": axes.transAxes, "va": "center", "weight": "bold"}
        for rule, color in colors.items():
            said = beside(axes, title_of(rule))
            label = axes.text(BESIDE, 0.5, said, color=color, parse_math=False, **style)
            self.labels[title_of(rule)] = label

    def _place_labels(self, runs):
        """Set each label beside the end of its line, clear of the others."""
        axes = self.axes["loss"]
        last = np.clip([[0, run.loss[-1]] for _, run in runs], FLOOR, CEILING)
        heights = axes.transData.transform(last)[:, 1].tolist()
        labels = [self.labels[title_of(rule)] for rule, _ in runs]
        place_labels(axes, dict(zip(labels, heights, strict=True)))


def told(surface, runs):
    """ "300 steps on Rosenbrock: Adam 1.2e-7, GD 0.31; diverged: momentum at step 9." """
    finite = [(rule, run) for rule, run in runs if run.diverged_at < 0]
    finite.sort(key=lambda pair: pair[1].loss[-1])
    losses = ", ".join(f"{title_of(r)} {number(run.loss[-1])}" for r, run in finite)
    gone = [(rule, run) for rule, run in runs if run.diverged_at >= 0]
    away = ", ".join(f"{title_of(r)} at step {run.diverged_at}" for r, run in gone)
    parts = [f"loss {losses}" if losses else "", f"diverged: {away}" if away else ""]
    return f"{len(runs[0][1].loss) - 1} steps on {surface.name}: {'; '.join(filter(None, parts))}."
