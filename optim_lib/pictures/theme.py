"""How every picture looks: at a desk, or on the wall of a lecture hall.

Type, lines and markers are measured in points. With more pixels to a point all of them are larger,
so a theme is a number of pixels and a few sizes of type.
"""

import os
from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

from optim_lib import rules
from optim_lib.runs.inspect import keyed_by_rule

PAPER, INK, QUIET = "#FCFBF7", "#1F2430", "#666C78"
DIRECTION, SIZE, BOTH = "#084B8A", "#B35C00", "#6A2480"
HALO = [withStroke(linewidth=4, foreground=PAPER)]

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
SECOND = {QUIET: "#2B313C", DIRECTION: "#1D74BC", SIZE: "#7F3B00", BOTH: "#A8519F"}
SLOT_COLORS = {"v": DIRECTION, "m": DIRECTION, "last": DIRECTION, "s": SIZE}


def color_of(rule, slots=(), ghost=None):
    """The rule's colour in the course; a student's rule is coloured by what it remembers, in a
    second shade where its ghost has the first."""
    kinds = {color_of_slot(slot) for slot in slots}
    by_memory = QUIET if not kinds else kinds.pop() if len(kinds) == 1 else BOTH
    shade = SECOND[by_memory] if ghost == by_memory else by_memory
    return keyed_by_rule(COLORS, rule, shade)


def color_of_slot(slot):
    return SLOT_COLORS.get(slot, BOTH)


STYLE = {
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # or at each drawing a place is looked for, which takes a seventh of it
    **dict.fromkeys(["axes.spines.top", "axes.spines.right"], False),
    **dict.fromkeys(["axes.facecolor", "figure.facecolor"], PAPER),
    **dict.fromkeys(["axes.edgecolor", "xtick.color", "ytick.color"], QUIET),
    **dict.fromkeys(["axes.labelcolor", "axes.titlecolor", "text.color"], INK),
    **dict.fromkeys(["xtick.labelcolor", "ytick.labelcolor"], INK),
}


@dataclass(frozen=True, eq=False)
class Theme:
    """dpi: pixels to 72 points; beside: the pixels that there are for words beside a curve.

    text, title, headline, small and smallest are sizes of type, in points.
    """

    dpi: int
    beside: int
    text: float
    title: float
    headline: float
    small: float
    smallest: float
    in_hall: bool = False

    def choose(self, at_a_desk, in_the_hall):
        """Where there is less room, a picture has a layout of its own for the hall."""
        return in_the_hall if self.in_hall else at_a_desk

    def drawing(self):
        """A context: whatever is drawn inside it has this theme."""
        sizes = {"font.size": self.text, "axes.titlesize": self.title}
        sizes |= dict.fromkeys(["xtick.labelsize", "ytick.labelsize"], self.small)
        return rc_context(STYLE | sizes | {"figure.titlesize": self.headline})

    def figure(self, size, **options):
        """An empty figure of this size in pixels. (A Figure is measured in inches.)"""
        return Figure(figsize=[side / self.dpi for side in size], dpi=self.dpi, **options)

    def pixels(self, points):
        return points * self.dpi / 72

    def width_of(self, words):
        """In pixels, when they are set in bold."""
        font = FontProperties(size=self.text, weight="bold")
        measure = text_to_path.get_text_width_height_descent
        points = [measure(line, font, ismath=False)[0] for line in words.split("\n")]
        return self.pixels(max(points))


DESK = Theme(100, 126, text=12, title=13, headline=14.4, small=11, smallest=10.5)
# 12 points are 26 pixels in the hall.
HALL = Theme(156, 180, text=12, title=12, headline=12, small=12, smallest=12, in_hall=True)
_current = HALL if os.environ.get("OPTIM_LECTURE") == "1" else DESK


def current():
    """The theme of the pictures that are made from now on."""
    return _current


def use(theme):
    """Let pictures be made with this theme from now on; those that there are keep their own."""
    global _current
    _current = theme
