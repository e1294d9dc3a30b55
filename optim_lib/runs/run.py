"""Let a rule walk over a landscape, and keep every step of it."""

from dataclasses import dataclass

import numpy as np

from optim_lib.runs.arguments import (
    as_budget,
    as_rule,
    as_seed,
    as_steps,
    as_surface,
    check_hyper,
    disturbances,
    functions_of,
    spread,
)
from optim_lib.runs.divergence import held
from optim_lib.runs.errors import RuleError
from optim_lib.runs.history import History
from optim_lib.runs.iterate import iterate
from optim_lib.runs.oracle import Oracle
from optim_lib.runs.time_limit import TimeLimit
from optim_lib.text import ArgumentError

ROOM = 1000  # numbers in θ for which losses are taken in one call
NO_START = "The landscape {landscape} takes {weights} weights, and the start has {given}."
FAR_AWAY = "The start and the loss there must be finite numbers: move it closer."
FAR = 1e60  # |θ|², from where on the loss may overflow at each step


@dataclass(frozen=True)
class Run:
    """What happened, one row a step; row 0 is the start, where every memory is zero.

    theta        (steps+1, d, ...)
    loss         (steps+1, ...)
    memory       {slot: (steps+1, d, ...)}; a slot of one number, such as t, is (steps+1,)
    hyper        the hyperparameters, as given
    diverged_at  the first step at which a number was no longer finite, or -1; an int, or an array
                 of ints for a batch. From that step on the rows repeat the last finite one.
    batch        how many examples gave the gradient of a step; None if it was that of all
    """

    theta: np.ndarray
    loss: np.ndarray
    memory: dict
    hyper: dict
    diverged_at: int | np.ndarray
    batch: int | None = None


@np.errstate(all="ignore")
def run(
    rule, landscape, *, start=None, steps=300, noise=None, batch=None, seed=0, budget=2.0, **hyper
):
    """Walk `steps` steps of rule(theta, grad, memory, **hyper) over a landscape; return the Run.

    start   (d,), or (d, ...) for a batch of starts; the landscape's own if left out
    noise   standard deviation of a normal disturbance added to the gradient, one number or one a
            coordinate. It is drawn once from `seed`, one vector a step, so that a change of any
            other argument changes only that.
    batch   how many examples give the gradient of a step, on a landscape that is a mean over
            examples; all of them if left out. Which ones they are is drawn once from `seed`, and
            a smaller batch is the first part of a larger one.
    budget  seconds that the walk may take
    hyper   numbers, or arrays that broadcast against one another: one run for each element

    Raises a RuleError or LandscapeError, in one sentence, if the rule or the landscape is broken;
    ArgumentError for a start, a number of steps or anything else that cannot be used.
    """
    as_rule(rule)
    landscape, steps, budget = as_surface(landscape), as_steps(steps), as_budget(budget)
    check_hyper(rule, hyper)
    seed = as_seed(seed)
    start = theta = spread(landscape.start if start is None else start, hyper)
    noise = None if noise is None else disturbances(noise, steps, theta, seed)
    with TimeLimit(budget, rule, *functions_of(landscape)) as limit:
        oracle = Oracle(landscape, limit, theta.shape, batch=batch, seed=seed, noise=noise)
        _check_start(theta, oracle)
        history, last = History(theta, steps), 0
        try:
            for last, theta, memory in iterate(rule, oracle, start, steps, hyper, limit):
                history.add(last, theta, memory)
                if _is_far(theta) and _has_left(theta, oracle):
                    break
        except RuleError:
            if theta.ndim > 1 or not _has_left(theta, oracle):
                raise  # else no rule is to blame for what it did where nothing is finite
        losses = _losses(oracle, history.theta, last)
        walked = Run(history.theta, losses, history.memory, hyper, -1, batch)
        return held(walked, rule, oracle)


def _check_start(theta, oracle):
    weights = len(oracle.landscape.start)
    if len(theta) != weights and oracle.is_ours:
        about = {"landscape": oracle.landscape.name, "weights": weights, "given": len(theta)}
        raise ArgumentError(NO_START, **about)
    if _has_left(theta, oracle):
        raise ArgumentError(FAR_AWAY)


def _is_far(theta):
    """Whether a lone θ is so far away that its loss may soon overflow."""
    return theta.ndim == 1 and not np.vdot(theta, theta) < FAR


def _has_left(theta, oracle):
    """Whether θ, or the loss there, is no longer finite."""
    return not (np.isfinite(theta).all() and np.isfinite(oracle.value(theta)).all())


def _losses(oracle, thetas, last):
    """The losses of the rows up to `last`, as many in one call as there is room for; else NaN."""
    losses = np.full(thetas.shape[:1] + thetas.shape[2:], np.nan)
    end = last + 1 if np.isfinite(thetas[last]).all() or thetas.ndim > 2 else last
    rows = max(1, ROOM // thetas[0].size)
    for first in range(0, end, rows):
        chunk = slice(first, min(first + rows, end))
        losses[chunk] = oracle.value(np.moveaxis(thetas[chunk], 0, 1))
    return losses
