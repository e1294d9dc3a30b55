"""What the notebooks say that no output of theirs shows: nbval compares all the rest.

The answers of bets that only a moved slider confirms, formulas at other numbers than the printed
ones, and what is said of many steps, seeds and starts. What the race says of its maps is in
test_race_maps.py.
"""

import numpy as np
import pytest

from optim_lib.landscapes import (
    Landscape,
    cliff,
    draw,
    linear_regression,
    points,
    rosenbrock,
    stretched,
    two_words,
    valley,
)
from optim_lib.landscapes.mini_batches import EXAMPLES
from optim_lib.rules import adagrad, adam, adamw, gd, momentum, nesterov, rmsprop, sgd
from optim_lib.runs.run import run

A, B = points()


def settles(walk):
    """The first step from which on the loss stays below a hundredth of what it was."""
    return len(walk.loss) - np.argmax(walk.loss[::-1] >= walk.loss[0] / 100)


# --- 00 Start ----------------------------------------------------------------------------------


def test_00_an_echo_of_one_gradient_explodes_with_beta1_at_its_end():
    def echo(theta, grad, memory, *, eta, beta1):
        g = grad(theta)
        return theta - eta * (g + beta1 * memory.get("last", 0.0)), {"last": g}

    assert run(echo, valley(25), eta=0.05, beta1=0.999, steps=30).loss[-1] > 1000


# --- 01 Gradient descent -----------------------------------------------------------------------


def test_01_a_larger_eta_may_settle_later():
    some, more = (run(gd, valley(25), eta=eta, steps=1000) for eta in (0.07, 0.0799))
    assert settles(some) < 50 < settles(more)


def test_01_the_best_eta_of_other_valleys_and_its_rate():
    for kappa in (4, 100):
        etas = 2 / (1 + kappa) * np.array([0.97, 1.0, 1.03])
        distance = np.linalg.norm(run(gd, valley(kappa), eta=etas, steps=400).theta, axis=1)
        assert distance[-1].argmin() == 1
        rate = (distance[60, 1] / distance[40, 1]) ** (1 / 20)
        assert rate == pytest.approx((kappa - 1) / (kappa + 1), rel=1e-9)


# --- 02 Stochastic gradient descent ------------------------------------------------------------


def test_02_the_least_mean_is_0273_and_shown_as_zero():
    x, y = linear_regression.minimum
    assert ((x + y * A - B) ** 2).mean() / 2 == pytest.approx(0.273, abs=5e-4)
    assert linear_regression.value(np.array([x, y])) == 0


def test_02_a_batch_as_large_as_the_examples_misses_a_third_of_them():
    different = [len(set(draw(0, step).tolist())) for step in range(1000)]
    assert np.mean(different) / EXAMPLES == pytest.approx(1 - 1 / np.e, abs=0.005)


def test_02_the_noise_floor_of_a_line_through_points_for_several_seeds():
    x, y = linear_regression.minimum
    e = x + y * A - B
    variance = (e**2 * (1 + A**2)).mean() / 8
    for seed in range(3):
        walk = run(sgd, linear_regression, eta=0.1, batch=8, steps=10_000, seed=seed, budget=60)
        assert walk.loss[5000:].mean() == pytest.approx(0.1 * variance / 1.9 / 2, rel=0.05)


# --- 03 Momentum, 04 Nesterov ------------------------------------------------------------------


def test_03_more_memory_settles_later_in_the_valley():
    some, more = (run(momentum, valley(25), eta=0.01, beta1=b, steps=1000) for b in (0.9, 0.99))
    assert settles(some) < 100 < settles(more)


def test_04_nesterov_is_beyond_its_limit_at_the_start_and_from_step_57_on():
    x, y = run(nesterov, rosenbrock, eta=0.001, beta1=0.99, steps=80).theta.T
    too_steep = 0.001 * (1200 * x**2 - 400 * y + 202) > 3.98 / 2.98
    assert np.flatnonzero(too_steep).tolist() == [0, *range(57, 81)]
    walk = run(momentum, rosenbrock, eta=0.001, beta1=0.99)
    assert walk.theta[:, 0].max() == pytest.approx(2.04, abs=0.005)


# --- 05 AdaGrad, 06 RMSProp --------------------------------------------------------------------


