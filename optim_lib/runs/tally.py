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
        except RaisedAnError as error:
            said = say(IN_A_BATCH, said=error, shape=theta.shape)
            raise RaisedAnError(said) from error.__cause__
    return tally.outcome()


class Tally:
    """Where the settings stand after so many steps, and what has come of each.

    below, since  whether its loss is below the target now, and since which step that is so or not
    alive         whether all was finite until now; diverged_at: the step that ended it, or -1
    last          its last loss that was finite
    """

    def __init__(self, loss, target, tell):
        self.target, self.tell, self.told, self.steps = target, tell, time.monotonic(), 0
        self.below, self.since = loss < target, np.zeros(loss.shape, int)
        self.alive, self.diverged_at, self.last = np.isfinite(loss), np.full(loss.shape, -1), loss

    def add(self, theta, memory, loss):
        """One step more."""
        step, below, since = self.steps + 1, loss < self.target, self.since
        alive, diverged_at = self.alive, self.diverged_at
        changed = below != self.below
        if changed.any():
            since = np.where(changed, step, since)
        vectors = [theta, *(slot for slot in memory.values() if np.shape(slot) == theta.shape)]
        if (alive & ~np.isfinite(loss + sum(v.sum(axis=0) for v in vectors))).any():
            alive = alive & np.isfinite([loss, *np.concatenate(vectors)]).all(axis=0)
            diverged_at = np.where(self.alive & ~alive, step, diverged_at)
        last = np.where(alive, loss, self.last)
        # All at once, so that an interrupt finds a whole step.
        self.__dict__.update(
            steps=step, below=below, since=since, alive=alive, diverged_at=diverged_at, last=last
        )
        if self.tell and time.monotonic() > self.told + TELL_EVERY:
            self.told = time.monotonic()
            self.tell(step)

    def outcome(self):
        """{"steps", "reached", "loss", "diverged_at"}, as they are described at Sweep."""
        reached = np.where(self.below, self.since, -1)
        about = {"steps": self.steps, "reached": reached}
        return about | {"loss": self.last, "diverged_at": self.diverged_at}
