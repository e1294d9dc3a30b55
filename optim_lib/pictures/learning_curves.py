"""Learning curves: the loss on what is learnt from, and on what is held out, over several seeds."""

import numpy as np

from optim_lib.landscapes import digits
from optim_lib.landscapes.networks import TwoLayers
from optim_lib.pictures import theme as themes
from optim_lib.pictures.display import StillPicture
from optim_lib.pictures.theme import HALO, color_of
from optim_lib.runs.inspect import title_of
from optim_lib.runs.train import progress, train
from optim_lib.text import decimals, number, percent, say, settings

LOOKS = 30
SIZES = {themes.DESK: (1120, 440), themes.HALL: (1230, 480)}  # in pixels


def learning_curves(*trained, network=None, seeds=5, steps=None, full=False):
    """Train the network with each (rule, {"eta": ..., ...}), once a seed; show how it learns.

    A seed draws the first weights and the mini-batches: the same ones for every rule.
    full  thousands of steps with twice the units, and a line that says how far it has come
    """
    network = network or TwoLayers(64 if full else 32)
    steps = steps or (6000 if full else 300)
    walk = {"steps": steps, "every": max(1, steps // LOOKS)}

    def one(rule, hyper, seed):
        who = say("{rule}, seed {seed} of {seeds}", rule=title_of(rule), seed=seed + 1, seeds=seeds)
        tell = progress(who, steps, full)
        return train(rule, network, *digits.split(), seed=seed, tell=tell, **walk, **hyper)

    curves = [(rule, h, [one(rule, h, seed) for seed in range(seeds)]) for rule, h in trained]
    return LearningCurves(network, curves)


class LearningCurves(StillPicture):
    """What learning_curves() returns: `curves`, and a picture with a sentence that says the same.

    curves  [(rule, its hyperparameters, [a Training for each seed])]
    """

    def __init__(self, network, curves):
        super().__init__()
        self.network, self.curves = network, curves

    @property
    def sentence(self):
        _, _, trainings = self.curves[0]
        return say(
            "{network}. Held-out loss after {steps} steps, "
            "median of {seeds} seeds (least to most): {curves}.",
            network=self.network.name,
            steps=trainings[0].steps[-1],
            seeds=len(trainings),
            curves="; ".join(outcome(*curve) for curve in self.curves),
        )

    def draw(self, theme):
        """One small picture a rule, on the same axes: what is learnt from, and what is held out."""
        figure = theme.figure(SIZES[theme], layout="constrained")
        about = {"network": self.network.name, "seeds": len(self.curves[0][2])}
        title = say("{network}: loss, median and band of {seeds} seeds", **about)
        figure.suptitle(title, x=0.012, ha="left", weight="bold")
        grid = figure.subplots(1, len(self.curves), sharex=True, sharey=True, squeeze=False)
        for axes, curve in zip(grid[0], self.curves, strict=True):
            draw_one(axes, *curve)
        first, ticks = grid[0, 0], [0.03, 0.1, 0.3, 1, 3]
        first.set(ylim=(None, 3.0), ylabel=say("mean of −ln p(the right digit)"))
        first.set_yticks(ticks, [number(tick) for tick in ticks])
        first.minorticks_off()
        return figure


def band(values):
    """(least, median, most) over the seeds."""
    return np.min(values, axis=0), np.median(values, axis=0), np.max(values, axis=0)


def outcome(rule, hyper, trainings):
    least, middle, most = band([training.held_out[-1] for training in trainings])
    return say(
        "{rule}, {settings}: {middle} ({least} to {most}), {right} read rightly",
        rule=title_of(rule),
        settings=settings(hyper),
        middle=decimals(middle, 2),
        least=decimals(least, 2),
        most=decimals(most, 2),
        right=percent(np.median([training.right[-1] for training in trainings])),
    )


def draw_one(axes, rule, hyper, trainings):
    color, steps = color_of(rule), trainings[0].steps
    title = say("{rule}\n{settings}", rule=title_of(rule), settings=settings(hyper))
    axes.set_title(title, color=color, weight="bold")
    axes.set(xlabel=say("steps"), yscale="log", xlim=(0, steps[-1]))
    axes.grid(axis="y", alpha=0.3)
    for name, losses, dashes, above in (
        (say("held out"), [training.held_out for training in trainings], "-", True),
        (say("learnt from"), [training.loss for training in trainings], "--", False),
    ):
        least, middle, most = band(losses)
        axes.fill_between(steps, least, most, color=color, alpha=0.18, lw=0)
        axes.plot(steps, middle, color=color, lw=2.2, ls=dashes)
        at, edge = -len(steps) // 4, most if above else least
        gap, va = ((0, 4), "bottom") if above else ((0, -4), "top")
        style = {"color": color, "ha": "center", "va": va, "path_effects": HALO}
        axes.annotate(name, (steps[at], edge[at]), gap, textcoords="offset points", **style)
