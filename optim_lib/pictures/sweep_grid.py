"""The maps of several rules on one page, in one scale of colours: which is good, and how widely?"""

import numpy as np
from matplotlib.colors import LogNorm

from optim_lib.pictures import theme
from optim_lib.pictures.display import pictured
from optim_lib.pictures.sweep import COLORS, UNREACHED, ends, hatch, rising
from optim_lib.pictures.theme import INK
from optim_lib.runs.inspect import title_of
from optim_lib.text import SYMBOLS, ArgumentError, about, number

KEY = "★ best\n\n▨ diverged, or\nended no lower\n\ngrey: target\nnot reached"
# Maps side by side; width of the page and height of a row, in pixels.
ROWS = {theme.DESK: (4, 1120, 270), theme.HALL: (3, 1230, 330)}


def atlas(*maps):
    """Small maps of what sweep() returned, η to the right, coloured by the steps to the target.

    Raises an ArgumentError if there is no map, or one that has no η, or other targets than the first.
    """
    if not maps or not all(hasattr(shown, "swept") for shown in maps):
        raise ArgumentError("atlas takes one map or more, each as sweep() returned it.")
    sweeps = [shown.swept for shown in maps]
    if any("eta" not in swept.axes for swept in sweeps):
        raise ArgumentError(
            "In an atlas η goes to the right: sweep each rule over eta=(low, high)."
        )
    if len({swept.target for swept in sweeps}) > 1:
        raise ArgumentError("Maps of one atlas are coloured by one target: sweep all to the same.")
    return Atlas(sweeps)


class Atlas:
    """What atlas() returns: a picture, and one sentence that says which star lies where."""

    def __init__(self, sweeps):
        self.sweeps = sweeps

    def __repr__(self):
        bests = (f"{title_of(s.rule)} {_steps_of_best(s)}" for s in self.sweeps)
        target = number(self.sweeps[0].target)
        return f"Steps until f < {target}, at best (median of five neighbours): {', '.join(bests)}."

    def figure(self):
        reached = [np.where(s.hit, s.reached, np.nan) for s in self.sweeps]
        norm = LogNorm(*ends(np.ma.masked_invalid(np.concatenate([r.ravel() for r in reached]))))
        with theme.drawing() as drawn:
            across, width, height = ROWS[drawn]
            down = -(-(len(self.sweeps) + 1) // across)
            figure = theme.figure((width, height * down), layout="constrained")
            *places, last = figure.subplots(down, across).flat
            for place in (*places[len(self.sweeps) :], last):
                place.set_axis_off()
            for axes, sweep, steps in zip(places, self.sweeps, reached, strict=False):
                image = _draw(axes, sweep, np.atleast_2d(steps), norm)
            scale = last.inset_axes([0.28, 0, 0.08, 1])
            figure.colorbar(image, cax=scale, location="left", label="steps until the target")
            last.text(0.45, 0.5, KEY, va="center", linespacing=1.5)
        return figure

    def _repr_mimebundle_(self, **_):
        return pictured(self.figure(), repr(self))


def _draw(axes, sweep, steps, norm):
    worse, best = np.atleast_2d(sweep.worse), (0, *sweep.best)[-2:]
    names = [*sweep.axes, None][:2]
    if names[0] != "eta":
        steps, worse, best, names = steps.T, worse.T, best[::-1], names[::-1]
    axes.set_facecolor(UNREACHED)
    image = axes.imshow(steps, norm=norm, cmap=f"{COLORS}_r", aspect="auto", origin="lower")
    hatch(axes, worse)
    axes.plot(*best[::-1], "*", ms=15, mfc="#E8B400", mec=INK)
    axes.set_title(f"{title_of(sweep.rule)}: {_steps_of_best(sweep)}")
    etas, other = sweep.axes["eta"], names[1]
    shown = [etas[0], *_power_between(etas[0], etas[-1]), etas[-1]]
    axes.set_xticks(np.interp(shown, *rising(etas)), [number(eta) for eta in shown])
    axes.set_xlabel("η")
    axes.set_yticks([])
    if other:
        low, high = sweep.axes[other][[0, -1]]
        axes.set_yticks([0, len(steps) - 1], [number(low), f"{high:g}"])
        axes.set_ylabel(SYMBOLS.get(other, other), rotation=0)
    return image


def _power_between(first, last):
    """[the power of ten in the middle], or [] if there is none between the two."""
    if not first * last > 0:
        return []
    power = 10.0 ** np.round(np.log10(first * last) / 2)
    return [power] if min(first, last) < power < max(first, last) else []


def _steps_of_best(sweep):
    steps = sweep.typical.min()
    if np.isfinite(steps):
        return f"≈ {about(steps)} steps"
    return "seldom reached" if sweep.hit.any() else "not reached"
