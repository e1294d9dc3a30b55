"""The maps of several rules on one page, in one scale of colours: which is good, and how widely?"""

import numpy as np
from matplotlib.colors import LogNorm

from optim_lib import look, words
from optim_lib.mapview import COLORS, UNREACHED, ends, hatch
from optim_lib.pictured import pictured

KEY = "★ best\n\n▨ diverged, or\nended no lower\n\ngrey: target\nnot reached"
# Maps side by side; width of the page and height of a row, in pixels.
ROWS = {look.DESK: (4, 1120, 270), look.HALL: (3, 1230, 330)}
SHOWN_ETAS = (1e-5, 0.01, 10)


def atlas(*maps):
    """Small maps of what sweep() returned, η to the right, coloured by the steps to the target."""
    return Atlas([shown.swept for shown in maps])


class Atlas:
    """What atlas() returns: a picture, and one sentence that says which star lies where."""

    def __init__(self, sweeps):
        self.sweeps = sweeps

    def __repr__(self):
        bests = (f"{words.title_of(s.rule)} {_steps_of_best(s)}" for s in self.sweeps)
        target = words.short(self.sweeps[0].target)
        return f"Steps until f < {target}, at best (median of five neighbours): {', '.join(bests)}."

    def figure(self):
        reached = [np.where(s.hit, s.reached, np.nan) for s in self.sweeps]
        norm = LogNorm(*ends(np.ma.masked_invalid(np.concatenate([r.ravel() for r in reached]))))
        with look.drawing() as drawn:
            across, width, height = ROWS[drawn]
            down = -(-(len(self.sweeps) + 1) // across)
            figure = look.figure((width, height * down), layout="constrained")
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
    etas, other = sweep.axes["eta"], [name for name in sweep.axes if name != "eta"]
    axes.set_facecolor(UNREACHED)
    image = axes.imshow(steps, norm=norm, cmap=f"{COLORS}_r", aspect="auto", origin="lower")
    hatch(axes, np.atleast_2d(sweep.worse))
    line, column = (0, *sweep.best)[-2:]
    axes.plot(column, line, "*", ms=15, mfc="#E8B400", mec=words.INK)
    axes.set_title(f"{words.title_of(sweep.rule)}: {_steps_of_best(sweep)}")
    places = np.interp(np.log(SHOWN_ETAS), np.log(etas), np.arange(len(etas)))
    axes.set_xticks(places, [words.short(eta) for eta in SHOWN_ETAS])
    axes.set_xlabel("η")
    axes.set_yticks([])
    for name in other:
        low, high = sweep.axes[name][[0, -1]]
        axes.set_yticks([0, len(steps) - 1], [words.short(low), f"{high:g}"])
        axes.set_ylabel(words.SYMBOLS.get(name, name), rotation=0)
    return image


def _steps_of_best(sweep):
    steps = sweep.typical.min()
    if np.isfinite(steps):
        return f"≈ {words.about(steps)} steps"
    return "seldom reached" if sweep.hit.any() else "not reached"
