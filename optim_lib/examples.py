"""Losses that are a mean over examples, so that a mini-batch gives a noisy gradient.

Each is a Landscape over two weights, so that its path can be seen.
"""

from functools import lru_cache

import numpy as np

from optim_lib.landscapes import Landscape

EXAMPLES = 256


@lru_cache(maxsize=20_000)
def drawn(seed, step):
    """The examples of one step, drawn once, with replacement.

    A batch of B is the first B of them, so that another batch size changes nothing else.
    """
    return np.random.default_rng((seed, step)).integers(EXAMPLES, size=EXAMPLES)


def least_squares_on(name, inputs, targets, **about):
    """The Landscape f(θ) = mean of ½ (θ · inputᵢ − targetᵢ)², less its minimum.

    inputs (EXAMPLES, 2), targets (EXAMPLES,)
    """
    best = np.linalg.lstsq(inputs, targets, rcond=None)[0]

    def residuals(theta, i):
        column = (-1, *(1,) * (np.ndim(theta) - 1))
        return np.tensordot(inputs[i], theta, axes=1) - targets[i].reshape(column)

    def mean_square(theta):
        return 0.5 * (residuals(theta, slice(None)) ** 2).mean(axis=0)

    def value(theta):
        return mean_square(theta) - mean_square(best)

    def grad_over(theta, i):
        return np.tensordot(inputs[i].T, residuals(theta, i), axes=1) / len(inputs[i])

    def grad(theta):
        return grad_over(theta, slice(None))

    def sample(batch, seed=0):
        return lambda theta, step: grad_over(theta, drawn(seed, step)[:batch])

    return Landscape(name, value, grad, minimum=tuple(best), sample=sample, **about)


def _line_through_points():
    random = np.random.default_rng(1)
    heights = random.normal(size=EXAMPLES)
    targets = 0.5 + heights + 0.8 * random.normal(size=EXAMPLES)
    return least_squares_on(
        "a line through points",
        np.stack([np.ones(EXAMPLES), heights], axis=1),
        targets,
        start=(-1.2, -1.0),
        window=((-1.8, 2.2), (-1.6, 2.6)),
        formula="mean of ½ (x + y hᵢ − tᵢ)², less its least",
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
        formula="mean of ½ (x + y rareᵢ − tᵢ)², less its least",
    )


least_squares = _line_through_points()
two_words = _two_words()
