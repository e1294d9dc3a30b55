"""The ladder on one page: what each rule still remembers of one gradient, side by side."""

import textwrap
from functools import partial

import numpy as np
from matplotlib.ticker import NullLocator

from optim_lib import rules
from optim_lib.pictures.annotate import put, say_empty
from optim_lib.pictures.display import StillPicture, page
from optim_lib.pictures.theme import color_of, color_of_slot
from optim_lib.runs.impulse import impulse
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.text import say

ACROSS = 4
SHARES = [0, 0.5, 1], ["0", "50 %", "100 %"]


def forgetting(*chosen, steps=3000):
    """The forgetting curves of these rules, each at its own defaults; of the course's if none."""
    curves = [(rule, shares_left(impulse(rule, steps))) for rule in chosen or rules.LADDER]
    kept = [say("{rule}: {kept}", rule=title_of(rule), kept=kept_of(h)) for rule, h in curves]
    sentence = say("What is left of one gradient. {kept}.", kept="; ".join(kept))
    return StillPicture(sentence, partial(draw, curves, steps))


def shares_left(run):
    """{slot: (steps,)}: of an impulse, the share that is left after 0, 1, 2, ... steps."""
    histories = {slot: h[1:, 0] for slot, h in slots_of(run).items()}
    return {slot: h / (np.abs(h).max() or 1.0) for slot, h in histories.items()}


def half_forgotten(share):
    """The first step from which on half is left or less, or None."""
    kept = int(np.flatnonzero(share > 0.5).max(initial=-1)) + 1
    return kept if kept < len(share) else None


def kept_of(shares):
    said = (say("{slot} {kept}", slot=slot, kept=fading(h)) for slot, h in shares.items())
    return ", ".join(said) or say("nothing")


def fading(share):
    half = half_forgotten(share)
    if (share == 1).all():
        return say("forgets nothing")
    if half is None:
        return say("keeps more than half for {steps} steps", steps=len(share) - 1)
    if half == 1:
        return say("has forgotten half after 1 step")
    return say("has forgotten half after {steps} steps", steps=half)


def draw(curves, steps, theme):
    """Small multiples on one scale; time is logarithmic, for some forget slowly."""
    (width, height), down = theme.choose((1120, 240), (1230, 300)), -(-len(curves) // ACROSS)
    title = say("What is left of one gradient, so many steps later (dot: half is forgotten)")
    title = textwrap.fill(title, int(width / theme.pixels(0.68 * theme.headline)))
    figure, grid = page(theme, (width, 75 + height * down), title, down, ACROSS)
    figure.get_layout_engine().set(hspace=0.08, wspace=0.04)
    first, narrow = grid[0, 0], grid[0, 0].bbox.width < theme.pixels(150)
    powers = [10**power for power in range(0, 10, 2 if narrow else 1)]
    first.set_xscale("symlog", linthresh=1, linscale=0.3)
    first.set(xlim=(0, steps), ylim=(0, 1.1), xticks=[0, *(at for at in powers if at <= steps)])
    first.set_yticks(*SHARES)
    first.xaxis.set_major_formatter("{x:.0f}")
    for axes, (rule, shares) in zip(grid.flat, curves, strict=False):
        draw_one(theme, axes, rule, shares, narrow)
    for axes in grid.flat[len(curves) :]:
        axes.set_axis_off()
    return figure


def draw_one(theme, axes, rule, shares, narrow):
    axes.set_title(title_of(rule), color=color_of(rule, shares), weight="bold")
    axes.set_xlabel(say("steps later") if axes.get_subplotspec().is_last_row() else "")
    axes.xaxis.set_minor_locator(NullLocator())
    if not shares:
        say_empty(theme, axes, say("nothing"))
    for slot, share in shares.items():
        color = color_of_slot(slot)
        axes.plot(share, color=color, lw=2.6)
        axes.fill_between(range(len(share)), share, color=color, alpha=0.08, lw=0)
        draw_half(axes, slot, share, narrow, color=color, weight="bold")


def draw_half(axes, slot, share, narrow, **style):
    """A dot where half is forgotten, and words right of it if that is soon, else left."""
    half = half_forgotten(share)
    if half is None:
        kept = fading(share).replace(" ", "\n" if narrow else " ")
        words = say("{slot}\n{kept}", slot=slot, kept=kept)
        return put(axes, words, (2, 0.9), (0, 0), va="top", **style)
    axes.plot(half, share[half], "o", color=style["color"], ms=7)
    words = say("{slot}\n{half} steps", slot=slot, half=half)
    if narrow or half == 1:
        words = say("{slot}\n{half}", slot=slot, half=half)
    soon = half**2 < len(share)
    shift, side = ((9, 12), "left") if soon else ((-9, -28), "right")  # Adam's two must not meet
    put(axes, words, (half, 0.5), shift, ha=side, va="center", **style)
