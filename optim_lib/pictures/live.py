"""What every live picture has: axes in their places, a headline, and lines that move.

A matplotlib Figure whose axes, contours and titles are drawn once, while its Line2D and Text
artists move. The same artists make the live picture and the printed one.
"""

import textwrap

import numpy as np

from optim_lib.pictures.annotate import BESIDE, LABEL_GAP, apart, beside
from optim_lib.pictures.theme import INK, PAPER
from optim_lib.stage.encode import count_in_powers
from optim_lib.text import say


class LivePicture:
    """A figure that shows what was walked, and moves when something else is.

    figure, axes {name: Axes}    drawn once
    lines {name: Line2D}, texts [Text], scales [Axis]    what moves
    by_step    names of the lines that have a vertex for each step; the first is the track
    tail       the one of them at which the arrow downhill begins, if that is not the track
    sentence   what the picture says
    """

    handle, tail = "start", None  # handle: the line that can be dragged

    def __init__(self, walked, theme, layout):
        """layout {what: (at a desk, in the hall)}: the "size" in pixels, the points of the
        "headline", its "letters" on a line, and the box of each of the axes."""
        boxes = {what: theme.choose(*options) for what, options in layout.items()}
        size, points, self._letters = (boxes.pop(what) for what in ("size", "headline", "letters"))
        self.theme, self._kind = theme, walked.kind
        self.lines, self.texts, self.scales, self._labels = {}, [], [], {}
        with theme.drawing():
            self.figure = theme.figure(size)
            self.axes = {name: self.figure.add_axes(box) for name, box in boxes.items()}
            style = {"va": "top", "size": points, "weight": "bold"}
            self.headline = self.text(self.figure, 0.012, 0.978, **style)

    def fits(self, walked):
        """Whether this picture can show it: another kind of what was walked needs a new one."""
        return walked.kind == self._kind

    def scene(self):
        """What a Stage is given."""
        names = "figure", "lines", "texts", "handle", "by_step", "tail"
        renamed = {"axes": self.scales, "track": self.by_step[0], "caption": self.sentence}
        return {name: getattr(self, name) for name in names} | renamed

    def line(self, axes, name, color, label="", *forms, **style):
        """A line that moves, and beside its end a label in one of these forms."""
        (self.lines[name],) = self.axes[axes].plot([], [], color=color, **style)
        if label:
            words = beside(self.theme, self.axes[axes], label, *forms)
            style = {"color": color, "va": "center", "weight": "bold"}
            self._labels[name] = self.text(self.axes[axes], BESIDE, 0.5, words, **style)

    def text(self, parent, x, y, words="", **style):
        """Words that move, at a share of the width and height of the figure or the axes."""
        transform = {"transform": parent.transAxes} if hasattr(parent, "transAxes") else {}
        self.texts.append(parent.text(x, y, words, parse_math=False, **transform, **style))
        return self.texts[-1]

    def ring(self, axes, name, size=15, **style):
        """A line of one vertex: something to be dragged."""
        self.line(axes, name, INK, ls="", marker="o", ms=size, mfc=PAPER, mew=2.6, **style)

    def draw_loss(self, title, **limits):
        self.axes["loss"].set(yscale="log", title=title, **limits)
        count_in_powers(self.axes["loss"].yaxis)

    def count_steps(self, axes):
        """The x axis, whose name stays where it is when the numbers above it move."""
        below = 9 + 1.05 * self.theme.small  # points
        where = {"xycoords": "axes fraction", "textcoords": "offset points"}
        where |= {"ha": "center", "va": "top"}
        self.axes[axes].annotate(say("step"), (0.5, 0), (0, -below), **where)
        self.scales.append(self.axes[axes].xaxis)

    def trace(self, run, path="path", loss="loss"):
        self.lines[path].set_data(*run.theta.T)
        self.over_steps(loss, run.loss)

    def over_steps(self, name, values):
        self.lines[name].set_data(np.arange(len(values)), values)

    def set_sentence(self, sentence):
        self.sentence = sentence
        self.headline.set_text(textwrap.fill(sentence, self._letters))

    def place_labels(self):
        """Set each label beside the end of its line, clear of the other labels there."""
        for axes in self.axes.values():
            low, high = axes.bbox.intervaly
            labels = {i: label for i, label in self._labels.items() if label.axes is axes}
            ends = {label: height_of_the_end(self.lines[i]) for i, label in labels.items()}
            for label, y in apart(ends, low, high, self.theme.pixels(LABEL_GAP)).items():
                label.set_y((y - low) / (high - low))


def height_of_the_end(line):
    """In pixels; the bottom for what is nowhere, as the logarithm of a negative loss."""
    end = [values[-1] for values in line.get_data()]
    return np.nan_to_num(line.axes.transData.transform(end)[1], nan=line.axes.bbox.y0)
