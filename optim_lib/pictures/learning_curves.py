"""Learning curves: the loss on what is learnt from, and on what is held out, over several seeds."""

import numpy as np

from optim_lib.landscapes import digits
from optim_lib.landscapes.networks import TwoLayers
from optim_lib.pictures import theme
from optim_lib.pictures.display import pictured
from optim_lib.pictures.theme import HALO, color_of
from optim_lib.runs.inspect import title_of
from optim_lib.runs.train import progress, train
from optim_lib.text import settings

LOOKS = 30
SIZES = {theme.DESK: (1120, 440), theme.HALL: (1230, 480)}  # in pixels


def learning_curves(*trained, network=None, seeds=5, steps=None, full=False):
    """Train the network with each (rule, {"eta": ..., ...}), once a seed; show how it learns.

    A seed draws the first weights and the mini-batches: the same ones for every rule.
    full  thousands of steps with twice the units, and a line that tells how far it has come
    """
    network = network or TwoLayers(64 if full else 32)
    steps = steps or (6000 if full else 300)
    learn, test = digits.split()

    def one(rule, hyper, seed):
        tell = progress(f"{title_of(rule)}, seed {seed + 1} of {seeds}", steps, full)
        every = max(1, steps // LOOKS)
        return train(
            rule, network, learn, test, steps=steps, every=every, seed=seed, tell=tell, **hyper
        )

    curves = [(rule, h, [one(rule, h, seed) for seed in range(seeds)]) for rule, h in trained]
    return LearningCurves(network, curves)


class LearningCurves:
    """What learning_curves() returns: `curves`, and a picture with a sentence that says the same.

    curves  [(rule, its hyperparameters, [a Training for each seed])]
    """

    def __init__(self, network, curves):
        self.network, self.curves = network, curves

    def __repr__(self):
        steps, seeds = self.curves[0][2][0].steps[-1], len(self.curves[0][2])
        told = "; ".join(self._told(*curve) for curve in self.curves)
        seen = f"Held-out loss after {steps} steps, median of {seeds} seeds (least to most)"
        return f"{self.network.name}. {seen}: {told}."

    def _told(self, rule, hyper, seeds):
        least, middle, most = band([training.held_out[-1] for training in seeds])
        right = np.median([training.right[-1] for training in seeds])
        said = f"{title_of(rule)}, {settings(hyper)}: {middle:.2f}"
        return f"{said} ({least:.2f} to {most:.2f}), {right:.0%} read rightly"

    def figure(self):
        """One small picture a rule, on the same axes: what is learnt from, and what is held out."""
        with theme.drawing() as drawn:
            figure = theme.figure(SIZES[drawn], layout="constrained")
            title = f"{self.network.name}: loss, median and band of {len(self.curves[0][2])} seeds"
            figure.suptitle(title, x=0.012, ha="left", weight="bold")
            grid = figure.subplots(1, len(self.curves), sharex=True, sharey=True, squeeze=False)
            for axes, (rule, hyper, seeds) in zip(grid[0], self.curves, strict=True):
                _draw_one(axes, rule, hyper, seeds)
            grid[0, 0].set(ylim=(None, 3.0), ylabel="mean of −ln p(the right digit)")
            _plain_ticks(grid[0, 0])
        return figure

    def _repr_mimebundle_(self, **_):
        return pictured(self.figure(), repr(self))


def band(values):
    """(least, median, most) over the seeds."""
    return np.min(values, axis=0), np.median(values, axis=0), np.max(values, axis=0)


def _draw_one(axes, rule, hyper, seeds):
    color = color_of(rule, ())
    axes.set_title(f"{title_of(rule)}\n{settings(hyper)}", color=color, weight="bold")
    axes.set(xlabel="steps", yscale="log", xlim=(0, seeds[0].steps[-1]))
    axes.grid(axis="y", alpha=0.3)
    _draw_band(axes, seeds[0].steps, [s.held_out for s in seeds], color, "held out", "-", "bottom")
    _draw_band(axes, seeds[0].steps, [s.loss for s in seeds], color, "learnt from", "--", "top")


def _draw_band(axes, steps, losses, color, name, dashes, va):
    least, middle, most = band(losses)
    axes.fill_between(steps, least, most, color=color, alpha=0.18, lw=0)
    axes.plot(steps, middle, color=color, lw=2.2, ls=dashes)
    edge = most if va == "bottom" else least
    at, style = -len(steps) // 4, {"color": color, "ha": "center", "path_effects": HALO}
    gap = (0, 4 if va == "bottom" else -4)
    place = (steps[at], edge[at])
    axes.annotate(name, place, gap, textcoords="offset points", va=va, **style)


def _plain_ticks(axes):
    axes.set_yticks([0.03, 0.1, 0.3, 1, 3], ["0.03", "0.1", "0.3", "1", "3"])
    axes.minorticks_off()
