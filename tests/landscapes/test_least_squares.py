"""Straight lines through examples: the loss is their mean, and exact at its minimum."""

import numpy as np
import pytest

from optim_lib.landscapes import linear_regression, points, two_words
from optim_lib.landscapes.landscape import numerical_gradient
from optim_lib.landscapes.least_squares import words
from optim_lib.rules import gd
from optim_lib.runs.run import run

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize(
    "surface, examples",
    [(linear_regression, points()), (two_words, words())],
    ids=["line", "words"],
)
def test_the_loss_is_the_mean_over_the_examples_less_its_least(surface, examples):
    (a, b), theta = examples, RANDOM.uniform(-2, 2, (2, 50))
    best = np.polynomial.Polynomial.fit(a, b, 1).convert().coef
    np.testing.assert_allclose(best, surface.minimum, rtol=1e-10)

    def mean(x, y):
        return (0.5 * (x + y * a[:, None] - b[:, None]) ** 2).mean(axis=0)

    np.testing.assert_allclose(surface.value(theta), mean(*theta) - mean(*best))
    measured = numerical_gradient(surface.value)(theta)
    np.testing.assert_allclose(surface.grad(theta), measured, rtol=1e-6, atol=1e-6)
    mesh = theta.reshape(2, 5, 10)
    assert surface.value(mesh).shape == (5, 10) and surface.grad(mesh).shape == (2, 5, 10)


@pytest.mark.parametrize("surface", [linear_regression, two_words], ids=["line", "words"])
def test_the_minimum_is_zero_to_the_last_digit_and_nothing_lies_below(surface):
    minimum = np.array(surface.minimum)
    around = minimum[:, None] + RANDOM.normal(size=(2, 500)) * np.geomspace(1e-12, 1, 500)
    assert surface.value(minimum) == 0 and not surface.grad(minimum).any()
    assert (surface.value(around) > 0).all()


def test_the_path_of_gd_comes_to_the_minimum_to_the_last_digits():
    walked = run(gd, linear_regression, eta=1.0, steps=100)
    assert (walked.loss >= 0).all() and walked.loss[-1] < 1e-25


def test_the_rare_word_stands_in_one_text_of_16():
    rare, _ = words()
    assert set(rare) == {0, 1} and rare.mean() == 1 / 16
