"""Try many settings of a rule at once: one batched walk, of which only the outcome is kept."""

import math
import time
from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from optim_lib.landscapes.landscape import as_landscape
from optim_lib.runs import diagnose, errors
from optim_lib.runs.freed import keep_freed_memory
from optim_lib.runs.run import run
from optim_lib.runs.spacing import axes_of
from optim_lib.runs.tally import begun
from optim_lib.runs.time_limit import TimeIsUp, time_budget

TELL_EVERY = 0.1  # seconds from one report of progress to the next


@dataclass(frozen=True)
class Sweep:
    """What came of each setting. The first axis is the last of the arrays, as x is in a picture.

    axes         {name: its values}, one or two; fixed, {name: number}: the others that were given
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
        """{name: number} of a cell: hand it to run(), and its path is the one that was tried."""
        values = zip(self.axes.items(), reversed(cell), strict=True)
        return {name: float(along[i]) for (name, along), i in values} | self.fixed


def try_all(
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
            others are numbers.
    budget  seconds that it may take
    tell    a function (steps done), called now and then

    Raises a RuleError, in one sentence, if the rule is broken; ValueError for what it cannot try.
    """
    if not (isinstance(target, Real) and math.isfinite(target)):
        raise ValueError(f"target = {target!r}: it must be a finite number.")
    surface = as_landscape(on)
    axes, fixed = axes_of(rule, hyper)
    start = tuple(map(float, surface.start if start is None else start))
    first = {name: float(along[0]) for name, along in axes.items()} | fixed
    run(rule, surface, start=start, steps=1, batch=batch, seed=seed, **first)  # says what is wrong
    shape = tuple(len(along) for along in reversed(axes.values()))
    grad_at = _gradients(surface, batch, seed)
    spread = {name: along.reshape(-1, *(1,) * i) for i, (name, along) in enumerate(axes.items())}

    def step_of(tally):
        returned = rule(tally.theta, grad_at(tally.step + 1), tally.memory, **tally.hyper)
        theta, memory = diagnose.checked_pair(rule, returned, tally.theta.shape)
        return tally.after(theta, memory, surface.value(theta), target)

    keep_freed_memory()
    first = begun(start, shape, spread | fixed, surface, target)
    ended = _walk(rule, first, step_of, steps, budget, tell or (lambda done: None))
    about = {"start": start, "target": target, "axes": axes, "fixed": fixed}
    about |= {"steps": ended.step, "wanted": steps, "batch": batch, "seed": seed}
    return Sweep(rule, surface, **about, **ended.outcome())


def _walk(rule, tally, step_of, steps, budget, tell):
    """The last tally that was complete when all steps were done, or time was up, or ^C came."""
    told = time.monotonic()
    try:
        with np.errstate(all="ignore"), time_budget(budget):
            while tally.step < steps:
                tally = step_of(tally)
                if tally.step.bit_count() == 1:  # at 1, 2, 4, 8, ...: most diverge early
                    tally = tally.without_dead_lines()
                if time.monotonic() > told + TELL_EVERY:
                    told = time.monotonic()
                    tell(tally.step)
    except (KeyboardInterrupt, TimeIsUp):
        if tally.step == 0:
            raise errors.OutOfTime(diagnose.too_slow(rule, 1, steps, budget, True)) from None
    except errors.RuleError:
        raise
    except Exception as error:
        said = diagnose.what_it_raised(rule, error, tally.step + 1)
        shape = "All settings are walked at once, so θ is an array of shape"
        raise errors.RaisedAnError(f"{said} {shape} {tally.theta.shape}.") from error
    return tally


def _gradients(surface, batch, seed):
    """step -> the gradient function that the rule is handed at that step."""
    if batch is None:
        return lambda step: surface.grad
    sampled = surface.sample(batch, seed)
    return lambda step: lambda theta: sampled(theta, step)
