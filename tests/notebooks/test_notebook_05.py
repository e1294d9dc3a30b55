"""What the notebook on AdaGrad states, where it takes many steps or hangs on the last bit."""

import numpy as np
import pytest

from optim_lib.landscapes.least_squares import two_words
from optim_lib.landscapes.surfaces import cliff, rosenbrock
from optim_lib.rules import adagrad, gd, sgd
from optim_lib.runs.run import run


def test_huge_eps_is_gradient_descent_bit_for_bit(landscape):
    huge = 2.0**100
    deaf = run(adagrad, landscape, eta=0.001 * huge, eps=huge)
    assert np.array_equal(deaf.theta, run(gd, landscape, eta=0.001).theta)


def test_first_three_gradients_set_the_rate_on_rosenbrock():
    s = run(adagrad, rosenbrock, eta=0.5, steps=8000, budget=60).memory["s"]
    np.testing.assert_allclose(s[3] / s[-1], [0.96, 0.97], atol=0.005)
    assert (np.diff(s, axis=0) >= 0).all()


@pytest.mark.parametrize("eta", [0.05, 5.0])
def test_eta_still_matters(eta):
    assert run(adagrad, rosenbrock, eta=eta, steps=8000, budget=60).loss[-1] > 0.01


@pytest.mark.parametrize("heard_every", [4, 16])
def test_rate_of_a_word_falls_with_how_often_it_was_heard(heard_every):
    theta, memory = np.zeros(2), {}
    for t in range(1, 161):
        gradient = np.array([1.0, t % heard_every == 0])
        theta, memory = adagrad(theta, lambda theta, g=gradient: g, memory, eta=0.5)
    common, rare = memory["s"]
    assert np.sqrt(common / rare) == np.sqrt(heard_every)


@pytest.mark.parametrize("seed", range(5))
def test_rare_word_is_learnt_sooner_than_by_sgd(seed):
    ours, theirs = (
        run(rule, two_words, batch=8, eta=1.0, steps=20, seed=seed).theta[-1, 1]
        for rule in (adagrad, sgd)
    )
    assert theirs < ours < two_words.minimum[1]


def test_cliff_is_remembered_on_the_plain():
    ours, theirs = (run(rule, cliff, eta=0.1).theta[-1, 0] for rule in (adagrad, gd))
    assert ours < 0 and theirs > 1.8
