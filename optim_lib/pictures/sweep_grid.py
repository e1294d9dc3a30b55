"""The maps of several rules on one page, in one scale of colours: which is good, and how widely?"""

from functools import partial

import numpy as np

from optim_lib.pictures.annotate import draw_star
from optim_lib.pictures.display import StillPicture
from optim_lib.pictures.heatmap import draw_cells, log_norm, place, steps_of
from optim_lib.runs.inspect import title_of
from optim_lib.text import SYMBOLS, ArgumentError, about, number, say

KEY = "★ best\n\n▨ diverged, or\nended no lower\n\ngrey: target\nnot reached"
AT_BEST = "Steps until f < {target}, at best (median of five neighbours): {bests}."


def sweep_grid(*maps):
    """Small maps of what sweep() returned, η to the right, coloured by the steps to the target.

    Raises an ArgumentError if there is no map, or one without η, or one that had another target.
    """
    sweeps = [getattr(shown, "swept", None) for shown in maps]
    if not sweeps or None in sweeps:
        raise ArgumentError(say("sweep_grid takes one map or more, each as sweep() returned it."))
    if any("eta" not in sweep.axes for sweep in sweeps):
        raise ArgumentError(say("In a sweep_grid η goes to the right: sweep over eta=(low, high)."))
    if len({sweep.target for sweep in sweeps}) > 1:
        raise ArgumentError(say("A sweep_grid has one target: sweep each rule to the same one."))
    bests = [say("{rule} {best}", rule=title_of(s.rule), best=steps_of_best(s)) for s in sweeps]
    said = {"target": number(sweeps[0].target), "bests": ", ".join(bests)}
    return StillPicture(say(AT_BEST, **said), partial(draw, sweeps))


def steps_of_best(sweep):
    steps = sweep.typical.min()
    if np.isfinite(steps):
        return say("≈ {steps} steps", steps=about(steps))
    return say("seldom reached") if sweep.hit.any() else say("not reached")


def draw(sweeps, theme):
    across, width, height = theme.choose((4, 1120, 270), (3, 1230, 330))
    down = -(-(len(sweeps) + 1) // across)
    figure = theme.figure((width, height * down), layout="constrained")
    *places, last = figure.subplots(down, across).flat
    for axes in (*places[len(sweeps) :], last):
        axes.set_axis_off()
    norm = log_norm(np.concatenate([steps_of(sweep).ravel() for sweep in sweeps]))
    for axes, sweep in zip(places, sweeps, strict=False):
        image = draw_map(axes, sweep, norm)
    scale = last.inset_axes([0.28, 0, 0.08, 1])
    figure.colorbar(image, cax=scale, location="left", label=say("steps until the target"))
    last.text(0.45, 0.5, say(KEY), va="center", linespacing=1.5)
    return figure


def draw_map(axes, sweep, norm):
    steps, worse, best = steps_of(sweep), np.atleast_2d(sweep.worse), (0, *sweep.best)[-2:]
    if next(iter(sweep.axes)) != "eta":
        steps, worse, best = steps.T, worse.T, best[::-1]
    image = draw_cells(axes, steps, worse, norm)
    draw_star(axes, *best[::-1], ms=15)
    axes.set_title(say("{rule}: {best}", rule=title_of(sweep.rule), best=steps_of_best(sweep)))
    etas = sweep.axes["eta"]
    shown = [etas[0], *power_between(etas[0], etas[-1]), etas[-1]]
    axes.set_xticks(place(shown, etas), [number(eta) for eta in shown])
    axes.set_xlabel(SYMBOLS["eta"])
    axes.set_yticks([])
    for other in sweep.axes.keys() - {"eta"}:
        low, high = sweep.axes[other][[0, -1]]
        axes.set_yticks([0, len(steps) - 1], [number(low), number(high, 6)])
        axes.set_ylabel(SYMBOLS.get(other, other), rotation=0)
    return image


def power_between(first, last):
    """[the power of ten in the middle], or [] if there is none between the two."""
    if not first * last > 0:
        return []
    power = 10.0 ** np.round(np.log10(first * last) / 2)
    return [power] if min(first, last) < power < max(first, last) else []
