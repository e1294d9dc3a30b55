"""Train a network: thousands of weights, of which only a look now and then is kept."""

from dataclasses import dataclass

import numpy as np

from optim_lib.landscapes.networks import accuracy, landscape_of
from optim_lib.runs.arguments import as_rule, as_steps, spread
from optim_lib.runs.iterate import iterate
from optim_lib.runs.oracle import Oracle
from optim_lib.runs.time_limit import TimeLimit
from optim_lib.text import say

BUDGET = 3600.0  # seconds


@dataclass(frozen=True)
class Training:
    """What was seen at each look; row 0 is the start. Axes after the first are the settings'.

    steps      (looks,) how many steps were taken by then
    loss       (looks, ...) on the training examples
    held_out   (looks, ...) on those that no step has seen
    right      (looks, ...) the share of the held-out examples that is read rightly
    theta      (d, ...) the weights at the end
    diverged   (...) whether a number was no longer finite; then the last finite weights stay
    """

    steps: np.ndarray
    loss: np.ndarray
    held_out: np.ndarray
    right: np.ndarray
    theta: np.ndarray
    diverged: np.ndarray


@np.errstate(all="ignore")
def train(rule, network, learn, test, *, steps=300, every=25, batch=32, seed=0, tell=None, **hyper):
    """Train a network with a rule from `seed`; look at it before the first step and every `every`.

    learn, test  Examples: the training set, which gives the gradients, and the test set
    tell         a function (steps done), called now and then
    hyper        as for run: numbers, or arrays for many trainings at once
    """
    surface, every = landscape_of(network, learn, seed), as_steps(every)
    theta = spread(surface.start, hyper)
    over, looks = np.zeros(theta.shape[1:], bool), [_look(0, theta, surface, network, test)]
    with TimeLimit(BUDGET, as_rule(rule)) as limit:
        oracle = Oracle(surface, limit, theta.shape, batch=batch, seed=seed)
        for step, walked, _ in iterate(rule, oracle, theta, as_steps(steps), hyper, limit):
            over = over | ~np.isfinite(walked).all(axis=0)
            theta = np.where(over, theta, walked)
            if step % every == 0 or step == steps:
                looks.append(_look(step, theta, surface, network, test))
                if tell:
                    tell(step)
    return Training(*map(np.array, zip(*looks, strict=True)), theta, over)


def _look(step, theta, surface, network, test):
    held_out = landscape_of(network, test).value(theta)
    return step, surface.value(theta), held_out, accuracy(network, theta, test)


def progress(what, steps, telling=True):
    """A `tell` that keeps one line, "Adam, seed 2 of 5: 1200 of 6000 steps"; or None."""

    def tell(done):
        line = say("{what}: {done} of {steps} steps", what=what, done=done, steps=steps)
        print(f"\r{line}", end="\n" if done == steps else "", flush=True)

    return tell if telling else None
