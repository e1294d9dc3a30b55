"""Mini-batches: which examples give the gradient of a step, and noise for any landscape."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from optim_lib.landscapes.landscape import has_formula
from optim_lib.text import ArgumentError, say

EXAMPLES = 256
NO_BATCH = "A mini-batch holds 1 to {most} examples, not {batch}."


@lru_cache(maxsize=20_000)
def draw(seed, step, examples=EXAMPLES):
    """The indices of one step's examples, drawn once, with replacement.

    A batch of B is the first B of them, so that another batch size changes nothing else.
    """
    numbers = np.random.default_rng((seed, step)).integers(examples, size=examples)
    numbers = numbers.astype(np.int16)  # 20,000 steps of them are kept
    numbers.flags.writeable = False
    return numbers


def sampler(grad_over, examples=EXAMPLES):
    """A Landscape's `sample`, from grad_over(theta, numbers): the mean gradient of those examples.

    It raises ArgumentError for a batch that is larger than the number of examples, or empty.
    """

    def sample(batch, seed=0):
        if batch not in range(1, examples + 1):
            raise ArgumentError(say(NO_BATCH, most=examples, batch=batch))
        return lambda theta, step: grad_over(theta, draw(seed, step, examples)[: int(batch)])

    return sample


def as_column(numbers, theta):
    """The numbers (n,) as (n, 1, ...), so that they broadcast against a theta of (d, ...)."""
    return np.reshape(numbers, (-1, *(1,) * (np.ndim(theta) - 1)))


def noisy(landscape, size):
    """The Landscape as the mean of EXAMPLES, each of them tilted: fᵢ(θ) = f(θ) + cᵢ · θ.

    The tilts cᵢ have mean zero and, along each coordinate, the standard deviation `size`. So the
    gradient of a mini-batch of B is ∇f and noise of standard deviation size/√B, everywhere alike.
    """
    tilts = np.random.default_rng(3).normal(size=(EXAMPLES, len(landscape.start)))
    tilts = size * (tilts - tilts.mean(axis=0)) / tilts.std(axis=0)

    def grad_over(theta, numbers):
        return landscape.grad(theta) + as_column(tilts[numbers].mean(axis=0), theta)

    name = say("noisy {name}", name=landscape.name)
    formula = say("mean of {formula} + cᵢ · θ", formula=landscape.formula)
    formula = formula if has_formula(landscape) else ""
    return replace(landscape, name=name, formula=formula, sample=sampler(grad_over))
