"""Long walks over thousands of weights: the same `run`, one stretch after another.

A Run keeps every step. Of 5000 steps of Adam with 2410 weights that is 290 MB. So a walk is taken
in stretches, and of each only its end is kept.
"""

import functools
from dataclasses import dataclass, replace

import numpy as np

from optim_lib.landscapes.networks import accuracy, landscape_of
from optim_lib.runs.inspect import name_of
from optim_lib.runs.run import run

ROOM = 2**21  # numbers in the history of θ; each slot of the memory takes as many again


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


def train(rule, network, learn, test, *, steps=300, every=25, batch=32, seed=0, tell=None, **hyper):
    """Train a network with a rule from `seed`; look at it before the first step and every `every`.

    learn, test  Examples: those that give the gradients, and those that are held out
    tell         a function (steps done), called now and then
    hyper        as for run: numbers, or arrays for many trainings at once
    """
    surface = landscape_of(network, learn, seed)
    walk = stretches(rule, surface, steps=steps, every=every, batch=batch, seed=seed, **hyper)
    looks = []
    for ended in walk:
        done, theta, _ = ended
        if done % every == 0 or done == steps:
            looks.append((done, surface.value(theta), *tried(network, theta, test)))
        if tell:
            tell(done)
    return Training(*map(np.array, zip(*looks, strict=True)), *ended[1:])


def tried(network, theta, test):
    """(loss, share read rightly) on examples that no step has seen."""
    return landscape_of(network, test).value(theta), accuracy(network, theta, test)


def stretches(rule, surface, *, steps, every, batch, seed, budget=3600.0, **hyper):
    """Walk in stretches that end at each `every` or sooner; yield (steps done, θ, diverged).

    Bit for bit the walk that run() takes at once: the rule is handed back what it remembered, and
    the mini-batches are counted on. In between nobody looks at the loss, which takes longer than
    the step.
    """
    shape = np.broadcast_shapes(*map(np.shape, hyper.values()))
    theta, memory, over = spread(surface.start, shape), {}, np.zeros(shape, bool)
    yield 0, theta, over
    done, longest = 0, max(1, ROOM // theta.size)
    while done < steps:
        few = min(longest, every - done % every, steps - done)
        on = replace(surface, value=unseen, sample=later(surface.sample, done))
        going_on = remembering(rule, memory)
        walked = run(
            going_on, on, start=theta, steps=few, batch=batch, seed=seed, budget=budget, **hyper
        )
        theta, over = np.where(over, theta, walked.theta[-1]), over | (walked.diverged_at >= 0)
        memory = {slot: history[-1] for slot, history in walked.memory.items()}
        done += few
        yield done, theta, over


def spread(start, shape):
    """The start (d,) as a new array (d, ...), one for each setting."""
    return np.broadcast_to(np.reshape(start, (-1, *(1,) * len(shape))), (len(start), *shape)).copy()


def remembering(rule, memory):
    """The rule, which begins with this memory instead of none."""

    @functools.wraps(rule)
    def going_on(theta, grad, given, **hyper):
        return rule(theta, grad, given or memory, **hyper)

    going_on.__name__ = name_of(rule)
    return going_on


def later(sample, done):
    """The mini-batches of the steps after `done`."""

    def counted_on(batch, seed):
        sampled = sample(batch, seed)
        return lambda theta, step: sampled(theta, step + done)

    return counted_on


def unseen(theta):
    """Zero while every weight is finite, else NaN: run() stops there, and no loss is needed."""
    return 0.0 * theta.sum(axis=0)


def progress(what, steps, telling=True):
    """A `tell` that keeps one line, "Adam, seed 2 of 5: 1200 of 6000 steps"; or None."""

    def tell(done):
        line = f"\r{what}: {done} of {steps} steps"
        print(line, end="\n" if done == steps else "", flush=True)

    return tell if telling else None
