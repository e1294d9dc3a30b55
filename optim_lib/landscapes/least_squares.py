"""Losses that are a mean over examples, so that a mini-batch gives a noisy gradient.

Each is a Landscape over two weights, so that its path can be seen.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from optim_lib.landscapes.landscape import Landscape, is_written

EXAMPLES = 256


@lru_cache(maxsize=20_000)
def drawn(seed, step):
    """The examples of one step, drawn once, with replacement.

    A batch of B is the first B of them, so that another batch size changes nothing else.
    """
    examples = np.random.default_rng((seed, step)).integers(EXAMPLES, size=EXAMPLES)
    examples.flags.writeable = False
    return examples


def beside(numbers, theta):
    """The numbers (n,) as (n, 1, ...), so that they broadcast beside a theta of (d, ...)."""
    return np.reshape(numbers, (-1, *(1,) * (np.ndim(theta) - 1)))


def sampler(grad_over):
    """A Landscape's `sample`, from grad_over(theta, examples): their mean gradient at theta."""

    def sample(batch, seed=0):
        if batch not in range(1, EXAMPLES + 1):
            raise ValueError(f"A mini-batch holds 1 to {EXAMPLES} examples, not {batch}.")
        return lambda theta, step: grad_over(theta, drawn(seed, step)[: int(batch)])

    return sample


def least_squares_on(name, inputs, targets, **about):
    """The Landscape f(θ) = mean of ½ (θ · inputᵢ − targetᵢ)², less its minimum.

    inputs (EXAMPLES, 2), targets (EXAMPLES,). With H = mean of inputᵢ inputᵢᵀ and the best θ, that
    is ½ (θ − best)ᵀ H (θ − best), with the gradient H (θ − best): no rounding near the minimum.
    """
    best = np.linalg.lstsq(inputs, targets, rcond=None)[0]
    curvature = inputs.T @ inputs / len(inputs)

    def grad(theta):
        return np.tensordot(curvature, theta - beside(best, theta), axes=1)

    def value(theta):
        return 0.5 * ((theta - beside(best, theta)) * grad(theta)).sum(axis=0)

    def grad_over(theta, examples):
        a, b = inputs[examples], targets[examples]
        residuals = np.tensordot(a, theta, axes=1) - beside(b, theta)
        return np.tensordot(a.T, residuals, axes=1) / len(examples)

    minimum, sample = tuple(best.tolist()), sampler(grad_over)
    return Landscape(name, value, grad, minimum=minimum, sample=sample, **about)


def noisy(landscape, size):
    """The Landscape as the mean of EXAMPLES, each of them tilted: fᵢ(θ) = f(θ) + cᵢ · θ.

    The tilts cᵢ have mean zero and, along each coordinate, the standard deviation `size`. So the
    gradient of a mini-batch of B is ∇f and noise of standard deviation size/√B, everywhere alike.
    """
    tilts = np.random.default_rng(3).normal(size=(EXAMPLES, len(landscape.start)))
    tilts = size * (tilts - tilts.mean(axis=0)) / tilts.std(axis=0)

    def grad_over(theta, examples):
        return landscape.grad(theta) + beside(tilts[examples].mean(axis=0), theta)

    name = f"noisy {landscape.name}"
    formula = f"mean of {landscape.formula} + cᵢ · θ" if is_written(landscape) else ""
    return replace(landscape, name=name, formula=formula, sample=sampler(grad_over))


def points():
    """(aᵢ, bᵢ): the EXAMPLES points that `least_squares` draws a line through, as two arrays."""
    random = np.random.default_rng(1)
    inputs = random.normal(size=EXAMPLES)
    return inputs, 0.5 + inputs + 0.8 * random.normal(size=EXAMPLES)


def _line_through_points():
    inputs, targets = points()
    return least_squares_on(
        "a line through points",
        np.stack([np.ones(EXAMPLES), inputs], axis=1),
        targets,
        start=(-1.2, -1.0),
        window=((-1.8, 2.2), (-1.6, 2.6)),
        formula="mean of ½ (x + y aᵢ − bᵢ)², less its least",
    )


def _two_words():
    random = np.random.default_rng(2)
    rare = (np.arange(EXAMPLES) % 16 == 0).astype(float)
    return least_squares_on(
        "a common word and a rare one",
        np.stack([np.ones(EXAMPLES), rare], axis=1),
        1.0 + 2.0 * rare + 0.1 * random.normal(size=EXAMPLES),
        start=(-1.0, -1.0),
        window=((-1.5, 2.5), (-1.5, 2.8)),
        formula="mean of ½ (x + y rᵢ − bᵢ)², less its least",
    )


least_squares = _line_through_points()
two_words = _two_words()
