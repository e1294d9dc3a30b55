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
from optim_lib.pictures import theme
from optim_lib.pictures.display import pictured
from optim_lib.pictures.theme import COLORS, HALO, PAPER
from optim_lib.runs.inspect import title_of
from optim_lib.runs.train import progress, train

WITHIN = 1.25
SMALL = {"etas": (0.003, 0.006, 0.012, 0.025, 0.05), "lams": np.geomspace(1e-3, 1, 7)}
TITLE = {"x": 0.012, "ha": "left", "weight": "bold"}
STANDS_OUT = {"zorder": 3, "path_effects": HALO}
FULL = {"etas": np.geomspace(1e-3, 0.064, 13).round(5), "lams": np.geomspace(1e-4, 1, 17)}


def decay_maps(*, steps=None, seeds=3, full=False):
    """Both rules at every η and λ, on few examples, so that there is something to overfit.

    full  a finer map after five times as many steps, and a line that tells how far it has come
    """
    steps, axes = steps or (3000 if full else 600), FULL if full else SMALL
    etas, lams = (np.asarray(axes[name], float) for name in ("etas", "lams"))
    maps = {
        rule: held_out_map(rule, etas, lams, steps=steps, seeds=seeds, telling=full)
        for rule in (rules.adam_l2, rules.adamw)
    }
    return DecayMaps(etas, lams, maps, steps, seeds)


def held_out_map(rule, etas, lams, *, steps, seeds=3, examples=200, hidden=16, telling=False):
    """The held-out loss at each (λ, η) after so many steps, the mean over the seeds."""
    learn, test = digits.split(examples)

    def one(seed):
        tell = progress(f"{title_of(rule)}, seed {seed + 1} of {seeds}", steps, telling)
        walk = {"steps": steps, "every": steps, "seed": seed, "tell": tell}
        hyper = {"eta": etas, "lam": lams[:, None]}
        return train(rule, TwoLayers(hidden), learn, test, **walk, **hyper).held_out[-1]

    return np.mean([one(seed) for seed in range(seeds)], axis=0)


def border(losses, lams):
    """For each η the largest λ still within WITHIN of its best, between two λ by their logarithms.

    losses (λ, η), lams rising; NaN where even the largest λ is not too large.
    """
    bound = WITHIN * losses.min(axis=0)
    last = [
        np.flatnonzero(column <= most)[-1] for column, most in zip(losses.T, bound, strict=True)
    ]
    return np.array([_crossing(losses[:, j], lams, i, bound[j]) for j, i in enumerate(last)])


def _crossing(losses, lams, i, bound):
    if i == len(lams) - 1:
        return np.nan
    share = np.log(bound / losses[i]) / np.log(losses[i + 1] / losses[i])
    return lams[i] * (lams[i + 1] / lams[i]) ** share


def power(etas, border):
    """p of border ≈ c ηᵖ, by least squares of the logarithms."""
    known = np.isfinite(border)
    return np.polyfit(np.log(etas[known]), np.log(border[known]), 1)[0]


class DecayMaps:
    """What decay_maps() returns: maps {rule: (λ, η)}, and a picture with a sentence.

    borders {rule: (η,)} and powers {rule: p} are read from the maps.
    """

    def __init__(self, etas, lams, maps, steps, seeds):
        self.etas, self.lams, self.maps, self.steps, self.seeds = etas, lams, maps, steps, seeds
        self.borders = {rule: border(losses, lams) for rule, losses in maps.items()}
        self.powers = {rule: power(etas, line) for rule, line in self.borders.items()}

    def __repr__(self):
        told = "; ".join(self._told(rule) for rule in self.maps)
        return f"Held-out loss over η × λ after {self.steps} steps, {self.seeds} seeds: {told}."

    def _told(self, rule):
        middle = np.exp(np.nanmean(np.log(self.borders[rule])))
        best = f"best {self.maps[rule].min():.2f}"
        said = f"too much decay from λ ≈ {middle:.1g} on, which goes as η^{self.written(rule)}"
        return f"{title_of(rule)}: {best}, {said}"

    def written(self, rule):
        """The power to one decimal, without a sign before zero: "−0.2", "0.0"."""
        return f"{round(self.powers[rule], 1) + 0.0:.1f}".replace("-", "−")

    def figure(self):
        """Two maps on one scale; the line is the border above which there is too much decay."""
        with theme.drawing():
            figure = theme.figure((1120, 520), layout="constrained")
            figure.suptitle("Held-out loss; above the line λ is too large", **TITLE)
            both = figure.subplots(1, len(self.maps), sharey=True)
            for axes, rule in zip(both, self.maps, strict=True):
                self._draw(axes, rule)
            both[0].set_ylabel("λ")
        return figure

    def _draw(self, axes, rule):
        losses, color = self.maps[rule], COLORS[rule.__name__]
        quiet = LinearSegmentedColormap.from_list("quiet", [PAPER, "#9AA0AB"])
        axes.pcolormesh(np.clip(losses, 0.1, 3), cmap=quiet, norm=LogNorm(0.15, 3))
        for (i, j), loss in np.ndenumerate(losses):
            if losses.size <= 64:
                axes.text(
                    j + 0.5,
                    i + 0.2,
                    f"{loss:.2f}",
                    ha="center",
                    va="center",
                    size=theme.now().smallest,
                    **STANDS_OUT,
                )
        places = np.interp(np.log(self.borders[rule]), np.log(self.lams), np.arange(len(self.lams)))
        axes.plot(
            np.arange(len(self.etas)) + 0.5, places + 0.5, "o-", color=color, lw=3, ms=7, zorder=2
        )
        said = f"{title_of(rule)}:  border ∝ η^{self.written(rule)}"
        axes.set_title(said, color=color, weight="bold", path_effects=HALO)
        axes.set_xlabel("η")
        every = slice(None, None, 1 if losses.size <= 64 else 4)
        axes.set_xticks(
            np.arange(len(self.etas))[every] + 0.5, [f"{e:g}" for e in self.etas[every]]
        )
        axes.set_yticks(
            np.arange(len(self.lams))[every] + 0.5, [f"{v:.1g}" for v in self.lams[every]]
        )

    def _repr_mimebundle_(self, **_):
        return pictured(self.figure(), repr(self))
