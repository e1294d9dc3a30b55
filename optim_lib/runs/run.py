"""Let a rule walk over a landscape, and keep every step of it."""

import math
import time
from dataclasses import dataclass, replace
from numbers import Integral

import numpy as np

from optim_lib.landscapes.landscape import as_landscape
from optim_lib.runs import diagnose, errors
from optim_lib.runs.freed import keep_freed_memory
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.time_limit import TimeIsUp, time_budget

FEW = 8  # weights: for them it pays to take all losses of a walk at once, when it has ended
FAR = 1e30  # from the origin: from there on, each step may be the one at which the loss overflows


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

    Raises a RuleError, in one sentence, if the rule is broken; ValueError for a start, a number
    of steps or a batch that cannot be used.
    """
    landscape = as_landscape(landscape)
    theta = _spread(landscape.start if start is None else start, hyper)
    if theta.ndim > 1:
        keep_freed_memory()
    with np.errstate(all="ignore"):
        _check_start(theta, landscape, steps)
        grad_at = _gradients(landscape, noise, batch, seed, steps, theta)
        walked = _walk(rule, theta, landscape.value, grad_at, steps, hyper, budget)
        return _held(replace(walked, batch=batch), rule, grad_at)


def impulse(rule, steps=60, weights=1, **hyper):
    """The forgetting curve: the memory left by one unit gradient followed by zeros.

    Returns a Run over one weight (or more, all alike) whose memory[slot][k] is what the slot holds
    after k steps. η is 0 unless given, so that θ rests at 0 and only the memory moves.
    """
    if "eta" in hyperparameters(rule):
        hyper = {"eta": 0.0} | hyper
    theta = _spread([0.0] * weights, hyper)

    def grad_at(step):
        return lambda theta: np.full_like(theta, float(step == 1))

    with np.errstate(all="ignore"):
        return _walk(rule, theta, lambda theta: 0.0, grad_at, steps, hyper, budget=2.0)


def _spread(start, hyper):
    """The start as a new array (d, ...) with an axis for each axis of the hyperparameters."""
    start = np.atleast_1d(np.asarray(start, dtype=float))
    d, starts = start.shape[0], start.shape[1:]
    batch = np.broadcast_shapes(starts, *(np.shape(value) for value in hyper.values()))
    aligned = start.reshape(d, *(1,) * (len(batch) - len(starts)), *starts)
    return np.broadcast_to(aligned, (d, *batch)).copy()


def _check_start(theta, landscape, steps):
    if not (isinstance(steps, Integral) and steps >= 1):
        raise ValueError(f"steps must be a whole number, 1 or more, not {steps!r}.")
    if not (np.isfinite(theta).all() and np.isfinite(landscape.value(theta)).all()):
        raise ValueError("The start and the loss there must be finite numbers: move it closer.")


def _gradients(landscape, noise, batch, seed, steps, theta):
    """step -> the gradient function that the rule is handed at that step."""
    grad_at = _sampled(landscape, batch, seed)
    if noise is None:
        return grad_at
    one_a_step = (steps, len(theta)) + (1,) * (theta.ndim - 1)
    size = np.reshape(noise, (-1,) + (1,) * (theta.ndim - 1))
    drawn = size * np.random.default_rng(seed).standard_normal(one_a_step)
    return lambda step: lambda theta: grad_at(step)(theta) + drawn[step - 1]


def _sampled(landscape, batch, seed):
    """step -> the gradient of its mini-batch, or of the whole loss if batch is None."""
    if batch is None:
        return lambda step: landscape.grad
    if landscape.sample is None:
        raise ValueError(f"{landscape.name} is not a mean over examples: leave out batch=.")
    sampled = landscape.sample(batch, seed)
    return lambda step: lambda theta: sampled(theta, step)


def _walk(rule, theta, value, grad_at, steps, hyper, budget):
    """The Run as it comes, a lone one up to where it diverged; a RuleError if the rule breaks."""
    walked = Run(_rows(theta, steps), _rows(value(theta), steps), {}, hyper, -1)
    shape, memory, step, began = theta.shape, {}, 0, time.monotonic()
    alone = theta.ndim == 1
    few = alone and len(theta) <= FEW
    try:
        with time_budget(budget):
            for step in range(1, steps + 1):
                began = time.monotonic()
                returned = rule(theta, grad_at(step), memory, **hyper)
                theta, memory = diagnose.checked_pair(rule, returned, shape)
                walked.theta[step] = theta
                _record(rule, memory, walked.memory, step, steps)
                if not few:
                    walked.loss[step] = value(theta)
                elif step == steps or not math.hypot(*walked.theta[step].tolist()) < FAR:
                    walked.loss[1 : step + 1] = value(walked.theta[1 : step + 1].T)
                else:
                    continue
                if alone and not math.isfinite(walked.loss[step]):
                    walked.loss[step:] = np.nan
                    break
    except TimeIsUp:
        stuck = time.monotonic() - began > budget / 2
        raise errors.OutOfTime(diagnose.too_slow(rule, step, steps, budget, stuck)) from None
    except (errors.RuleError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a rule may raise whatever it likes
        raise errors.RaisedAnError(diagnose.what_it_raised(rule, error, step)) from error
    return walked


def _rows(first, steps):
    """An array of steps + 1 rows, of which only the first is filled."""
    rows = np.empty((steps + 1, *np.shape(first)))
    rows[0] = first
    return rows


def _record(rule, memory, slots, step, steps):
    """Copy the memory into row `step` of each slot's history; a slot that is not there is zero."""
    for slot, value in memory.items():
        history = slots.get(slot)
        value = diagnose.checked_slot(rule, slot, value, history)
        if history is None:
            slots[slot] = history = _rows(np.zeros_like(value), steps)
            history[:step] = 0.0
        history[step] = value
    if len(memory) < len(slots):
        for slot in slots.keys() - memory.keys():
            slots[slot][step] = 0.0


def _held(walked, rule, grad_at):
    """The run, its rows from the first number that is not finite replaced by the last good row."""
    first_bad = _first_bad(walked)
    if (first_bad < 0).all():
        return replace(walked, diverged_at=_plain(first_bad))
    if first_bad.ndim == 0:
        _blame(walked, rule, grad_at, int(first_bad))
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
    vectors = [h for h in walked.memory.values() if h.shape == walked.theta.shape]
    lasts = (walked.theta[-1], *(history[-1] for history in vectors))
    if surely_finite(walked.loss, *lasts):
        return np.full(walked.loss.shape[1:], -1)  # a rule hands NaN and infinity on to the end
    finite = np.isfinite(walked.loss)
    for history in (walked.theta, *vectors):
        finite &= np.isfinite(history).all(axis=1)
    return np.where(finite.all(axis=0), -1, finite.argmin(axis=0))


def surely_finite(*arrays):
    """Whether the squares have a finite sum, which is soon known; then so are all the numbers."""
    return all(math.isfinite(np.vdot(array, array)) for array in arrays)


def _plain(first_bad):
    return int(first_bad) if first_bad.ndim == 0 else first_bad


def _blame(walked, rule, grad_at, step):
    """Raise NotANumber if it was the rule, not the path, that left the finite numbers."""
    before = {} if step == 1 else {slot: h[step - 1] for slot, h in walked.memory.items()}
    grad = grad_at(step)
    diagnose.blame_for_nan(rule, walked.theta[step - 1], grad, before, walked.hyper, step)
