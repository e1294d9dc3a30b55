"""Let a rule walk over a landscape, and keep every step of it."""

from dataclasses import dataclass, replace

import numpy as np

from optim_lib.landscapes.landscape import as_landscape
from optim_lib.runs.arguments import (
    as_budget,
    as_rule,
    as_steps,
    disturbances,
    functions_of,
    spread,
)
from optim_lib.runs.diagnose import blame_for_nan
from optim_lib.runs.errors import RuleError
from optim_lib.runs.inspect import hyperparameters, slots_of
from optim_lib.runs.iterate import iterate
from optim_lib.runs.oracle import Oracle
from optim_lib.runs.time_limit import TimeLimit
from optim_lib.text import ArgumentError

ROOM = 1000  # numbers in θ for which losses are taken in one call
NO_START = "The landscape {landscape} takes {weights} weights, and the start has {given}."
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
    landscape, steps, budget = as_landscape(landscape), as_steps(steps), as_budget(budget)
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
        return _held(walked, rule, oracle)


def impulse(rule, steps=60, weights=1, **hyper):
    """The forgetting curve: the memory left by one unit gradient followed by zeros.

    Returns a Run over one weight (or more, all alike) whose memory[slot][k] is what the slot holds
    after k steps. θ is put back to 0 before each step, and η is 1 unless given, so that only the
    memory moves, also one that holds ηg.
    """
    as_rule(rule)
    if "eta" in hyperparameters(rule):
        hyper = {"eta": 1.0} | hyper
    theta = spread([0.0] * weights, hyper)
    history = History(theta, as_steps(steps))
    with np.errstate(all="ignore"), TimeLimit(2.0, rule) as limit:
        walk = iterate(rule, UnitGradient, theta, steps, hyper, limit, lambda step: theta.copy())
        for step, _, memory in walk:
            history.add(step, theta, memory)
    return Run(history.theta, np.zeros(steps + 1), history.memory, hyper, -1)


class UnitGradient:
    """An oracle whose gradient is 1 at the first step, and 0 from then on."""

    def grad_at(step):
        return lambda theta: np.full_like(theta, float(step == 1))


class History:
    """One row a step of θ and of each memory slot; a slot that is not there is zero."""

    def __init__(self, theta, steps):
        self.theta, self.memory = self._rows(theta, steps), {}

    def add(self, step, theta, memory):
        self.theta[step] = theta
        for slot, value in memory.items():
            rows = self.memory.get(slot)
            if rows is None:
                rows = self._rows(np.zeros_like(value), len(self.theta) - 1)
                self.memory[slot] = rows
            rows[step] = value

    def _rows(self, first, steps):
        rows = np.zeros((steps + 1, *np.shape(first)))
        rows[0] = first
        return rows


def _check_start(theta, oracle):
    weights = len(oracle.landscape.start)
    if len(theta) != weights and oracle.is_ours:
        about = {"landscape": oracle.landscape.name, "weights": weights, "given": len(theta)}
        raise ArgumentError(NO_START, **about)
    if _has_left(theta, oracle):
        far = "The start and the loss there must be finite numbers: move it closer."
        raise ArgumentError(far)


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


def _held(walked, rule, oracle):
    """The run, its rows from the first number that is not finite replaced by the last good row."""
    first_bad = _first_bad(walked)
    if (first_bad < 0).all():
        return replace(walked, diverged_at=_plain(first_bad))
    if first_bad.ndim == 0:
        _blame(walked, rule, oracle, int(first_bad))
    steps = np.arange(len(walked.loss)).reshape(-1, *(1,) * first_bad.ndim)
    rows = np.where(first_bad < 0, steps, np.minimum(steps, first_bad - 1))

    def hold(history):
        shape = history.shape[1:]
        own = len(shape) - first_bad.ndim  # axes before those of the batch
        if own < 0 or shape[own:] != first_bad.shape:
            return history  # one for the whole batch, such as t
        return np.take_along_axis(history, np.expand_dims(rows, tuple(range(1, own + 1))), 0)

    memory = {slot: hold(history) for slot, history in walked.memory.items()}
    theta, loss = hold(walked.theta), hold(walked.loss)
    return replace(walked, theta=theta, loss=loss, memory=memory, diverged_at=_plain(first_bad))


def _first_bad(walked):
    """The first row with a number that is not finite, or -1, for each run of the batch."""
    finite = np.isfinite(walked.loss)
    for history in (walked.theta, *slots_of(walked).values()):
        finite &= np.isfinite(history).all(axis=1)
    return np.where(finite.all(axis=0), -1, finite.argmin(axis=0))


def _plain(first_bad):
    return int(first_bad) if first_bad.ndim == 0 else first_bad


def _blame(walked, rule, oracle, step):
    """Raise NotANumber if it was the rule, not the path, that left the finite numbers."""
    before = {} if step == 1 else {slot: h[step - 1] for slot, h in walked.memory.items()}
    grad, theta = oracle.grad_at(step), walked.theta[step - 1]
    oracle.limit.call(blame_for_nan, rule, theta, grad, before, walked.hyper, step)
