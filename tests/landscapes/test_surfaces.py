"""Values, gradients, minima and windows of the landscapes."""

import numpy as np
import pytest

from optim_lib.landscapes import cliff, rosenbrock, valley
from optim_lib.landscapes.landscape import numerical_gradient

RANDOM = np.random.default_rng(0)


def test_the_gradient_is_that_of_the_value_and_leaves_theta_alone(landscape):
    low, high = np.array(landscape.window).T
    theta = low[:, None] + (high - low)[:, None] * RANDOM.random((2, 200))
    theta.flags.writeable = False
    measured, claimed = numerical_gradient(landscape.value)(theta), landscape.grad(theta)
    np.testing.assert_allclose(claimed, measured, rtol=1e-6, atol=1e-6 * np.abs(claimed).max())


def test_the_minimum_is_where_it_is_claimed(landscape):
    minima = np.array(landscape.minimum).reshape(2, -1) if landscape.minimum else np.empty((2, 0))
    around = minima[..., None] + RANDOM.normal(0, 0.05, (2, minima.shape[1], 500))
    np.testing.assert_allclose(landscape.grad(minima), 0, atol=1e-8)
    assert (landscape.value(around) > landscape.value(minima)[:, None]).all()
    if landscape is not cliff:
        np.testing.assert_allclose(landscape.value(minima), 0, atol=1e-15)


def test_a_mesh_is_the_height_of_every_point(landscape):
    mesh = np.array(np.meshgrid(np.linspace(-2, 2, 7), np.linspace(-1, 1, 5)))
    heights, slopes = landscape.value(mesh), landscape.grad(mesh)
    assert heights.shape == (5, 7) and slopes.shape == (2, 5, 7)
    for i, j in np.ndindex(5, 7):
        np.testing.assert_allclose(heights[i, j], landscape.value(mesh[:, i, j]), rtol=1e-12)
        np.testing.assert_allclose(slopes[:, i, j], landscape.grad(mesh[:, i, j]), rtol=1e-6)


def test_it_has_a_name_and_a_formula_and_shows_its_start_and_its_minima(landscape):
    assert landscape.name and landscape.formula
    for place in filter(None, (landscape.start, landscape.minimum)):
        for along, (low, high) in zip(place, landscape.window, strict=True):
            assert (low < np.array(along)).all() and (np.array(along) < high).all()


def test_rosenbrock_by_hand():
    start, steps = np.array(rosenbrock.start), 1e-5 * np.eye(2)
    assert rosenbrock.value(start) == pytest.approx(24.2)
    np.testing.assert_allclose(rosenbrock.grad(start), [-215.6, -88])
    hessian = (rosenbrock.grad(1 + steps) - rosenbrock.grad(1 - steps)) / 2e-5
    np.testing.assert_allclose(hessian, [[802, -400], [-400, 200]], rtol=1e-6)
    low, high = np.linalg.eigvalsh(hessian)
    np.testing.assert_allclose([low, high, high / low], [0.39936, 1001.6, 2508], rtol=1e-4)


def test_a_valley_is_as_thin_as_it_is_asked_to_be():
    for kappa, written in ((1, "1"), (25, "25"), (100.5, "100.5"), (1e-8, "1e-8")):
        thin = valley(kappa)
        np.testing.assert_allclose(thin.grad(np.array([1.0, 1.0])), [1, kappa])
        assert (thin.name, thin.formula) == (f"valley, κ = {written}", f"½ (x² + {written} y²)")
