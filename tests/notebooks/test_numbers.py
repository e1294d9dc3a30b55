"""The facts about the rules that the notebooks state, to the digits that they print."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import rosenbrock, saddle, valley
from optim_lib.rules import (
    adagrad,
    adam,
    adam_l2,
    adamw,
    gd,
    momentum,
    nesterov,
    rmsprop,
    sgd,
)
from optim_lib.runs.run import run

LINE = Landscape("line", lambda theta: theta[0], np.ones_like, start=(0.0,))
SQUARE = Landscape("θ²", lambda theta: theta[0] ** 2, lambda theta: 2 * theta, start=(1.0,))
NOTHING = Landscape("nothing", lambda theta: 0 * theta[0], np.zeros_like, start=(1.0,))


@pytest.mark.parametrize(
    "rule, hyper, steps",
    [
        (gd, {"eta": 0.001}, 15068),
        (gd, {"eta": 0.0019}, 7901),
        (momentum, {"eta": 0.001, "beta1": 0.9}, 1386),
        (momentum, {"eta": 0.001, "beta1": 0.99}, 1409),
        (nesterov, {"eta": 0.001, "beta1": 0.9}, 1426),
        (adagrad, {"eta": 0.5}, 7898),
        (adam, {"eta": 0.1}, 1139),
        (adam, {"eta": 0.01}, 4215),
        (adam, {"eta": 0.001}, 11240),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_steps_to_a_loss_of_one_millionth_on_rosenbrock(rule, hyper, steps):
    loss = run(rule, rosenbrock, steps=steps, budget=60, **hyper).loss
    assert np.flatnonzero(loss < 1e-6).tolist() == [steps]


def test_nesterov_diverges_where_momentum_converges():
    assert run(nesterov, rosenbrock, eta=0.001, beta1=0.99).diverged_at > 0
    assert run(momentum, rosenbrock, steps=1409, eta=0.001, beta1=0.99).diverged_at == -1


def test_before_it_diverges_nesterov_is_beyond_its_limit_at_the_start_and_from_step_57_on():
    x, y = run(nesterov, rosenbrock, eta=0.001, beta1=0.99, steps=80).theta.T
    too_steep = 0.001 * (1200 * x**2 - 400 * y + 202) > 3.98 / 2.98
    assert np.flatnonzero(too_steep).tolist() == [0, *range(57, 81)]
    walk = run(momentum, rosenbrock, eta=0.001, beta1=0.99)
    assert walk.theta[:, 0].max() == pytest.approx(2.04, abs=0.005)


@pytest.mark.parametrize("eta, floor", [(0.01, 0.022), (0.001, 2e-4)])
def test_rmsprop_never_settles_on_rosenbrock(eta, floor):
    late = run(rmsprop, rosenbrock, steps=20000, budget=60, eta=eta).loss[-1000:]
    np.testing.assert_allclose(late, floor, rtol=0.2)


@pytest.mark.parametrize(
    "rule, inside, outside",
    [
        (gd, 1.9, 2.1),  # the limit of η h is 2
        (momentum, 3.7, 3.9),  # 2 + 2 β₁ = 3.8 at β₁ = 0.9
        (nesterov, 1.3, 1.4),  # (2 + 2 β₁) / (1 + 2 β₁) = 1.357
    ],
)
def test_stable_range_on_a_bowl(rule, inside, outside):
    curvature = 7.0
    bowl = Landscape("bowl", lambda x: curvature * x[0] ** 2 / 2, lambda x: curvature * x, (1.0,))
    walked = run(rule, bowl, eta=np.array([inside, outside]) / curvature)
    assert walked.loss[-1, 0] < 1e-9
    assert walked.loss[-1, 1] > 1e3


@pytest.mark.parametrize(
    "rule, hyper, rate",
    [
        (gd, {"eta": 2 / 1.01}, 0.980198),
        (momentum, {"eta": 3.305785, "beta1": 0.669421}, 9 / 11),
    ],
)
def test_best_rate_on_curvatures_from_a_hundredth_to_one(rule, hyper, rate):
    h = np.array([0.01, 0.1, 1.0])
    bowl = Landscape("bowl", lambda x: (x**2).T @ h / 2, lambda x: h * x, start=(1.0, 1.0, 1.0))
    distance = np.linalg.norm(run(rule, bowl, steps=150, **hyper).theta, axis=1)
    # The slowest part of momentum's path falls as t rateᵗ, so t is divided out.
    t = np.array([100, 150]) if rule is momentum else np.ones(2)
    measured = ((distance[150] / t[1]) / (distance[100] / t[0])) ** (1 / 50)
    assert measured == pytest.approx(rate, rel=0.003)


def test_gd_contracts_a_bowl_by_one_minus_eta_h():
    walked = run(gd, valley(25), steps=10, eta=0.01)
    np.testing.assert_allclose(walked.theta[10], np.array([-2, 0.6]) * [0.99**10, 0.75**10])


def test_momentum_step_grows_to_eta_over_one_minus_beta1():
    walked = run(momentum, LINE, steps=300, eta=0.01, beta1=0.9)
    assert walked.theta[-2, 0] - walked.theta[-1, 0] == pytest.approx(0.01 / (1 - 0.9))


def test_momentum_as_a_mean_is_the_same_path_with_eta_times_one_minus_beta1():
    def mean(theta, grad, memory, *, eta, beta1=0.9):
        v = beta1 * memory.get("v", 0.0) + (1 - beta1) * grad(theta)
        return theta - eta * v, {"v": v}

    as_sum = run(momentum, rosenbrock, eta=0.001 * (1 - 0.9))
    np.testing.assert_allclose(run(mean, rosenbrock, eta=0.001).theta, as_sum.theta, rtol=1e-9)


def test_adagrad_step_falls_as_one_over_the_root_of_t():
    walked = run(adagrad, LINE, steps=100, eta=0.5, eps=0.0)
    steps = -np.diff(walked.theta[:, 0])
    np.testing.assert_allclose(steps, 0.5 / np.sqrt(np.arange(1, 101)), rtol=1e-10)


def test_rmsprop_first_step_is_eta_over_the_root_of_one_minus_beta2():
    first = np.diff(run(rmsprop, rosenbrock, steps=1, eta=0.001).theta, axis=0)[0]
    np.testing.assert_allclose(
        first, [0.0316228, 0.0316228], rtol=1e-6
    )  # against g = (−215.6, −88)


def test_adam_first_step_is_eta():
    first = np.diff(run(adam, rosenbrock, steps=1, eta=0.001).theta, axis=0)[0]
    np.testing.assert_allclose(first, [0.001, 0.001], rtol=1e-6)


def test_adam_two_steps_by_hand():
    walked = run(adam, SQUARE, steps=2, eta=0.1)
    np.testing.assert_allclose(walked.theta[:, 0], [1, 0.9, 0.800412], atol=5e-7)
    np.testing.assert_allclose(walked.memory["m"][:, 0], [0, 0.2, 0.36])
    np.testing.assert_allclose(walked.memory["s"][:, 0], [0, 0.004, 0.007236])
    assert walked.memory["t"].tolist() == [0, 1, 2]
    np.testing.assert_allclose(run(gd, SQUARE, steps=2, eta=0.1).theta[:, 0], [1, 0.8, 0.64])


def test_adam_uncorrected_would_overshoot_and_peak_at_step_12():
    memory = run(adam, LINE, steps=100, eta=0.0).memory
    step = memory["m"][1:, 0] / np.sqrt(memory["s"][1:, 0])  # of η, for a constant gradient
    np.testing.assert_allclose(step[[0, 11, 99]], [3.162, 6.569, 3.241], atol=5e-4)
    assert step.argmax() == 11


def test_adam_does_not_see_the_units_of_f():
    value, grad = rosenbrock.value, rosenbrock.grad
    thousand = Landscape("1000 f", lambda x: 1000 * value(x), lambda x: 1000 * grad(x))
    ours, theirs = (run(adam, f, eta=0.01, eps=0.0).theta for f in (thousand, rosenbrock))
    np.testing.assert_allclose(ours, theirs, rtol=1e-10)


@pytest.mark.parametrize("rule, sees_it", [(gd, False), (momentum, False), (adam, True)])
def test_only_a_size_for_each_coordinate_sees_a_rotation(rule, sees_it):
    turn = np.array([[1, -1], [1, 1]]) / np.sqrt(2)
    f = valley(25)
    turned = Landscape(
        "turned", lambda x: f.value(turn.T @ x), lambda x: turn @ f.grad(turn.T @ x), turn @ f.start
    )
    straight, back = run(rule, f, eta=0.01).theta, run(rule, turned, eta=0.01).theta @ turn
    assert (np.abs(straight - back).max() > 0.01) == sees_it


def test_l2_decay_is_divided_away_and_adamw_decay_is_not():
    lam = np.array([1e-4, 1e-2, 1.0])
    l2, decoupled = (run(rule, NOTHING, steps=10, eta=0.01, lam=lam) for rule in (adam_l2, adamw))
    np.testing.assert_allclose(l2.theta[-1, 0], [0.90036, 0.90035, 0.90035], atol=5e-6)
    np.testing.assert_allclose(decoupled.theta[-1, 0], (1 - 0.01 * lam) ** 10)
    np.testing.assert_allclose(decoupled.theta[-1, 0], [0.99999, 0.99900, 0.90438], atol=5e-6)


def test_adamw_is_shrink_then_step(landscape):
    def shrink_then_step(theta, grad, memory, *, eta, lam=0.1):
        stepped, memory = adam(theta, grad, memory, eta=eta)
        return (1 - eta * lam) * theta + (stepped - theta), memory

    ours = run(adamw, landscape, steps=100, eta=0.01, lam=0.1)
    theirs = run(shrink_then_step, landscape, steps=100, eta=0.01)
    np.testing.assert_allclose(ours.theta, theirs.theta, rtol=1e-9, atol=1e-12)


def test_gd_stays_on_the_ridge_of_a_saddle_and_noise_helps_it_off():
    on_the_ridge = run(gd, saddle, start=(-1.5, 0.0), eta=0.05)
    assert (on_the_ridge.theta[:, 1] == 0).all()
    assert run(sgd, saddle, start=(-1.5, 0.0), eta=0.05, noise=0.01).loss[-1] < 0.01


def test_an_echo_of_one_gradient_explodes_in_the_valley():
    def echo(theta, grad, memory, *, eta, beta1):
        g = grad(theta)
        return theta - eta * (g + beta1 * memory.get("last", 0.0)), {"last": g}

    assert run(echo, valley(25), eta=0.05, beta1=0.999, steps=30).loss[-1] > 1000
