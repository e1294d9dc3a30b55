"""The numbers of the notebook on stochastic gradient descent."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.least_squares import EXAMPLES, drawn, least_squares, noisy, points
from optim_lib.landscapes.surfaces import saddle
from optim_lib.rules import gd, sgd
from optim_lib.runs.run import run

A, B = points()


def each_at(theta):
    """The gradient of each example: (EXAMPLES, 2)."""
    e = theta[0] + theta[1] * A - B
    return np.array([e, e * A]).T


def test_most_examples_point_the_right_way_at_the_start():
    start = np.array(least_squares.start)
    assert (each_at(start) @ least_squares.grad(start) > 0).sum() == 233


def test_a_batch_as_large_as_the_examples_misses_a_third_of_them():
    different = [len(set(drawn(0, step).tolist())) for step in range(1000)]
    assert np.mean(different) / EXAMPLES == pytest.approx(1 - 1 / np.e, abs=0.005)


@pytest.mark.parametrize("h, sigma", [(4.0, 2.0), (1.0, 0.5)])
def test_noise_floor_of_many_bowls_at_once(h, sigma):
    etas = np.array([0.2, 1.0, 1.6]) / h
    bowl = Landscape("bowl", lambda x: h / 2 * (x**2).sum(axis=0), lambda x: h * x, np.zeros(4000))
    late = run(sgd, bowl, eta=etas, noise=sigma, steps=300).theta[100:]
    floor = etas * sigma**2 / (h * (2 - etas * h))
    np.testing.assert_allclose((late**2).mean(axis=(0, 1)), floor, rtol=0.01)


@pytest.mark.parametrize("eta", [0.1, 0.05])
def test_noise_floor_of_a_line_through_points_whose_curvature_is_about_one(eta):
    variance = (each_at(least_squares.minimum) ** 2).sum(axis=1).mean() / 8
    late = run(sgd, least_squares, eta=eta, batch=8, steps=10_000, budget=60).loss[5000:]
    assert late.mean() == pytest.approx(eta * variance / (2 - eta) / 2, rel=0.05)


def test_steps_jitter_about_a_place_that_is_far_better_than_they_are():
    walk = run(sgd, least_squares, eta=0.1, batch=8, steps=1000)
    slopes = least_squares.grad(walk.theta[:-1].T).T
    uphill = (np.diff(walk.theta, axis=0) * slopes).sum(axis=1) > 0
    assert not uphill[:20].any() and uphill[-500:].mean() == pytest.approx(0.42, abs=0.005)
    assert least_squares.value(walk.theta[-500:].mean(axis=0)) < walk.loss[-500:].mean() / 100


def test_noise_leads_off_the_ridge_where_gradient_descent_rests_for_good():
    ridge = {"start": (-1.5, 0.0), "eta": 0.05, "steps": 100}
    still = run(gd, noisy(saddle, 1), **ridge)
    assert (still.theta[:, 1] == 0).all() and still.loss[-1] == pytest.approx(1, abs=1e-6)
    assert run(sgd, noisy(saddle, 1), batch=8, **ridge).loss[-1] < 0.01


def test_the_least_loss_is_shown_as_zero():
    x, y = least_squares.minimum
    assert ((x + y * A - B) ** 2).mean() / 2 == pytest.approx(0.273, abs=5e-4)
    assert least_squares.value(np.array([x, y])) == 0
