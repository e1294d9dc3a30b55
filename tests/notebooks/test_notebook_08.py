"""What the AdamW notebook says of long runs and of many weights."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.rules import adam_l2, adamw
from optim_lib.runs.run import run


def rest(rule, lam, eta=0.01):
    walked = run(rule, rosenbrock, eta=eta, lam=np.array(lam), steps=20000, budget=60)
    return walked.theta[10000:].mean(axis=0)


def test_adam_with_l2_rests_where_the_penalised_gradient_is_zero():
    lam = np.array([0.1, 0.5, 2, 5])
    x, y = rest(adam_l2, lam)
    np.testing.assert_allclose(x, [0.886, 0.676, 0.424, 0.261], atol=1e-3)
    assert 2 * (x - 1) + lam * x == pytest.approx(-2 * x * lam * y, abs=0.01)  # ∇f + λθ = 0


def test_adamw_rests_in_the_box_of_one_over_lam():
    x, y = rest(adamw, [2, 3, 5])
    np.testing.assert_allclose(x, [1 / 2, 1 / 3, 1 / 5], atol=0.003)
    np.testing.assert_allclose(y, x**2, atol=0.001)


def test_adamw_hovers_nearer_to_a_minimum_in_the_box_with_a_smaller_eta():
    far, near = (rest(adamw, 0.5, eta)[0] for eta in (0.01, 0.001))
    assert 0.87 < far < 0.89 < near < 1


@pytest.mark.parametrize("rule, left", [(adam_l2, (0.905, 0.135)), (adamw, (0.368, 0.368))])
def test_two_unlike_weights(rule, left):
    flat = Landscape("flat", lambda theta: 0 * theta[0], np.zeros_like, start=np.ones(2000))
    sigma = np.repeat([10, 0.5], 1000)
    end = run(rule, flat, noise=sigma, eta=0.01, lam=0.1, steps=1000).theta[-1]
    np.testing.assert_allclose([end[:1000].mean(), end[1000:].mean()], left, atol=0.02)
