"""Straight lines through examples: losses over two weights, so that their paths can be seen."""

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.mini_batches import EXAMPLES, as_column, sampler
from optim_lib.text import say


def least_squares(name, a, b, **about):
    """The Landscape f(x, y) = mean of ½ (x + y aᵢ − bᵢ)², less its minimum; a and b (EXAMPLES,).

    With inputᵢ = (1, aᵢ), H = mean of inputᵢ inputᵢᵀ and the best θ, that is
    ½ (θ − best)ᵀ H (θ − best), with the gradient H (θ − best): no rounding near the minimum.
    """
    inputs = np.stack([np.ones(EXAMPLES), a], axis=1)
    best = np.linalg.lstsq(inputs, b, rcond=None)[0]
    curvature = inputs.T @ inputs / EXAMPLES

    def grad(theta):
        return np.tensordot(curvature, theta - as_column(best, theta), axes=1)

    def value(theta):
        return 0.5 * ((theta - as_column(best, theta)) * grad(theta)).sum(axis=0)

    def grad_over(theta, numbers):
        chosen = inputs[numbers]
        residuals = np.tensordot(chosen, theta, axes=1) - as_column(b[numbers], theta)
        return np.tensordot(chosen.T, residuals, axes=1) / len(numbers)

    minimum, sample = tuple(best.tolist()), sampler(grad_over)
    return Landscape(name, value, grad, minimum=minimum, sample=sample, **about)


def points():
    """(aᵢ, bᵢ): the EXAMPLES points of `linear_regression`, as two arrays."""
    random = np.random.default_rng(1)
    a = random.normal(size=EXAMPLES)
    return a, 0.5 + a + 0.8 * random.normal(size=EXAMPLES)


def words():
    """(rᵢ, bᵢ): whether text i has the rare word, as one in 16 has, and the score of the text."""
    rare = (np.arange(EXAMPLES) % 16 == 0).astype(float)
    return rare, 1.0 + 2.0 * rare + 0.1 * np.random.default_rng(2).normal(size=EXAMPLES)


linear_regression = least_squares(
    say("a line through points"),
    *points(),
    start=(-1.2, -1.0),
    window=((-1.8, 2.2), (-1.6, 2.6)),
    formula=say("mean of ½ (x + y aᵢ − bᵢ)², less its least"),
)
two_words = least_squares(
    say("a common word and a rare one"),
    *words(),
    start=(-1.0, -1.0),
    window=((-1.5, 2.5), (-1.5, 2.8)),
    formula=say("mean of ½ (x + y rᵢ − bᵢ)², less its least"),
)
