"""What every live picture has: axes in their places, a headline, and lines that move.

A matplotlib Figure whose axes, contours and titles are drawn once, while its Line2D and Text
artists move. The same artists make the live picture and the printed one.
"""

import textwrap
from dataclasses import dataclass

import numpy as np

from optim_lib.pictures.annotate import BESIDE, LABEL_GAP, apart
from optim_lib.pictures.theme import INK, PAPER
from optim_lib.stage.encode import count_in_powers


@dataclass(frozen=True)
class Layout:
    """size (width, height) in pixels; boxes {name of the axes: its share of that}.

    The headline is of so many points, and has so many letters on a line.
    """

    size: tuple
    boxes: dict
    headline: float
    letters: int


class LivePicture:
    """A figure that shows what was walked, and moves when something else is.

    figure, axes {name: Axes}    drawn once
    lines {name: Line2D}, texts [Text], scales [Axis]    what moves
    by_step    names of the lines that have a vertex for each step; the first is the track
    tail       the one of them at which the arrow downhill begins, if that is not the track
    sentence   what the picture says
    """

    handle = "start"  # the line that can be dragged

    def __init__(self, walked, theme, layout):
        self.theme, self._layout, self._kind = theme, layout, walked.kind
        self.lines, self.texts, self.scales, self._labels = {}, [], [], {}
        self.by_step, self.tail, self.sentence = [], None, ""
        with theme.drawing():
            self.figure = theme.figure(layout.size)
            self.axes = {name: self.figure.add_axes(box) for name, box in layout.boxes.items()}
            style = {"va": "top", "size": layout.headline, "weight": "bold"}
            self.headline = self.text(self.figure, 0.012, 0.978, **style)

    def fits(self, walked):
        """Whether this picture can show it, or a new one must be drawn."""
        return walked.kind == self._kind

    def scene(self):
        """What a Stage is given."""
        return {
            "figure": self.figure,
            "lines": self.lines,
            "texts": self.texts,
            "axes": self.scales,
            "track": self.by_step[0],
            "handle": self.handle,
            "by_step": self.by_step,
            "tail": self.tail,
            "caption": self.sentence,
        }

    def line(self, axes, name, color, label="", **style):
        """A line that moves, and the label beside its end."""
        (self.lines[name],) = self.axes[axes].plot([], [], color=color, **style)
        if label:
            style = {"color": color, "va": "center", "weight": "bold"}
            self._labels[name] = self.text(self.axes[axes], BESIDE, 0.5, label, **style)

    def text(self, parent, x, y, words="", **style):
        """Words that move, at a share of the width and height of the figure or the axes."""
        transform = {"transform": parent.transAxes} if hasattr(parent, "transAxes") else {}
        self.texts.append(parent.text(x, y, words, parse_math=False, **transform, **style))
        return self.texts[-1]

    def ring(self, axes, name, size=15, **style):
        """A line of one vertex: something to be dragged."""
        self.line(axes, name, INK, ls="", marker="o", ms=size, mfc=PAPER, mew=2.6, **style)

    def draw_loss(self, title, **limits):
        axes = self.axes["loss"]
        axes.set(yscale="log", title=title, **limits)
        count_in_powers(axes.yaxis)
        self.scales.append(axes.xaxis)

    def trace(self, run, path="path", loss="loss"):
        self.lines[path].set_data(*run.theta.T)
        self.lines[loss].set_data(np.arange(len(run.loss)), run.loss)

    def set_sentence(self, sentence):
        self.sentence = sentence
        self.headline.set_text(textwrap.fill(sentence, self._layout.letters))

    def place_labels(self):
        """Set each label beside the end of its line, clear of the other labels there."""
        for axes in self.axes.values():
            low, high = axes.bbox.intervaly
            ends = {
                label: height_of_the_end(self.lines[name], axes)
                for name, label in self._labels.items()
                if label.axes is axes
            }
            for label, y in apart(ends, low, high, self.theme.pixels(LABEL_GAP)).items():
                label.set_y((y - low) / (high - low))


def height_of_the_end(line, axes):
    """In pixels; the bottom for what is nowhere, as the logarithm of a negative loss."""
    end = [values[-1] for values in line.get_data()]
    return np.nan_to_num(axes.transData.transform(end)[1], nan=axes.bbox.y0)
