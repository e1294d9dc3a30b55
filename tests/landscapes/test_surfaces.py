"""Values, gradients, minima and windows of the landscapes."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape, as_landscape, numerical_gradient
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.rules import gd
from optim_lib.runs.run import run

RANDOM = np.random.default_rng(0)


def dented(theta):
    x, y = theta
    return np.cos(x) + y**2


def test_gradient_is_that_of_the_value(landscape):
    low, high = np.array(landscape.window).T
    theta = low[:, None] + (high - low)[:, None] * RANDOM.random((2, 200))
    measured, claimed = numerical_gradient(landscape.value)(theta), landscape.grad(theta)
    np.testing.assert_allclose(claimed, measured, rtol=1e-6, atol=1e-6 * np.abs(claimed).max())


def test_minimum_is_where_it_is_claimed(landscape):
    if landscape.minimum is None:
        return  # none is claimed
    minima = np.array(landscape.minimum).reshape(2, -1)
    around = minima[..., None] + RANDOM.normal(0, 0.05, (2, 1, 500))
    np.testing.assert_allclose(landscape.value(minima), 0, atol=1e-15)
    np.testing.assert_allclose(landscape.grad(minima), 0, atol=1e-10)
    assert (landscape.value(around) > landscape.value(minima)[:, None]).all()


def test_mesh_is_height_of_every_point(landscape):
    mesh = np.array(np.meshgrid(np.linspace(-2, 2, 7), np.linspace(-1, 1, 5)))
    heights, slopes = landscape.value(mesh), landscape.grad(mesh)
    assert heights.shape == (5, 7) and slopes.shape == (2, 5, 7)
    for i, j in np.ndindex(5, 7):
        np.testing.assert_allclose(heights[i, j], landscape.value(mesh[:, i, j]), rtol=1e-12)
        np.testing.assert_allclose(slopes[:, i, j], landscape.grad(mesh[:, i, j]), rtol=1e-6)


def test_gradient_leaves_theta_as_it_was(landscape):
    theta = np.array(landscape.start)
    theta.flags.writeable = False
    landscape.grad(theta)


def test_start_and_minimum_are_in_the_picture(landscape):
    places = (
        [landscape.start] if landscape.minimum is None else [landscape.start, landscape.minimum]
    )
    for place in places:
        for place_along, (low, high) in zip(place, landscape.window, strict=True):
            assert (low < np.array(place_along)).all() and (np.array(place_along) < high).all()


def test_landscape_is_named_and_written_out(landscape):
    assert landscape.name and landscape.formula


def test_rosenbrock_numbers():
    assert rosenbrock.value(np.array([-1.2, 1.0])) == pytest.approx(24.2)
    np.testing.assert_allclose(rosenbrock.grad(np.array([-1.2, 1.0])), [-215.6, -88])


def test_rosenbrock_curvature_at_its_minimum():
    steps = 1e-5 * np.eye(2)
    hessian = (rosenbrock.grad(1 + steps) - rosenbrock.grad(1 - steps)) / 2e-5
    low, high = np.linalg.eigvalsh(hessian)
    np.testing.assert_allclose(hessian, [[802, -400], [-400, 200]], rtol=1e-6)
    np.testing.assert_allclose(
        [low, high, high / low, 2 / high], [0.39936, 1001.6, 2508, 0.0019968], rtol=1e-4
    )


@pytest.mark.parametrize("kappa", [1, 25, 100.5])
def test_valley_is_as_thin_as_it_is_asked_to_be(kappa):
    np.testing.assert_allclose(valley(kappa).grad(np.array([1.0, 1.0])), [1, kappa])
    assert f"κ = {kappa:g}" in valley(kappa).name


def test_function_becomes_a_landscape_with_a_measured_gradient():
    made = as_landscape(dented)
    theta = RANDOM.uniform(-5, 5, (2, 100))
    assert made.name == "dented" and made.formula == "(gradient measured)"
    np.testing.assert_allclose(made.grad(theta), [-np.sin(theta[0]), 2 * theta[1]], atol=1e-8)


def test_a_value_that_takes_one_point_only_is_asked_point_by_point():
    bowl = Landscape("bowl", lambda theta: (theta**2).sum(), lambda theta: 2 * theta)
    theta = RANDOM.uniform(-5, 5, (2, 3, 4))
    np.testing.assert_allclose(bowl.value(theta), theta[0] ** 2 + theta[1] ** 2)
    np.testing.assert_allclose(run(gd, bowl, steps=2, eta=0.25).loss, [2.44, 0.61, 0.1525])


def test_measured_gradient_says_so_beside_the_formula():
    assert Landscape("f", dented, formula="cos x + y²").formula == "cos x + y² (gradient measured)"
    assert Landscape("f", dented, np.zeros_like, formula="cos x + y²").formula == "cos x + y²"


@pytest.mark.parametrize("far", [1e-8, 1.0, 1e6])
def test_measured_gradient_keeps_its_precision_far_away(far):
    theta = np.array([far, -far])
    slope = numerical_gradient(lambda theta: (theta**2).sum(axis=0))(theta)
    np.testing.assert_allclose(slope, 2 * theta, rtol=1e-8, atol=1e-10)


def test_landscape_stays_itself():
    assert as_landscape(rosenbrock) is rosenbrock


@pytest.mark.parametrize("wrong", [None, "rosenbrock", 3, (1, 2)])
def test_anything_else_is_refused_in_one_sentence(wrong):
    with pytest.raises(TypeError) as refused:
        as_landscape(wrong)
    assert str(refused.value) == f"on= takes a Landscape or a function of theta, not {wrong!r}."
