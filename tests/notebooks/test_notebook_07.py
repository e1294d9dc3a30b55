"""The longer numbers of the notebook on Adam."""

import numpy as np
import pytest

from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.landscapes.transforms import stretched
from optim_lib.rules import adam, gd, momentum, rmsprop
from optim_lib.runs.run import run

ETAS = np.array([0.0001, 0.0005, 0.001, 0.0019, 0.005, 0.01, 0.1, 0.5, 1])


@pytest.mark.parametrize(
    "rule, steps",
    [
        (gd, [0, 0, 15068, 7901, 0, 0, 0, 0, 0]),
        (momentum, [14975, 2906, 1386, 774, 0, 0, 0, 0, 0]),
        (adam, [0, 14614, 11240, 8920, 5968, 4215, 1139, 618, 0]),
    ],
)
def test_steps_to_one_millionth_for_many_eta(rule, steps):
    there = run(rule, rosenbrock, eta=ETAS, steps=16_000, budget=60).loss < 1e-6
    assert there.argmax(axis=0).tolist() == steps


def test_gd_on_the_stretched_valley_is_gd_with_the_gradient_over_the_root_of_s():
    s = np.array([4.0, 225.0])

    def preconditioned(theta, grad, memory, *, eta):
        return theta - eta * grad(theta) / np.sqrt(s), {}

    walked = run(preconditioned, valley(25), eta=0.9, steps=30).theta
    u = run(gd, stretched(valley(25), s**0.25), eta=0.9, steps=30).theta
    np.testing.assert_allclose(u / s**0.25, walked, atol=1e-12)


@pytest.mark.parametrize("rule, hyper, end", [(adam, (0, 0.1, 0), 1), (gd, None, -1)])
def test_reddis_counterexample(rule, hyper, end):
    hyper = {} if hyper is None else dict(zip(("beta1", "beta2", "eps"), hyper, strict=True))
    x, memory = 0.0, {}
    for t in range(1, 3002):
        slope = 3.0 if t % 3 == 1 else -1.0
        x, memory = rule(x, lambda x, g=slope: g, memory, eta=1 / np.sqrt(t), **hyper)
        x = np.clip(x, -1, 1)
    assert x == pytest.approx(end, abs=0.05)


def test_after_the_first_touch_momentum_stays_and_adam_with_a_large_eta_does_not():
    def later_above(rule, eta):
        loss = run(rule, rosenbrock, eta=eta, steps=16_000, budget=60).loss
        return (loss[np.argmax(loss < 1e-6) :] >= 1e-6).mean()

    assert later_above(momentum, 0.001) == later_above(momentum, 0.0019) == 0
    assert later_above(adam, 0.1) == pytest.approx(0.45, abs=0.1)
    assert later_above(adam, 0.5) > 0.9


@pytest.mark.parametrize("start", [(-1.2, 1.0), (-1.5, 0.5), (-0.5, 1.5), (0.5, -0.3)])
def test_rmsprop_leaps_out_of_the_picture_and_is_thrown_back_into_the_valley(start):
    x, y = run(rmsprop, rosenbrock, start=start, eta=0.05, steps=500).theta.T
    (left, right), (bottom, top) = rosenbrock.window
    assert not ((left < x) & (x < right) & (bottom < y) & (y < top)).all()
    assert abs(y[-1] - x[-1] ** 2) < 0.1
