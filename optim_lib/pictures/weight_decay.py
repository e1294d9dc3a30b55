"""Adam + L2 and AdamW over η × λ: how much decay is too much, and does that depend on η?

A loss map has a border: for each η, the largest λ at which the held-out loss is still within WITHIN
of the best for that η. If λ and η are independent it is the same for all η. The power p of the
line border ≈ c ηᵖ tells: p = 0 is independence, p = −1 says that only the product η λ matters.
"""

from functools import partial

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, LogNorm

from optim_lib import rules
from optim_lib.landscapes import digits
from optim_lib.landscapes.networks import TwoLayers
from optim_lib.pictures.display import StillPicture, page
from optim_lib.pictures.learning_curves import train_seeds
from optim_lib.pictures.power_law import fit
from optim_lib.pictures.theme import HALO, PAPER, color_of
from optim_lib.runs.inspect import title_of
from optim_lib.text import SYMBOLS, about, decimals, number, say

WITHIN = 1.25
AFTER = "Held-out loss over η × λ after {steps} steps, {seeds} seeds: {outcomes}."
OUTCOME = "{rule}: best {best}, too much decay from λ ≈ {lam} on, which goes as η^{power}"
SMALL = np.array([0.003, 0.006, 0.012, 0.025, 0.05]), np.geomspace(1e-3, 1, 7)  # η, λ
FULL = np.geomspace(1e-3, 0.064, 13).round(5), np.geomspace(1e-4, 1, 17)


class WeightDecay(StillPicture):
    """What weight_decay() returns: maps {rule: (λ, η)}, and powers {rule: p} of their borders."""

    def written(self, rule):
        """The power to one decimal, without a sign before zero: "−0.2", "0.0"."""
        return decimals(self.powers[rule], 1)


def weight_decay(*, steps=None, seeds=3, full=False):
    """Both rules at every η and λ, on few examples, so that there is something to overfit.

    full  a finer map after five times as many steps, and a line that says how far it has come
    """
    steps, (etas, lams) = steps or (3000 if full else 600), FULL if full else SMALL
    maps = {
        rule: held_out_map(rule, etas, lams, steps=steps, seeds=seeds, full=full)
        for rule in (rules.adam_l2, rules.adamw)
    }
    return shown(etas, lams, maps, steps, seeds)


def held_out_map(rule, etas, lams, *, steps, **walk):
    """The held-out loss at each (λ, η) after so many steps, the mean over the seeds."""
    walk |= {"steps": steps, "every": steps, "eta": etas, "lam": lams[:, None]}
    trainings = train_seeds(rule, TwoLayers(16), *digits.split(200), **walk)
    return np.mean([training.held_out[-1] for training in trainings], axis=0)


def border(losses, lams):
    """For each η the largest λ still within WITHIN of its best, between two λ by their logarithms.

    losses (λ, η), lams rising; NaN where even the largest λ is not too large.
    """
    crossings = []
    for column in np.log(losses).T:
        bound = np.log(WITHIN) + column.min()
        last = np.flatnonzero(column <= bound)[-1]
        around = slice(last, last + 2)
        crossings.append(np.interp(bound, column[around], np.log(lams[around]), right=np.nan))
    return np.exp(crossings)


def power(etas, border):
    """p of border ≈ c ηᵖ, where the border is known."""
    known = np.isfinite(border)
    return fit(etas[known], border[known])[0]


def shown(etas, lams, maps, steps, seeds):
    drawn, powers, outcomes = [], {}, []
    for rule, losses in maps.items():
        line = border(losses, lams)
        powers[rule] = power(etas, line)
        said = {"rule": title_of(rule), "best": decimals(losses.min(), 2)}
        said["lam"] = about(np.exp(np.nanmean(np.log(line))))
        said["power"] = decimals(powers[rule], 1)
        outcomes.append(say(OUTCOME, **said))
        drawn.append((rule, losses, line, say("{rule}:  border ∝ η^{power}", **said)))
    sentence = say(AFTER, steps=steps, seeds=seeds, outcomes="; ".join(outcomes))
    return WeightDecay(sentence, partial(draw, etas, lams, drawn), maps=maps, powers=powers)


def draw(etas, lams, drawn, theme):
    """Two maps on one scale; the line is the border above which there is too much decay."""
    title = say("Held-out loss; above the line λ is too large")
    figure, (both,) = page(theme, (1120, 520), title, 1, len(drawn))
    for axes, (rule, losses, line, words) in zip(both, drawn, strict=True):
        draw_map(theme, axes, losses, etas, lams)
        heights = np.interp(np.log(line), np.log(lams), np.arange(len(lams))) + 0.5
        across, color = np.arange(len(etas)) + 0.5, color_of(rule)
        axes.plot(across, heights, "o-", color=color, lw=3, ms=7, zorder=2)
        axes.set_title(words, color=color, weight="bold", path_effects=HALO)
    both[0].set_ylabel(SYMBOLS["lam"])
    return figure


def draw_map(theme, axes, losses, etas, lams):
    quiet = LinearSegmentedColormap.from_list("quiet", [PAPER, "#9AA0AB"])
    axes.pcolormesh(np.clip(losses, 0.1, 3), cmap=quiet, norm=LogNorm(0.15, 3))
    few = losses.size <= 64
    if few:
        style = {"ha": "center", "va": "center", "zorder": 3, "path_effects": HALO}
        for (i, j), loss in np.ndenumerate(losses):
            axes.text(j + 0.5, i + 0.2, decimals(loss, 2), size=theme.smallest, **style)
    for axis, values, digits_shown in (axes.xaxis, etas, 6), (axes.yaxis, lams, 1):
        every = slice(None, None, 1 if few else 4)
        cells = np.arange(len(values))[every] + 0.5
        axis.set_ticks(cells, [number(value, digits_shown) for value in values[every]])
    axes.set_xlabel(SYMBOLS["eta"])
