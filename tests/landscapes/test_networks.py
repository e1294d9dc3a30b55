"""Networks as landscapes: their gradients, their mini-batches, many at once."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.digits import split
from optim_lib.landscapes.landscape import numerical_gradient
from optim_lib.landscapes.mini_batches import draw
from optim_lib.landscapes.networks import (
    SoftmaxRegression,
    TwoLayers,
    accuracy,
    flat,
    landscape_of,
    matrices,
)
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError

TRAINING, _ = split()
FEW = TRAINING[:20]
RANDOM = np.random.default_rng(0)
NETWORKS = [SoftmaxRegression(), TwoLayers(5)]


@pytest.fixture(params=NETWORKS, ids=lambda network: network.name)
def network(request):
    return request.param


@pytest.fixture
def surface(network):
    return landscape_of(network, FEW)


def test_the_gradient_is_that_of_the_value(surface):
    theta = RANDOM.normal(size=len(surface.start)) / 3
    measured = numerical_gradient(surface.value)(theta)
    np.testing.assert_allclose(surface.grad(theta), measured, rtol=1e-6, atol=1e-8)


def test_the_loss_is_ln_10_where_nothing_is_known_and_finite_where_exp_is_not(surface):
    assert surface.value(np.zeros(len(surface.start))) == pytest.approx(np.log(10))
    assert np.isfinite(surface.value(1e4 * np.asarray(surface.start)))


def test_many_weights_at_once_are_each_alone(network, surface):
    many = RANDOM.normal(size=(len(surface.start), 2, 3))
    values, grads, right = surface.value(many), surface.grad(many), accuracy(network, many, FEW)
    for cell in np.ndindex(2, 3):
        alone = many[:, *cell]
        np.testing.assert_allclose(values[cell], surface.value(alone), rtol=1e-12)
        np.testing.assert_allclose(grads[:, *cell], surface.grad(alone), rtol=1e-10, atol=1e-14)
        assert right[cell] == accuracy(network, alone, FEW)


def test_weights_are_taken_apart_and_put_together(network, surface):
    theta = RANDOM.normal(size=(surface.start.size, 2))
    layers = matrices(theta, network.shapes)
    assert [layer.shape for layer in layers] == [(2, *shape) for shape in network.shapes]
    np.testing.assert_array_equal(flat(layers), theta)


def test_accuracy_is_the_share_of_highest_scores_that_are_the_label():
    w = np.zeros((65, 10))
    w[-1, 3] = 1.0  # whatever the image, it says 3
    assert accuracy(SoftmaxRegression(), w.ravel(), TRAINING) == (TRAINING.labels == 3).mean()


def test_mini_batches_are_those_examples_and_unbiased(network, surface):
    numbers = draw(3, 7, len(FEW))
    for batch in (1, 3, 8):
        first = FEW[numbers[:batch]]
        expected = network.grad(surface.start, first.images, first.labels)
        np.testing.assert_array_equal(surface.sample(batch, seed=3)(surface.start, 7), expected)
    sampled = surface.sample(4, seed=3)
    steps = [sampled(surface.start, step) for step in range(4000)]
    error = np.linalg.norm(np.mean(steps, axis=0) - surface.grad(surface.start))
    assert error < 0.05 * np.linalg.norm(steps, axis=1).mean()


def test_a_batch_that_cannot_be_drawn_is_one_sentence(surface):
    for batch in (0, 21, 2.5):
        with pytest.raises(ArgumentError, match="holds 1 to 20 examples"):
            surface.sample(batch)


def test_every_rule_trains_them_through_the_same_run(rule):
    for network in NETWORKS:
        surface = landscape_of(network, TRAINING[:200])
        walked = run(rule, surface, eta=0.01, steps=40, batch=16, budget=30)
        assert walked.theta.shape == (41, len(surface.start))
        assert walked.loss[-1] < walked.loss[0], network.name


def test_an_enormous_rate_diverges_quietly():
    walked = run(rules.gd, landscape_of(TwoLayers(5), FEW), eta=1e308, steps=20)
    assert walked.diverged_at > 0 and np.isfinite(walked.theta).all()
