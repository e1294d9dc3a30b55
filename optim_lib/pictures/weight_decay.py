"""Adam + L2 and AdamW over η × λ: how much decay is too much, and does that depend on η?

A loss map has a border: for each η, the largest λ at which the held-out loss is still within WITHIN
of the best for that η. If λ and η are independent it is the same for all η. The power p of the
line border ≈ c ηᵖ tells: p = 0 is independence, p = −1 says that only the product η λ matters.
"""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, LogNorm

from optim_lib import rules
from optim_lib.landscapes import digits
from optim_lib.landscapes.networks import TwoLayers
from optim_lib.pictures.display import StillPicture
from optim_lib.pictures.theme import HALO, PAPER, color_of
from optim_lib.runs.inspect import title_of
from optim_lib.runs.train import progress, train
from optim_lib.text import about, decimals, number, say

WITHIN = 1.25
SMALL = {"etas": (0.003, 0.006, 0.012, 0.025, 0.05), "lams": np.geomspace(1e-3, 1, 7)}
FULL = {"etas": np.geomspace(1e-3, 0.064, 13).round(5), "lams": np.geomspace(1e-4, 1, 17)}


def weight_decay(*, steps=None, seeds=3, full=False):
    """Both rules at every η and λ, on few examples, so that there is something to overfit.

    full  a finer map after five times as many steps, and a line that says how far it has come
    """
    steps, axes = steps or (3000 if full else 600), FULL if full else SMALL
    etas, lams = (np.asarray(axes[name], float) for name in ("etas", "lams"))
    maps = {
        rule: held_out_map(rule, etas, lams, steps=steps, seeds=seeds, telling=full)
        for rule in (rules.adam_l2, rules.adamw)
    }
    return WeightDecay(etas, lams, maps, steps, seeds)


def held_out_map(rule, etas, lams, *, steps, seeds=3, examples=200, hidden=16, telling=False):
    """The held-out loss at each (λ, η) after so many steps, the mean over the seeds."""
    learn, test = digits.split(examples)

    def one(seed):
        who = say("{rule}, seed {seed} of {seeds}", rule=title_of(rule), seed=seed + 1, seeds=seeds)
        tell = progress(who, steps, telling)
        walk = {"steps": steps, "every": steps, "seed": seed, "tell": tell}
        hyper = {"eta": etas, "lam": lams[:, None]}
        return train(rule, TwoLayers(hidden), learn, test, **walk, **hyper).held_out[-1]

    return np.mean([one(seed) for seed in range(seeds)], axis=0)


def border(losses, lams):
    """For each η the largest λ still within WITHIN of its best, between two λ by their logarithms.

    losses (λ, η), lams rising; NaN where even the largest λ is not too large.
    """
    bounds = WITHIN * losses.min(axis=0)
    return np.array([_crossing(*column, lams) for column in zip(losses.T, bounds, strict=True)])


def _crossing(losses, bound, lams):
    i = np.flatnonzero(losses <= bound)[-1]
    if i == len(lams) - 1:
        return np.nan
    share = np.log(bound / losses[i]) / np.log(losses[i + 1] / losses[i])
    return lams[i] * (lams[i + 1] / lams[i]) ** share


def power(etas, border):
    """p of border ≈ c ηᵖ, by least squares of the logarithms."""
    known = np.isfinite(border)
    return np.polyfit(np.log(etas[known]), np.log(border[known]), 1)[0]


class WeightDecay(StillPicture):
    """What weight_decay() returns: maps {rule: (λ, η)}, and a picture with a sentence.

    borders {rule: (η,)} and powers {rule: p} are read from the maps.
    """

    def __init__(self, etas, lams, maps, steps, seeds):
        super().__init__()
        self.etas, self.lams, self.maps, self.steps, self.seeds = etas, lams, maps, steps, seeds
        self.borders = {rule: border(losses, lams) for rule, losses in maps.items()}
        self.powers = {rule: power(etas, line) for rule, line in self.borders.items()}

    @property
    def sentence(self):
        return say(
            "Held-out loss over η × λ after {steps} steps, {seeds} seeds: {rules}.",
            steps=self.steps,
            seeds=self.seeds,
            rules="; ".join(self._outcome(rule) for rule in self.maps),
        )

    def _outcome(self, rule):
        return say(
            "{rule}: best {best}, too much decay from λ ≈ {lam} on, which goes as η^{power}",
            rule=title_of(rule),
            best=decimals(self.maps[rule].min(), 2),
            lam=about(np.exp(np.nanmean(np.log(self.borders[rule])))),
            power=self.written(rule),
        )

    def written(self, rule):
        """The power to one decimal, without a sign before zero: "−0.2", "0.0"."""
        return decimals(self.powers[rule], 1)

    def draw(self, theme):
        """Two maps on one scale; the line is the border above which there is too much decay."""
        figure = theme.figure((1120, 520), layout="constrained")
        title = say("Held-out loss; above the line λ is too large")
        figure.suptitle(title, x=0.012, ha="left", weight="bold")
        both = figure.subplots(1, len(self.maps), sharey=True)
        for axes, rule in zip(both, self.maps, strict=True):
            self._draw_map(theme, axes, self.maps[rule])
            self._draw_border(axes, rule)
        both[0].set_ylabel("λ")
        return figure

    def _draw_map(self, theme, axes, losses):
        quiet = LinearSegmentedColormap.from_list("quiet", [PAPER, "#9AA0AB"])
        axes.pcolormesh(np.clip(losses, 0.1, 3), cmap=quiet, norm=LogNorm(0.15, 3))
        few = losses.size <= 64
        if few:
            style = {"ha": "center", "va": "center", "zorder": 3, "path_effects": HALO}
            for (i, j), loss in np.ndenumerate(losses):
                axes.text(j + 0.5, i + 0.2, decimals(loss, 2), size=theme.smallest, **style)
        for axis, values, digits_shown in (axes.xaxis, self.etas, 6), (axes.yaxis, self.lams, 1):
            every = slice(None, None, 1 if few else 4)
            cells = np.arange(len(values))[every] + 0.5
            axis.set_ticks(cells, [number(value, digits_shown) for value in values[every]])
        axes.set_xlabel("η")

    def _draw_border(self, axes, rule):
        color, cells = color_of(rule), np.arange(len(self.lams))
        heights = np.interp(np.log(self.borders[rule]), np.log(self.lams), cells)
        across = np.arange(len(self.etas)) + 0.5
        axes.plot(across, heights + 0.5, "o-", color=color, lw=3, ms=7, zorder=2)
        about_it = {"rule": title_of(rule), "power": self.written(rule)}
        title = say("{rule}:  border ∝ η^{power}", **about_it)
        axes.set_title(title, color=color, weight="bold", path_effects=HALO)
