"""A landscape in other units, turned or stretched is the same landscape."""

import numpy as np
import pytest

from optim_lib.landscapes import (
    Landscape,
    noisy,
    rosenbrock,
    saddle,
    stretched,
    times,
    turned,
    valley,
)
from optim_lib.landscapes.landscape import numerical_gradient

CHANGED = [
    times(rosenbrock, 1000),
    turned(valley(25), 45),
    turned(saddle, 30),
    stretched(valley(25), (2.0, 4.0)),
    stretched(rosenbrock, (1.0, 3.0)),
]


def test_names():
    assert [landscape.name for landscape in CHANGED] == [
        "1000 × Rosenbrock",
        "valley, κ = 25, turned by 45°",
        "saddle with a wall, turned by 30°",
        "valley, κ = 25, stretched",
        "Rosenbrock, stretched",
    ]


@pytest.mark.parametrize("landscape", CHANGED, ids=lambda landscape: landscape.name)
def test_gradient_is_that_of_the_value_and_the_minimum_and_the_start_are_moved_too(landscape):
    points = np.array(np.meshgrid(np.linspace(-1, 1, 5), np.linspace(-1, 1, 4)))
    measured = numerical_gradient(landscape.value)(points)
    np.testing.assert_allclose(landscape.grad(points), measured, rtol=1e-6, atol=1e-4)
    np.testing.assert_allclose(landscape.value(np.array(landscape.minimum)), 0, atol=1e-12)
    for place, (low, high) in zip(landscape.start, landscape.window, strict=True):
        assert low < place < high


def test_start_lies_as_high_as_before():
    before = valley(25).value(np.array(valley(25).start))
    assert turned(valley(25), 45).start == pytest.approx((-2.6 * 0.5**0.5, -1.4 * 0.5**0.5))
    for same in (turned(valley(25), 45), stretched(valley(25), (2.0, 4.0))):
        assert same.value(np.array(same.start)) == pytest.approx(before)
    assert times(valley(25), 3).value(np.array(valley(25).start)) == pytest.approx(3 * before)


def test_new_coordinates_are_shown_in_equal_units():
    for landscape in CHANGED[1:]:
        wide, high = np.diff(landscape.window)[:, 0]
        assert wide == pytest.approx(1.25 * high)


def test_a_formula_that_is_not_there_is_not_made_up():
    measured = Landscape("measured", lambda theta: (theta**2).sum(0))
    assert times(measured, 2).formula == noisy(measured, 1).formula == ""
    assert times(rosenbrock, 2).formula == f"2 ({rosenbrock.formula})"
