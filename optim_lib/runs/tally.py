"""What has come of each setting of a sweep so far, and which of them are walked further."""

from typing import NamedTuple

import numpy as np

from optim_lib.runs.run import surely_finite

MANY = 1 / 8  # of the lines of a map: it is worth the trouble to walk on without them
ALL = b""


class Tally(NamedTuple):
    """Where the settings stand after some steps, and what has come of each.

    hyper           what the rule is handed for them
    below, since    whether its loss is below the target now; the step since which it is, or is not
    alive, deaths   whether all was finite until now; [(step, who ended then, their last losses)]
    finite          whether each number is finite now, as bytes, which are quick to compare
    lines           which lines of the map are walked still, one array of indices an axis
    whole           {name: array}: the outcome of all, from when the last lines were left
    """

    step: int
    theta: np.ndarray
    memory: dict
    hyper: dict
    loss: np.ndarray
    below: np.ndarray
    since: np.ndarray
    alive: np.ndarray
    deaths: tuple
    finite: bytes
    lines: list
    whole: dict

    def after(self, theta, memory, loss, target):
        """The tally one step on; a new one, so that an interrupt finds the old one whole."""
        step, below = self.step + 1, loss < target
        since, alive, deaths = self.since, self.alive, self.deaths
        if bytes(below) != bytes(self.below):
            since = np.where(below == self.below, since, step)
        numbers, finite = _numbers(theta, memory, loss), ALL
        if self.finite != ALL or not surely_finite(*numbers):
            are = [np.isfinite(n) for n in numbers]
            finite = b"".join(map(bytes, are))
        if finite != self.finite:
            ended = alive & ~np.concatenate(are).all(axis=0)
            who = np.flatnonzero(ended)
            alive, deaths = alive & ~ended, (*deaths, (step, who, self.loss.take(who)))
        now = (step, theta, memory, self.hyper, loss, below, since, alive, deaths, finite)
        return Tally(*now, self.lines, self.whole)

    def without_dead_lines(self):
        """The same, if many lines of the map have diverged from end to end, without them."""
        axes = set(range(self.alive.ndim))
        lively = [self.alive.any(axis=tuple(axes - {axis})) for axis in sorted(axes)]
        dead = [1 - line.mean() for line in lively]
        if max(dead) < MANY or max(dead) == 1:
            return self

        def left(array):
            """Of an array that broadcasts against the map."""
            for axis, line in enumerate(reversed(lively), start=1):
                if np.ndim(array) >= axis and array.shape[-axis] == len(line):
                    array = np.compress(line, array, axis=-axis)
            return array

        return self._replace(
            theta=left(self.theta),
            memory={slot: left(value) for slot, value in self.memory.items()},
            hyper={name: left(value) for name, value in self.hyper.items()},
            loss=left(self.loss),
            below=left(self.below),
            since=left(self.since),
            alive=left(self.alive),
            deaths=(),
            finite=ALL,
            lines=[at[line] for at, line in zip(self.lines, lively, strict=True)],
            whole=self.outcome(),
        )

    def outcome(self):
        """{"reached", "loss", "diverged_at"} of all settings, as they are described at Sweep."""
        whole = {name: array.copy() for name, array in self.whole.items()}
        at = np.ix_(*self.lines)
        loss = np.where(self.alive, self.loss, whole["loss"][at])
        diverged_at = whole["diverged_at"][at]
        for step, who, losses in self.deaths:
            loss.flat[who], diverged_at.flat[who] = losses, step
        whole["loss"][at], whole["diverged_at"][at] = loss, diverged_at
        whole["reached"][at] = np.where(self.below, self.since, -1)
        return whole


def begun(start, shape, hyper, surface, target):
    """The tally before the first step, all of them at the start."""
    theta = np.reshape(start, (-1, *(1,) * len(shape)))
    theta = np.broadcast_to(theta, (len(start), *shape)).copy()
    loss, never = surface.value(theta), np.full(shape, -1)
    whole = {"reached": never, "loss": loss, "diverged_at": never}
    now = (0, theta, {}, hyper, loss, loss < target, np.zeros(shape, int), np.full(shape, True))
    return Tally(*now, (), ALL, [np.arange(size) for size in shape], whole)


def _numbers(theta, memory, loss):
    """All that must stay finite, as the runner sees it: a slot of one number for all need not."""
    slots = (slot for slot in memory.values() if np.shape(slot) == theta.shape)
    return [loss[None], theta, *slots]
