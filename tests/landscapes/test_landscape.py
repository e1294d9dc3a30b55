"""A Landscape, what becomes one, and the gradient of one that comes without."""

import functools

import numpy as np
import pytest

from optim_lib.landscapes import Landscape, TwoLayers, rosenbrock, valley
from optim_lib.landscapes.landscape import as_landscape, numerical_gradient
from optim_lib.rules import gd
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError

RANDOM = np.random.default_rng(0)


def dented(theta):
    x, y = theta
    return np.cos(x) + y**2


def test_a_landscape_stays_itself_and_a_function_becomes_one_with_a_measured_gradient():
    assert as_landscape(rosenbrock) is rosenbrock
    assert repr(rosenbrock) == "Landscape('Rosenbrock')"
    made, theta = as_landscape(dented), RANDOM.uniform(-5, 5, (2, 100))
    assert made.name == "dented" and made.formula == "(gradient measured)"
    np.testing.assert_allclose(made.grad(theta), [-np.sin(theta[0]), 2 * theta[1]], atol=1e-8)
    assert as_landscape(functools.partial(dented)).name == "f"
    assert as_landscape(rosenbrock.value).value(np.array([1.0, 1.0])) == 0


@pytest.mark.parametrize(
    "given, said",
    [
        *[
            (wrong, f"A landscape is a Landscape or a function of theta, not {wrong!r}.")
            for wrong in (None, "rosenbrock", 3, (1, 2))
        ],
        (valley, "valley makes a landscape: call it, as in valley(25)."),
        (TwoLayers, "TwoLayers makes a landscape: call it, as in valley(25)."),
    ],
)
def test_what_is_no_landscape_is_one_sentence(given, said):
    with pytest.raises(ArgumentError) as raised:
        as_landscape(given)
    assert str(raised.value) == said


@pytest.mark.parametrize(
    "value, said",
    [
        (np.square, "A loss is one real number, not array([1., 1.])."),
        (lambda theta: theta[:1], "A loss is one real number, not array([1.])."),
        (lambda theta: None, "A loss is one real number, not None."),
        (lambda theta: 1j * theta[0], "A loss is one real number, not "),
    ],
)
def test_a_value_that_is_no_loss_is_one_sentence_at_one_point_and_at_many(value, said):
    made = as_landscape(value)
    for theta in (np.ones(2), np.ones((2, 3))):
        with pytest.raises(ArgumentError) as raised:
            made.value(theta)
        assert str(raised.value).startswith(said)


def test_a_value_that_takes_one_point_only_is_asked_point_by_point():
    bowl = Landscape("bowl", lambda theta: (theta**2).sum(), lambda theta: 2 * theta)
    theta = RANDOM.uniform(-5, 5, (2, 3, 4))
    np.testing.assert_allclose(bowl.value(theta), theta[0] ** 2 + theta[1] ** 2)
    np.testing.assert_allclose(run(gd, bowl, steps=2, eta=0.25).loss, [2.44, 0.61, 0.1525])
    whole = Landscape("whole numbers", lambda theta: int(theta[0]))
    assert whole.value(np.array([[1.9, 2.9], [0, 0]])).tolist() == [1, 2]


def test_a_measured_gradient_says_so_after_the_formula():
    assert Landscape("f", dented, formula="cos x + y²").formula == "cos x + y² (gradient measured)"
    assert Landscape("f", dented, np.zeros_like, formula="cos x + y²").formula == "cos x + y²"


def test_a_measured_gradient_keeps_its_precision_far_away():
    for far in (1e-8, 1.0, 1e6):
        theta = np.array([far, -far])
        slope = numerical_gradient(lambda theta: (theta**2).sum(axis=0))(theta)
        np.testing.assert_allclose(slope, 2 * theta, rtol=1e-8, atol=1e-10)
