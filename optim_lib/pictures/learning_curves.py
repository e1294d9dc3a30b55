"""Learning curves: the loss on what is learnt from, and on what is held out, over several seeds."""

from functools import partial

import numpy as np

from optim_lib.landscapes import digits
from optim_lib.landscapes.networks import TwoLayers
from optim_lib.pictures.annotate import put
from optim_lib.pictures.display import StillPicture, page
from optim_lib.pictures.theme import color_of
from optim_lib.runs.inspect import title_of
from optim_lib.runs.train import progress, train
from optim_lib.text import decimals, number, percent, say, settings

TICKS = [0.03, 0.1, 0.3, 1, 3]


def learning_curves(*trained, network=None, seeds=5, steps=None, full=False):
    """Train the network with each (rule, {"eta": ..., ...}), once a seed; show how it learns.

    A seed draws the first weights and the mini-batches: the same ones for every rule.
    full  thousands of steps with twice the units, and a line that says how far it has come

    Returns a picture with curves [(rule, its settings, [a Training for each seed])].
    """
    network = network or TwoLayers(64 if full else 32)
    steps = steps or (6000 if full else 300)
    walk = {"seeds": seeds, "steps": steps, "every": max(1, steps // 30), "full": full}
    curves = [
        (rule, hyper, train_seeds(rule, network, *digits.split(), **walk, **hyper))
        for rule, hyper in trained
    ]
    about = {"network": network.name, "seeds": seeds, "steps": steps}
    about["curves"] = "; ".join(outcome(*curve) for curve in curves)
    sentence = say(
        "{network}. Held-out loss after {steps} steps, median of {seeds} seeds (least to most): "
        "{curves}.",
        **about,
    )
    title = say("{network}: loss, median and band of {seeds} seeds", **about)
    return StillPicture(sentence, partial(draw, title, curves), curves=curves)


def train_seeds(rule, network, learn, test, *, seeds, steps, every, full=False, **hyper):
    """[a Training for each seed]; where it is full size, a line says how far it has come."""
    trainings = []
    for seed in range(seeds):
        about = {"rule": title_of(rule), "seed": seed + 1, "seeds": seeds}
        tell = progress(say("{rule}, seed {seed} of {seeds}", **about), steps, full)
        walk = {"steps": steps, "every": every, "seed": seed, "tell": tell}
        trainings.append(train(rule, network, learn, test, **walk, **hyper))
    return trainings


def band(values):
    """(least, median, most) over the seeds."""
    return np.min(values, axis=0), np.median(values, axis=0), np.max(values, axis=0)


def outcome(rule, hyper, trainings):
    losses = [decimals(loss, 2) for loss in band([one.held_out[-1] for one in trainings])]
    said = dict(zip(("least", "middle", "most"), losses, strict=True))
    said |= {"rule": title_of(rule), "settings": settings(hyper)}
    said["right"] = percent(np.median([training.right[-1] for training in trainings]))
    return say("{rule}, {settings}: {middle} ({least} to {most}), {right} read rightly", **said)


def draw(title, curves, theme):
    """One small picture a rule, on the same axes: what is learnt from, and what is held out."""
    size = theme.choose((1120, 440), (1230, 480))
    figure, grid = page(theme, size, title, 1, len(curves))
    for axes, (rule, hyper, trainings) in zip(grid[0], curves, strict=True):
        color, about = color_of(rule), {"rule": title_of(rule), "settings": settings(hyper)}
        axes.set_title(say("{rule}\n{settings}", **about), color=color, weight="bold")
        axes.set(xlabel=say("steps"), yscale="log", xlim=(0, trainings[0].steps[-1]))
        axes.grid(axis="y", alpha=0.3)
        draw_band(axes, trainings, "held_out", say("held out"), color, "-", "bottom")
        draw_band(axes, trainings, "loss", say("learnt from"), color, "--", "top")
    grid[0, 0].set(ylim=(None, 3.0), ylabel=say("mean of −ln p(the right digit)"))
    grid[0, 0].set_yticks(TICKS, [number(tick) for tick in TICKS])
    grid[0, 0].minorticks_off()
    return figure


def draw_band(axes, trainings, what, name, color, dashes, va):
    steps = trainings[0].steps
    least, middle, most = band([getattr(training, what) for training in trainings])
    axes.fill_between(steps, least, most, color=color, alpha=0.18, lw=0)
    axes.plot(steps, middle, color=color, lw=2.2, ls=dashes)
    at, (edge, gap) = -len(steps) // 4, (most, 4) if va == "bottom" else (least, -4)
    put(axes, name, (steps[at], edge[at]), (0, gap), color=color, ha="center", va=va)
