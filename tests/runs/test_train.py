"""Training: the same walk as run()'s, that it learns, and that a seed settles everything."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.digits import split
from optim_lib.landscapes.networks import SoftmaxRegression, TwoLayers, landscape_of
from optim_lib.runs.run import run
from optim_lib.runs.train import progress, train

LEARN, TEST = split()
SMALL = TwoLayers(5)
RATES = {
    rules.gd: 0.5,
    rules.sgd: 0.5,
    rules.momentum: 0.1,
    rules.nesterov: 0.1,
    rules.adagrad: 0.05,
    rules.rmsprop: 0.01,
    rules.adam: 0.01,
    rules.adam_l2: 0.01,
    rules.adamw: 0.01,
}


def test_a_training_is_a_run_bit_for_bit(rule):
    hyper = {"eta": 0.01, "steps": 30, "batch": 8, "seed": 2}
    walked = run(rule, landscape_of(SMALL, LEARN, 2), budget=60, **hyper)
    for every in (7, 1000):
        trained = train(rule, SMALL, LEARN, TEST, every=every, **hyper)
        np.testing.assert_array_equal(trained.theta, walked.theta[-1])
        np.testing.assert_array_equal(trained.loss, walked.loss[trained.steps])
        assert trained.steps[-1] == 30 and (trained.steps[:-1] % every == 0).all()


@pytest.mark.parametrize("network", [SoftmaxRegression(), TwoLayers()], ids=lambda n: n.name)
def test_digits_are_learnt(network):
    for rule, eta in RATES.items():
        hyper = {"lam": 1e-3} if rule in (rules.adamw, rules.adam_l2) else {}
        trained = train(rule, network, LEARN, TEST, eta=eta, steps=300, **hyper)
        assert trained.right[0] < 0.3 < 0.9 < trained.right[-1], rule
        assert trained.loss[-1] < 0.4 and trained.held_out[-1] < 0.45, rule


def test_a_seed_settles_everything():
    once, again, other = (
        train(rules.adam, SMALL, LEARN, TEST, eta=0.01, steps=20, seed=s) for s in (1, 1, 2)
    )
    np.testing.assert_array_equal(once.theta, again.theta)
    assert once.held_out[-1] == again.held_out[-1] != other.held_out[-1]


def test_many_settings_at_once_are_each_alone():
    etas, lams = np.array([0.003, 0.01]), np.array([1e-3, 0.1, 1.0])
    walk = {"steps": 40, "every": 20}
    many = train(rules.adamw, SMALL, LEARN, TEST, eta=etas, lam=lams[:, None], **walk)
    assert many.held_out.shape == (3, 3, 2)
    for i, j in np.ndindex(3, 2):
        alone = train(rules.adamw, SMALL, LEARN, TEST, eta=etas[j], lam=lams[i], **walk)
        np.testing.assert_allclose(many.held_out[:, i, j], alone.held_out, rtol=1e-6)


def test_one_that_diverges_leaves_the_others_alone():
    etas = np.array([0.1, 1e308])
    both = train(rules.gd, SMALL, LEARN, TEST, eta=etas, steps=40, every=10)
    assert both.diverged.tolist() == [False, True] and np.isfinite(both.theta).all()
    alone = train(rules.gd, SMALL, LEARN, TEST, eta=0.1, steps=40, every=10)
    np.testing.assert_allclose(both.held_out[:, 0], alone.held_out, rtol=1e-6)


def test_progress_keeps_one_line(capsys):
    tell = progress("Adam", 20)
    train(rules.adam, SMALL, LEARN, TEST, eta=0.01, steps=20, every=10, tell=tell)
    said = capsys.readouterr().out
    assert said.split("\r")[-1] == "Adam: 20 of 20 steps\n" and said.count("\n") == 1
    assert progress("Adam", 20, telling=False) is None
