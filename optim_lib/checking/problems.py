"""Where a rule is tried: short walks on which no two rules, right or wrong, take the same steps.

A problem does not let a rule walk off: each step begins at the point where the right rule stands.
So one slip does not hide the next, and nothing overflows; the memory is the rule's own, and if
every step of a walk is right, so is the walk.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from optim_lib.checking.verdict import shown
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.iterate import iterate
from optim_lib.text import say, settings

STEPS = 12
ONE = "{landscape} from {start}, {settings}"
MANY = "{runs} runs at once, θ of shape {shape}"
HYPER = ("eta", "beta1", "beta2", "eps", "lam")


def bowl(theta):
    """The gradient of a smooth bowl in any number of weights, each coupled to its neighbour."""
    return np.tanh(theta + 0.5 * np.roll(theta, 1, axis=0))


def faint(theta):
    """That of a bowl in two weights, with a slope 1e-8 times as large in the second: ε counts."""
    x, y = theta
    return np.array([x, 1e-8 * y])


# What it is called, its gradient, how far that is shifted about from step to step, the start of
# the walk, and the values of HYPER.
SINGLE = (
    ("½ (x² + 4 y²)", valley(4).grad, 0.0, (2.0, 1.0), (0.05, 0.9, 0.96, 1e-8, 0.1)),
    ("a noisy bowl", bowl, 0.7, (0.3, -0.5, 0.9), (0.3, 0.6, 0.8, 0.1, 0.5)),
    ("a noisy slope", faint, 0.4, (1.0, 1.3), (0.05, 0.8, 0.95, 1e-8, 0.05)),
    ("Rosenbrock", rosenbrock.grad, 0.0, (-1.2, 1.0), (1e-3, 0.7, 0.9, 1e-12, 0.2)),
)

ROW, COLUMN = np.array([0.5, 0.8, 0.9, 0.95]), np.array([[0.02], [0.05], [0.2]])

BATCHES = (
    ("many runs", bowl, 0.5, (0.7, -0.4), (ROW / 9, ROW**2, ROW, 1e-8, ROW)),
    ("many runs", bowl, 0.5, (0.7, -0.4), (COLUMN, ROW, ROW**2, 1e-3, COLUMN)),
)


class Walk(NamedTuple):
    """What a rule did: the θ that it made of each point, and its memory after each step."""

    points: np.ndarray  # (steps, d, ...)
    theta: np.ndarray  # (steps, d, ...)
    memory: dict  # {slot: (steps, ...)}, zero where the slot was not there

    @classmethod
    def of(cls, points, steps):
        """From the (θ, memory) of each step."""
        thetas, memories = zip(*steps, strict=True)
        zeros = {slot: np.zeros_like(kept[slot]) for kept in memories for slot in kept}
        full = [zeros | kept for kept in memories]
        memory = {slot: np.array([kept[slot] for kept in full]) for slot in zeros}
        return cls(np.array(points), np.array(thetas), memory)


class Problem:
    """One walk to be tried: a gradient and a point for each step, and `hyper` for all of them.

    where     what it is, in words
    expected  the Walk of the right rule
    """

    def __init__(self, setting, right, limit):
        name, self.grad, self.shift, start, values = setting
        self.right, self.limit, asked = right, limit, hyperparameters(right)
        known = dict(zip(HYPER, values, strict=True))
        self.hyper = {hyper: known[hyper] for hyper in asked if hyper in known}
        batch = np.broadcast_shapes(*map(np.shape, self.hyper.values()))
        column = np.reshape(start, (-1, *(1,) * len(batch)))
        self.points = [np.broadcast_to(column, (len(start), *batch))]
        one = {"landscape": say(name), "start": shown(start), "settings": settings(self.hyper)}
        many = {"runs": np.prod(batch), "shape": self.points[0].shape}
        self.where = say(MANY if batch else ONE, **one, **many)
        steps = list(self.steps(right))
        self.points += [theta for theta, _ in steps[:-1]]
        self.expected = Walk.of(self.points, steps)

    def grad_at(self, step):
        """The gradient function of a step."""
        if not self.shift:
            return self.grad
        return lambda theta: self.grad(theta + self.shift * _wave(step, np.shape(theta)))

    def steps(self, rule):
        """Yield (θ, memory), as copies, after each step of a rule. Raises OneSentence.

        A step begins at the point where the right rule stands, which walks freely to find them.
        """
        start, at = self.points[0].copy(), lambda step: self.points[step - 1].copy()
        points = at if len(self.points) > 1 else None
        for _, theta, memory in iterate(rule, self, start, STEPS, self.hyper, self.limit, points):
            copies = {slot: np.array(value) for slot, value in memory.items()}
            yield np.array(theta, dtype=float), copies

    def walk(self, rule):
        """The Walk of a rule. Raises OneSentence."""
        return self.expected if rule is self.right else Walk.of(self.points, self.steps(rule))


@lru_cache(100)  # or an endless rule would fill the memory with it
def _wave(step, shape):
    """One number a coordinate, another one at each step."""
    return np.cos(5 * step**2 + 2 * np.indices(shape, sparse=True)[0])
