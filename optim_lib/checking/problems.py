"""Where a rule is tried: short walks on which no two rules, right or wrong, take the same steps.

A probe does not let a rule walk off: at every step it hands it the point at which the right rule
stands. So one slip does not hide the next, and nothing overflows; the memory is the rule's own,
and if every step of a walk is right, so is the walk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optim_lib.checking.verdict import shown
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.runs import diagnose
from optim_lib.runs.inspect import hyperparameters
from optim_lib.text import settings

STEPS = 12


class Ground(NamedTuple):
    """A gradient, how far it is shaken about from step to step, a start, and hyperparameters."""

    name: str
    grad: Callable
    shaken: float
    start: tuple
    hyper: dict


def hollow(theta):
    """The gradient of a smooth hollow in any number of weights, each coupled to its neighbour."""
    return np.tanh(theta + 0.5 * np.roll(theta, 1, axis=0))


def faint(theta):
    """A bowl in two weights, the second of which has a gradient 1e-8 times as large: ε counts."""
    x, y = theta
    return np.array([x, 1e-8 * y])


def hyper(eta, beta1, beta2, eps, lam):
    return {"eta": eta, "beta1": beta1, "beta2": beta2, "eps": eps, "lam": lam}


def down(*values):
    """Values along an axis of their own, beside another one."""
    return np.array(values)[:, None]


SINGLE = (
    Ground("½ (x² + 4 y²)", valley(4).grad, 0.0, (2.0, 1.0), hyper(0.05, 0.9, 0.96, 1e-8, 0.1)),
    Ground("a shaken hollow", hollow, 0.7, (0.3, -0.5, 0.9), hyper(0.3, 0.6, 0.8, 0.1, 0.5)),
    Ground("a shaken slope", faint, 0.4, (1.0, 1.3), hyper(0.05, 0.8, 0.95, 1e-8, 0.05)),
    Ground("Rosenbrock", rosenbrock.grad, 0.0, (-1.2, 1.0), hyper(1e-3, 0.7, 0.9, 1e-12, 0.2)),
)

ROW, COLUMN = np.array([0.5, 0.8, 0.9, 0.95]), down(0.02, 0.05, 0.2)

BATCHES = (
    Ground("many runs", hollow, 0.5, (0.7, -0.4), hyper(ROW / 9, ROW**2, ROW, 1e-8, ROW)),
    Ground("many runs", hollow, 0.5, (0.7, -0.4), hyper(COLUMN, ROW, ROW**2, 1e-3, COLUMN)),
)


@dataclass(frozen=True)
class Probe:
    """One walk to be tried: step -> gradient function, the point of each step, hyperparameters."""

    where: str
    grad_at: Callable
    points: list
    hyper: dict


@dataclass(frozen=True)
class Walk:
    """What a rule did: the θ that it made of each point, and its memory after each step.

    points  (steps, d, ...)
    theta   (steps, d, ...)
    memory  {slot: (steps, ...)}
    """

    points: np.ndarray
    theta: np.ndarray
    memory: dict


def probes(grounds, right):
    """The probe on each ground, along the path of the right rule."""
    return [_probe(ground, right) for ground in grounds]


def _probe(ground, right):
    given = {name: ground.hyper[name] for name in hyperparameters(right) if name in ground.hyper}
    batch = np.broadcast_shapes(*map(np.shape, given.values()))
    start = np.reshape(ground.start, (-1, *(1,) * len(batch)))
    points, memory = [np.broadcast_to(start, (len(start), *batch))], {}

    def grad_at(step):
        if not ground.shaken:  # and no + that would bring a point of another shape into θ's
            return ground.grad
        coordinates = np.reshape(np.arange(len(start)), start.shape)
        shift = ground.shaken * np.cos(5 * step**2 + 2 * coordinates)
        return lambda theta: ground.grad(theta + shift)

    for step in range(1, STEPS):
        theta, memory = right(points[-1], grad_at(step), memory, **given)
        points.append(theta)
    return Probe(_where(ground, given, batch), grad_at, points, given)


def _where(ground, given, batch):
    if batch:
        return f"{np.prod(batch)} runs at once, θ of shape {(len(ground.start), *batch)}"
    return f"{ground.name} from {shown(ground.start)}, {settings(given)}"


def walk(rule, probe):
    """The Walk of a rule along a probe. Raises what the rule raises, and RuleErrors."""
    thetas, memories, memory = [], [], {}
    for step, point in enumerate(probe.points, start=1):
        returned = rule(point.copy(), probe.grad_at(step), memory, **probe.hyper)
        theta, memory = diagnose.checked_pair(rule, returned, point.shape)
        thetas.append(np.array(theta, dtype=float))
        memories.append(_copied(rule, memory, memories[-1] if memories else {}))
    slots = {slot: array for kept in memories for slot, array in kept.items()}
    histories = {slot: _history(slot, memories, like) for slot, like in slots.items()}
    return Walk(np.array(probe.points), np.array(thetas), histories)


def _copied(rule, memory, last):
    """The slots as arrays of their own, since a rule may go on to change its memory in place."""
    before = {slot: last[slot][None] for slot in last}
    return {
        slot: np.array(diagnose.checked_slot(rule, slot, value, before.get(slot)))
        for slot, value in memory.items()
    }


def _history(slot, memories, like):
    return np.array([kept.get(slot, np.zeros_like(like)) for kept in memories])
