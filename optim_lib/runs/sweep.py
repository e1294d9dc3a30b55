"""Try many settings of a rule at once: one batched walk, of which only the outcome is kept."""

import math
from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from optim_lib.runs.arguments import as_budget, as_rule, as_start, as_steps, as_surface
from optim_lib.runs.run import run
from optim_lib.runs.spacing import axes_of, spread_out
from optim_lib.runs.tally import walked
from optim_lib.text import ArgumentError

MOST = 10_000_000  # settings × weights: some 2 GB with the memory of Adam
TOO_MANY = "{settings} settings at once do not fit into memory: give the axes fewer values."
NO_TARGET = "target = {given}: it must be a finite number."


@dataclass(frozen=True)
class Sweep:
    """What came of each setting. The first axis is the last of the arrays, as x is in a picture.

    axes         {name: its values}, one or two; fixed, {name: value}: the others that were given
    steps        how many were taken: fewer than `wanted` if the sweep was interrupted
    reached      the first step from which on the loss was below `target` to the end, or -1: who
                 only flies past the minimum has not reached it
    loss         the last one that was finite
    diverged_at  the first step at which a number was no longer finite, or -1
    """

    rule: object
    landscape: object
    start: tuple
    target: float
    axes: dict
    fixed: dict
    steps: int
    wanted: int
    batch: int | None
    seed: int
    reached: np.ndarray
    loss: np.ndarray
    diverged_at: np.ndarray

    @property
    def worse(self):
        """Where it diverged, or ended no lower than it began."""
        began = self.landscape.value(np.asarray(self.start, float))
        return (self.diverged_at >= 0) | ~(self.loss < began)

    @property
    def hit(self):
        """Where the target was reached, and the walk stayed finite to its end."""
        return (self.reached >= 0) & (self.diverged_at < 0)

    @property
    def best(self):
        """The cell that reached the target first; if none did, the one of the lowest loss."""
        by_steps, by_loss = (self.reached, self.hit), (self.loss, ~self.worse)
        wanted, among = by_steps if self.hit.any() else by_loss
        score = np.where(among, wanted, np.inf)
        return tuple(int(i) for i in np.unravel_index(np.argmin(score), score.shape))

    @property
    def typical(self):
        """The steps to the target as the median of five neighbours on the first axis; ∞: never."""
        steps = np.where(self.hit, self.reached, np.inf)
        ends = [(0, 0)] * (steps.ndim - 1) + [(2, 2)]
        return np.median(sliding_window_view(np.pad(steps, ends, "edge"), 5, axis=-1), axis=-1)

    def settings(self, cell):
        """{name: number} of a cell: give it to run(), and its path is the one that was tried."""
        values = zip(self.axes.items(), reversed(cell), strict=True)
        return {name: float(along[i]) for (name, along), i in values} | self.fixed


def sweep(
    rule,
    on,
    *,
    steps=500,
    target=1e-6,
    start=None,
    batch=None,
    seed=0,
    budget=60,
    tell=None,
    **hyper,
):
    """Walk all settings at once; return the Sweep. An interrupt ends it, and what it has is kept.

    hyper   one or two of them are axes: an array or a list of values, or (low, high) for 64
            values in equal ratios (for β₁ and β₂: of 1 − β), or (low, high, how many). The
            others keep the one value that is given.
    budget  seconds that it may take
    tell    a function (steps done), called now and then

    Raises a RuleError, in one sentence, if the rule is broken; ArgumentError for what cannot be
    tried.
    """
    as_rule(rule)
    surface, steps, budget = as_surface(on), as_steps(steps), as_budget(budget)
    axes, fixed = axes_of(rule, hyper)
    start = as_start(surface.start if start is None else start)
    _check(target, math.prod(map(len, axes.values())), len(start))
    first = {name: float(along[0]) for name, along in axes.items()} | fixed
    one = {"start": start, "steps": 1, "budget": min(budget, 2.0), "batch": batch, "seed": seed}
    run(rule, surface, **one, **first)  # says what is wrong
    where = {"start": start, "batch": batch, "seed": seed, "target": target}
    outcome = walked(rule, surface, spread_out(axes) | fixed, steps, budget, tell, **where)
    return Sweep(rule, surface, **where, axes=axes, fixed=fixed, wanted=steps, **outcome)


def _check(target, settings, weights):
    if not (isinstance(target, Real) and math.isfinite(target)):
        raise ArgumentError(NO_TARGET, given=repr(target))
    if settings * weights > MOST:
        raise ArgumentError(TOO_MANY, settings=settings)
