"""What the notebook on RMSProp states, where it takes many steps or hangs on the last bit."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import cliff, rosenbrock
from optim_lib.rules import adagrad, rmsprop
from optim_lib.runs.run import run


def fading(theta, grad, memory, *, eta, beta2, eps=0.0):
    g = grad(theta)
    s = beta2 * memory.get("s", 0.0) + g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


def test_fading_sum_that_does_not_fade_is_adagrad_bit_for_bit(landscape):
    ours = run(fading, landscape, eta=0.5, beta2=1)
    assert np.array_equal(ours.theta, run(adagrad, landscape, eta=0.5, eps=0.0).theta)


@pytest.mark.parametrize("eta", [0.01, 0.001])
def test_on_rosenbrock_it_jumps_by_eta_for_ever(eta):
    walked = run(rmsprop, rosenbrock, eta=eta, beta2=0.9, steps=20000, budget=60)
    (x, y), height = np.diff(walked.theta[-2:], axis=0)[0] / eta, 225.25 * eta**2
    np.testing.assert_allclose([abs(x), abs(y)], 1, atol=1e-3)
    assert x * y < 0
    np.testing.assert_allclose(walked.loss[-1000:].mean(), height, rtol=0.015)


def test_in_a_bowl_it_stays_an_eighth_of_h_eta_squared_high():
    h, eta = 3.0, 0.1
    bowl = Landscape("bowl", lambda x: h * x[0] ** 2 / 2, lambda x: h * x, start=(1.0,))
    late = run(rmsprop, bowl, eta=eta, beta2=0.9, steps=2000).loss[-2:]
    np.testing.assert_allclose(late.mean(), h * eta**2 / 8, rtol=0.01)


@pytest.mark.parametrize("beta2", [0.9, 0.99])
def test_rate_rises_just_where_it_is_less_steep_than_of_late(beta2):
    walked = run(rmsprop, cliff, eta=0.01, beta2=beta2)
    slopes, s = cliff.grad(walked.theta.T)[0], walked.memory["s"][:, 0]
    falls = np.diff(s[1:]) < 0
    assert np.array_equal(falls, slopes[1:-1] ** 2 < s[1:-1])
    assert falls.any() and not falls.all()


def test_constant_gradient_makes_the_first_steps_too_long():
    plane = Landscape("plane", lambda x: 7 * x[0], lambda x: np.full_like(x, 7.0), (0.0,))
    steps = -np.diff(run(rmsprop, plane, eta=0.01, steps=1000).theta[:, 0]) / 0.01
    t = np.arange(1, 1001)
    np.testing.assert_allclose(steps, 1 / np.sqrt(1 - 0.999**t), rtol=1e-6)


@pytest.mark.parametrize("steps", [300, 3000])
def test_where_jumps_are_too_long_half_the_eta_leaves_half_the_loss(steps):
    walk = {"beta2": 0.9, "steps": steps, "budget": 60}
    long, short = (run(rmsprop, rosenbrock, eta=eta, **walk).loss[-1] for eta in (0.1, 0.05))
    assert long == pytest.approx(1.05, abs=0.01) and 0.4 < short / long < 0.5


def test_some_fifty_gradients_hold_adagrad_back_for_ever():
    s = run(adagrad, rosenbrock, eta=0.01, steps=1000).memory["s"]
    assert (s[3] / s[-1] < 0.2).all() and (s[50] / s[-1] > 0.8).all()
