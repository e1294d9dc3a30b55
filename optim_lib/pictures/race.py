"""The picture of a race: all paths on one landscape, all losses beside them."""

from dataclasses import dataclass

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.pictures import theme
from optim_lib.pictures.annotate import BESIDE, beside, draw_contours, name_below, place_labels
from optim_lib.pictures.theme import INK, PAPER, color_of
from optim_lib.runs.inspect import slots_of
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


@dataclass(frozen=True, eq=False)
class Raced:
    """Runs from one start: entries [(label, rule, Run)] in the order of the race."""

    surface: Landscape
    entries: list


class RacePicture:
    """The figure of several runs from one start.

    lines {name: Line2D} and texts [Text] are what moves; sentence is what the picture says.
    """

    def __init__(self, walked, theme_=None):
        surface, entries = walked.surface, walked.entries
        self.drawn_for = self._kind(walked)
        self.surface, self.lines, self.labels, self.sentence = surface, {}, {}, ""
        with theme.drawing() as drawn:
            self._layout = layout = LAYOUTS[drawn]
            self.figure = theme.figure(layout.size)
            self.axes = {name: self.figure.add_axes(box) for name, box in layout.boxes.items()}
            style = {"va": "top", "size": layout.headline, "weight": "bold", "parse_math": False}
            self.headline = self.figure.text(0.012, 0.978, "", **style)
            self._draw_axes()
            colors = {label: color_of(rule, slots_of(run)) for label, rule, run in entries}
            self._draw_lines("path", self.axes["landscape"], colors)
            self._draw_lines("loss", self.axes["loss"], colors)
            self._write_labels(colors)
            start = {"ls": "", "marker": "o", "ms": 15, "mfc": PAPER, "mew": 2.6}
            axes = self.axes["landscape"]
            (self.lines["start"],) = axes.plot([], [], color=INK, **start)
        self.texts = [self.headline, *self.labels.values()]
        self.show(walked)

    @staticmethod
    def _kind(walked):
        return walked.surface, [(label, id(rule)) for label, rule, _ in walked.entries]

    def fits(self, walked):
        """Whether this picture can show it, or a new one must be drawn."""
        return self._kind(walked) == self.drawn_for

    def scene(self):
        """What a Stage is given."""
        by_step = [name for name in self.lines if name != "start"]
        return {
            "figure": self.figure,
            "lines": self.lines,
            "texts": self.texts,
            "axes": [self.axes["loss"].xaxis],
            "track": by_step[0],
            "handle": "start",
            "by_step": by_step,
            "tail": by_step[0],
            "caption": self.sentence,
        }

    def show(self, walked):
        """Move every line to what was walked, by the same rules."""
        runs = [(label, run) for label, _, run in walked.entries]
        for name, run in runs:
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
        for i, (label, color) in enumerate(colors.items()):
            style = {"color": color, "ls": DASHES[i % 4], "lw": 2.4}
            (self.lines[f"{what} of {label}"],) = axes.plot([], [], **style)

    def _write_labels(self, colors):
        axes = self.axes["loss"]
        style = {"transform": axes.transAxes, "va": "center", "weight": "bold"}
        for name, color in colors.items():
            said = beside(axes, name)
            label = axes.text(BESIDE, 0.5, said, color=color, parse_math=False, **style)
            self.labels[name] = label

    def _place_labels(self, runs):
        """Set each label beside the end of its line, clear of the others."""
        axes = self.axes["loss"]
        last = np.clip([[0, run.loss[-1]] for _, run in runs], FLOOR, CEILING)
        heights = axes.transData.transform(last)[:, 1].tolist()
        labels = [self.labels[label] for label, _ in runs]
        place_labels(axes, dict(zip(labels, heights, strict=True)))


def told(surface, runs):
    """ "300 steps on Rosenbrock: Adam 1.2e-7, GD 0.31; diverged: momentum at step 9." """
    finite = [(rule, run) for rule, run in runs if run.diverged_at < 0]
    finite.sort(key=lambda pair: pair[1].loss[-1])
    losses = ", ".join(f"{r} {number(run.loss[-1])}" for r, run in finite)
    gone = [(rule, run) for rule, run in runs if run.diverged_at >= 0]
    away = ", ".join(f"{r} at step {run.diverged_at}" for r, run in gone)
    parts = [f"loss {losses}" if losses else "", f"diverged: {away}" if away else ""]
    return f"{len(runs[0][1].loss) - 1} steps on {surface.name}: {'; '.join(filter(None, parts))}."
