"""The walk of a sweep: what came of each setting, and nothing else, is kept."""

import time

import numpy as np

from optim_lib.runs.arguments import functions_of, spread
from optim_lib.runs.errors import OutOfTime, RaisedAnError
from optim_lib.runs.iterate import iterate
from optim_lib.runs.oracle import Oracle
from optim_lib.runs.time_limit import TimeLimit
from optim_lib.text import say

TELL_EVERY = 0.1  # seconds from one report of progress to the next
IN_A_BATCH = "{said} All settings are walked at once, so θ is an array of shape {shape}."


@np.errstate(all="ignore")
def walked(rule, surface, hyper, steps, budget, tell, *, start, batch, seed, target):
    """What came of each setting when all steps were done, or time was up, or ^C came."""
    theta = first = spread(start, hyper)
    with TimeLimit(budget, rule, *functions_of(surface)) as limit:
        oracle = Oracle(surface, limit, theta.shape, batch=batch, seed=seed)
        tally = Tally(oracle.value(theta), target, tell)
        try:
            for _, theta, memory in iterate(rule, oracle, first, steps, hyper, limit):
                tally.add(theta, memory, oracle.value(theta))
        except (KeyboardInterrupt, OutOfTime):
            if not tally.steps:
                raise
            limit.interrupted = False  # it ends the sweep, and what there is is kept
        except RaisedAnError as error:
            said = say(IN_A_BATCH, said=error, shape=theta.shape)
            raise RaisedAnError(said) from error.__cause__
    return tally.outcome()


class Tally:
    """Where the settings stand after so many steps, and what has come of each.

    below, since  whether its loss is below the target now, and since which step that is so or not
    finite        whether its numbers are finite now, judged by their sum
    alive         whether all was finite until now; diverged_at: the step that ended it, or -1
    loss, last    its loss now, and its last one before it diverged
    """

    def __init__(self, loss, target, tell):
        self.target, self.tell, self.told, self.steps = target, tell, time.monotonic(), 0
        self.loss, self.below, self.since = loss, loss < target, np.zeros(loss.shape, int)
        self.finite = self.alive = np.isfinite(loss)
        self.last, self.diverged_at = loss, np.full(loss.shape, -1)

    def add(self, theta, memory, loss):
        """One step more."""
        now = {"steps": self.steps + 1, "loss": loss, "below": loss < self.target}
        if now["below"].tobytes() != self.below.tobytes():  # much faster than any()
            now["since"] = np.where(now["below"] == self.below, self.since, now["steps"])
        vectors = [theta, *(slot for slot in memory.values() if np.shape(slot) == theta.shape)]
        now["finite"] = np.isfinite(sum((np.add.reduce(v) for v in vectors), start=loss))
        if now["finite"].tobytes() != self.finite.tobytes():
            alive = self.alive & np.isfinite([loss, *np.concatenate(vectors)]).all(axis=0)
            ended = self.alive & ~alive
            now["alive"], now["last"] = alive, np.where(ended, self.loss, self.last)
            now["diverged_at"] = np.where(ended, now["steps"], self.diverged_at)
        self.__dict__.update(now)  # all at once, so that an interrupt finds a whole step
        if self.tell and time.monotonic() > self.told + TELL_EVERY:
            self.told = time.monotonic()
            self.tell(self.steps)

    def outcome(self):
        """{"steps", "reached", "loss", "diverged_at"}, as they are described at Sweep."""
        reached = np.where(self.below, self.since, -1)
        loss = np.where(self.alive, self.loss, self.last)
        about = {"steps": self.steps, "diverged_at": self.diverged_at}
        return about | {"reached": reached, "loss": loss}
