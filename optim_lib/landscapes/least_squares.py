"""Straight lines through examples: losses over two weights, so that their paths can be seen."""

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.mini_batches import EXAMPLES, as_column, sampler
from optim_lib.text import say


def least_squares(name, inputs, targets, **about):
    """The Landscape f(θ) = mean of ½ (θ · inputᵢ − targetᵢ)², less its minimum.

    inputs (EXAMPLES, 2), targets (EXAMPLES,). With H = mean of inputᵢ inputᵢᵀ and the best θ, that
    is ½ (θ − best)ᵀ H (θ − best), with the gradient H (θ − best): no rounding near the minimum.
    """
    best = np.linalg.lstsq(inputs, targets, rcond=None)[0]
    curvature = inputs.T @ inputs / len(inputs)

    def grad(theta):
        return np.tensordot(curvature, theta - as_column(best, theta), axes=1)

    def value(theta):
        return 0.5 * ((theta - as_column(best, theta)) * grad(theta)).sum(axis=0)

    def grad_over(theta, numbers):
        a, b = inputs[numbers], targets[numbers]
        residuals = np.tensordot(a, theta, axes=1) - as_column(b, theta)
        return np.tensordot(a.T, residuals, axes=1) / len(numbers)

    minimum, sample = tuple(best.tolist()), sampler(grad_over)
    return Landscape(name, value, grad, minimum=minimum, sample=sample, **about)


def points():
    """(aᵢ, bᵢ): the EXAMPLES points of `linear_regression`, as two arrays."""
    random = np.random.default_rng(1)
    a = random.normal(size=EXAMPLES)
    return a, 0.5 + a + 0.8 * random.normal(size=EXAMPLES)


def words():
    """(rᵢ, bᵢ): whether the rare word stands in a text, as one in 16, and the text's score."""
    rare = (np.arange(EXAMPLES) % 16 == 0).astype(float)
    return rare, 1.0 + 2.0 * rare + 0.1 * np.random.default_rng(2).normal(size=EXAMPLES)


def with_one(inputs):
    """(1, inputᵢ): the first weight is on in every example."""
    return np.stack([np.ones(EXAMPLES), inputs], axis=1)


linear_regression = least_squares(
    say("a line through points"),
    with_one(points()[0]),
    points()[1],
    start=(-1.2, -1.0),
    window=((-1.8, 2.2), (-1.6, 2.6)),
    formula=say("mean of ½ (x + y aᵢ − bᵢ)², less its least"),
)
two_words = least_squares(
    say("a common word and a rare one"),
    with_one(words()[0]),
    words()[1],
    start=(-1.0, -1.0),
    window=((-1.5, 2.5), (-1.5, 2.8)),
    formula=say("mean of ½ (x + y rᵢ − bᵢ)², less its least"),
)