def test_05_the_rare_word_is_learnt_sooner_than_by_sgd_for_several_seeds():
    for seed in range(5):
        ours, theirs = (
            run(rule, two_words, batch=8, eta=1.0, steps=20, seed=seed).theta[-1, 1]
            for rule in (adagrad, sgd)
        )
        assert theirs < ours < two_words.minimum[1]


def test_06_some_fifty_gradients_hold_adagrad_back_for_ever():
    s = run(adagrad, rosenbrock, eta=0.01, steps=1000).memory["s"]
    assert (s[3] / s[-1] < 0.2).all() and (s[50] / s[-1] > 0.8).all()


def test_06_without_any_memory_each_step_is_as_long_as_eta():
    walk = run(rmsprop, rosenbrock, eta=0.01, beta2=0.0, steps=50)
    np.testing.assert_allclose(np.abs(np.diff(walk.theta, axis=0)), 0.01, rtol=1e-6)


def test_06_the_rate_rises_just_where_it_is_less_steep_for_other_beta2():
    for beta2 in (0.9, 0.99):
        walk = run(rmsprop, cliff, eta=0.01, beta2=beta2)
        slopes, s = cliff.grad(walk.theta.T)[0], walk.memory["s"][:, 0]
        falls = np.diff(s[1:]) < 0
        assert np.array_equal(falls, slopes[1:-1] ** 2 < s[1:-1])
        assert falls.any() and not falls.all()


def test_06_where_jumps_are_too_long_time_does_not_help_and_half_the_eta_leaves_half_the_loss():
    for steps in (300, 3000):
        walk = {"beta2": 0.9, "steps": steps, "budget": 60}
        long, short = (run(rmsprop, rosenbrock, eta=eta, **walk).loss[-1] for eta in (0.1, 0.05))
        assert long == pytest.approx(1.05, abs=0.01) and 0.4 < short / long < 0.5


def test_06_in_a_bowl_it_stays_an_eighth_of_h_eta_squared_high():
    h, eta = 3.0, 0.1
    bowl = Landscape("bowl", lambda x: h * x[0] ** 2 / 2, lambda x: h * x, start=(1.0,))
    late = run(rmsprop, bowl, eta=eta, beta2=0.9, steps=2000).loss[-2:]
    np.testing.assert_allclose(late.mean(), h * eta**2 / 8, rtol=0.01)


# --- 07 Adam, 08 AdamW -------------------------------------------------------------------------


def test_07_gd_on_the_stretched_valley_is_gd_with_the_gradient_over_the_root_of_s():
    s = np.array([4.0, 225.0])

    def preconditioned(theta, grad, memory, *, eta):
        return theta - eta * grad(theta) / np.sqrt(s), {}

    walked = run(preconditioned, valley(25), eta=0.9, steps=30).theta
    u = run(gd, stretched(valley(25), s**0.25), eta=0.9, steps=30).theta
    np.testing.assert_allclose(u / s**0.25, walked, atol=1e-12)


def test_07_after_the_first_touch_momentum_stays_and_adam_with_a_large_eta_does_not():
    def later_above(rule, eta):
        loss = run(rule, rosenbrock, eta=eta, steps=16_000, budget=60).loss
        return (loss[np.argmax(loss < 1e-6) :] >= 1e-6).mean()

    assert later_above(momentum, 0.001) == later_above(momentum, 0.0019) == 0
    assert later_above(adam, 0.1) == pytest.approx(0.45, abs=0.1)
    assert later_above(adam, 0.5) > 0.9


def test_07_rmsprop_leaps_out_of_the_picture_and_is_thrown_back_into_the_valley():
    (left, right), (bottom, top) = rosenbrock.window
    for start in ((-1.2, 1.0), (-1.5, 0.5), (-0.5, 1.5), (0.5, -0.3)):
        x, y = run(rmsprop, rosenbrock, start=start, eta=0.05, steps=500).theta.T
        assert not ((left < x) & (x < right) & (bottom < y) & (y < top)).all()
        assert abs(y[-1] - x[-1] ** 2) < 0.1


def test_08_adamw_hovers_nearer_to_a_minimum_in_the_box_with_a_smaller_eta():
    far, near = (
        run(adamw, rosenbrock, eta=eta, lam=0.5, steps=20_000, budget=60).theta[10_000:, 0].mean()
        for eta in (0.01, 0.001)
    )
    assert 0.87 < far < 0.89 < near < 1
