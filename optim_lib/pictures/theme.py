"""How every picture looks: at a desk, or on the wall of a lecture hall.

Type, lines and markers are measured in points. With more pixels to a point all of them are larger,
so a look is a number of pixels, and a few sizes; where there is less room, a view has a layout of
its own for the hall.
"""

import os
import textwrap
from contextlib import contextmanager
from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from optim_lib import rules
from optim_lib.runs.inspect import keyed_by_rule

PAPER, INK, QUIET = "#FCFBF7", "#1F2430", "#666C78"
DIRECTION, SIZE, BOTH = "#084B8A", "#B35C00", "#6A2480"

# Colour is memory: grey for none, blue for the memory of direction, orange for the memory of size,
# purple for both. Every colour has a contrast of 4.5 : 1 or more on PAPER.
COLORS = {
    rules.gd: QUIET,
    rules.sgd: "#2B313C",
    rules.momentum: DIRECTION,
    rules.nesterov: "#1D74BC",
    rules.adagrad: "#7F3B00",
    rules.rmsprop: SIZE,
    rules.adam: BOTH,
    rules.adam_l2: BOTH,
    rules.adamw: "#A8519F",
}
SLOT_COLORS = {"v": DIRECTION, "m": DIRECTION, "last": DIRECTION, "s": SIZE}


def color_of(rule, slots):
    """The rule's colour in the course; a student's rule is coloured by what it remembers."""
    known = {SLOT_COLORS.get(slot, BOTH) for slot in slots}
    by_memory = known.pop() if len(known) == 1 else BOTH if known else QUIET
    return keyed_by_rule(COLORS, rule, by_memory)


STYLE = {
    "font.family": "DejaVu Sans",
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # or at each drawing a place is looked for, which takes a seventh of it
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.facecolor": PAPER,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "text.color": INK,
}
HALO = [withStroke(linewidth=4, foreground=PAPER)]


@dataclass(frozen=True, eq=False)
class Look:
    """dpi: pixels to 72 points; beside: the pixels that there are for words beside a curve.

    The others are sizes of type, in points.
    """

    dpi: int
    beside: int
    text: float
    title: float
    headline: float
    small: float
    smallest: float

    @property
    def style(self):
        sizes = {"font.size": self.text, "axes.titlesize": self.title}
        sizes["figure.titlesize"] = self.headline
        return STYLE | sizes | {"xtick.labelsize": self.small, "ytick.labelsize": self.small}


@dataclass(frozen=True)
class Layout:
    """size (width, height) in pixels; boxes {name of the axes: its share of that}.

    The headline is of so many points, and has so many letters on a line.
    """

    size: tuple
    boxes: dict
    headline: float
    letters: int

    def wrapped(self, sentence):
        return textwrap.fill(sentence, self.letters)


DESK = Look(dpi=100, beside=126, text=12, title=13, headline=14.4, small=11, smallest=10.5)
# 12 points are then 26 pixels.
HALL = Look(dpi=156, beside=180, text=12, title=12, headline=12, small=12, smallest=12)
_now = HALL if os.environ.get("OPTIM_LECTURE") == "1" else DESK


def current():
    return _now


def now():
    return _now


def use(look):
    """From now on pictures are drawn like this."""
    global _now
    _now = look


@contextmanager
def drawing():
    """What is drawn inside has the look of now."""
    with rc_context(_now.style):
        yield _now


def figure(size, **options):
    """An empty figure of this size in pixels. (A Figure is measured in inches.)"""
    return Figure(figsize=[side / _now.dpi for side in size], dpi=_now.dpi, **options)


def pixels(points):
    return points * _now.dpi / 72
