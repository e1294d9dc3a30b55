"""The ladder on one page: what each rule still remembers of one gradient, side by side."""

import textwrap

import numpy as np
from matplotlib.ticker import NullLocator

from optim_lib import rules
from optim_lib.pictures import theme
from optim_lib.pictures.display import pictured
from optim_lib.pictures.theme import BOTH, HALO, QUIET, SLOT_COLORS, color_of
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.runs.run import impulse

LADDER = (
    rules.gd,
    rules.sgd,
    rules.momentum,
    rules.nesterov,
    rules.adagrad,
    rules.rmsprop,
    rules.adam,
    rules.adamw,
)
ACROSS = 4
ROWS = {theme.DESK: (1120, 240), theme.HALL: (1230, 300)}  # width and height in pixels
TITLE = "What is left of one gradient, so many steps later (dot: half is forgotten)"


def ladder(*chosen, steps=3000):
    """The forgetting curves of these rules, each at its own defaults; of the course's if none."""
    return Ladder(chosen or LADDER, steps)


class Ladder:
    """What ladder() returns: one small picture a rule, and one sentence that says the same."""

    def __init__(self, chosen, steps):
        self.curves = [(rule, forgetting(rule, steps)) for rule in chosen]
        self.figure = _drawn(self.curves, steps)

    def __repr__(self):
        told = ((title_of(rule), _told(shares)) for rule, shares in self.curves)
        return f"What is left of one gradient. {'; '.join(f'{who}: {what}' for who, what in told)}."

    def _repr_mimebundle_(self, **_):
        return pictured(self.figure, repr(self))


def forgetting(rule, steps):
    """{slot: (steps,)}: the share of one gradient that is left after 0, 1, 2, ... steps."""
    histories = {slot: h[1:, 0] for slot, h in slots_of(impulse(rule, steps)).items()}
    return {slot: h / (np.abs(h).max() or 1.0) for slot, h in histories.items()}


def _told(shares):
    return ", ".join(f"{slot} {_fading(share)}" for slot, share in shares.items()) or "nothing"


def _fading(share):
    if (share == 1).all():
        return "forgets nothing"
    half = half_forgotten(share)
    if half is None:
        return f"keeps more than half for {len(share) - 1} steps"
    return f"has forgotten half after {half} step{'s' * (half != 1)}"


def half_forgotten(share):
    """The first step from which on half is left or less, or None."""
    kept = int(np.flatnonzero(share > 0.5).max(initial=-1)) + 1
    return kept if kept < len(share) else None


def _drawn(curves, steps):
    """A figure of small multiples on one scale; time is logarithmic, for some forget slowly."""
    down = -(-len(curves) // ACROSS)
    with theme.drawing() as drawn:
        width, height = ROWS[drawn]
        figure = theme.figure((width, 75 + height * down), layout="constrained")
        figure.get_layout_engine().set(hspace=0.08, wspace=0.04)
        letters = int(width / theme.pixels(0.68 * drawn.headline))
        figure.suptitle(textwrap.fill(TITLE, letters), x=0.012, ha="left", weight="bold")
        grid = figure.subplots(down, ACROSS, sharex=True, sharey=True, squeeze=False)
        _set_scale(grid[0, 0], steps)
        for axes, (rule, shares) in zip(grid.flat, curves, strict=False):
            _draw_one(axes, rule, shares)
        for axes in grid.flat[len(curves) :]:
            axes.set_axis_off()
    return figure


def _set_scale(axes, steps):
    axes.set_xscale("symlog", linthresh=1, linscale=0.3)
    axes.set(xlim=(0, steps), ylim=(0, 1.1))
    axes.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    powers = range(0, 10, 2 if _is_narrow(axes) else 1)
    axes.set_xticks([0, *(10**power for power in powers if 10**power <= steps)])
    axes.xaxis.set_major_formatter("{x:.0f}")


def _draw_one(axes, rule, shares):
    axes.set_title(title_of(rule), color=color_of(rule, shares), weight="bold")
    axes.set_xlabel("steps later" if axes.get_subplotspec().is_last_row() else "")
    axes.xaxis.set_minor_locator(NullLocator())
    if not shares:
        middle = {"ha": "center", "va": "center", "transform": axes.transAxes}
        axes.text(0.5, 0.5, "nothing", color=QUIET, **middle)
    for slot, share in shares.items():
        color = SLOT_COLORS.get(slot, BOTH)
        axes.plot(share, color=color, lw=2.6)
        axes.fill_between(range(len(share)), share, color=color, alpha=0.08, lw=0)
        _label(axes, slot, share, color)


def _label(axes, slot, share, color):
    """Beside the dot where half is forgotten: right of it if that is soon, else left."""
    half = half_forgotten(share)
    style = {"color": color, "weight": "bold", "va": "center", "path_effects": HALO}
    if half is None:
        told = _fading(share).replace(" ", "\n" if _is_narrow(axes) else " ")
        return axes.text(2, 0.9, f"{slot}\n{told}", **style | {"va": "top"})
    axes.plot(half, share[half], "o", color=color, ms=7)
    soon = half**2 < len(share)
    unit = "" if _is_narrow(axes) else f" step{'s' * (half != 1)}"
    axes.annotate(
        f"{slot}\n{half}{unit}",
        (half, 0.5),
        (9, 12) if soon else (-9, -28),  # so that the two of Adam do not meet
        textcoords="offset points",
        ha="left" if soon else "right",
        **style,
    )


def _is_narrow(axes):
    return axes.bbox.width < theme.pixels(150)
