"""A run that leaves the finite numbers is held at its last good row, and marked."""

from dataclasses import replace

import numpy as np

from optim_lib.runs.diagnose import blame_for_nan
from optim_lib.runs.inspect import slots_of


def held(walked, rule, oracle):
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
