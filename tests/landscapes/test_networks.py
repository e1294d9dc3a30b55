"""Networks as landscapes: their gradients, their mini-batches, many at once."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.digits import split
from optim_lib.landscapes.landscape import numerical_gradient
from optim_lib.landscapes.networks import (
    SoftmaxRegression,
    TwoLayers,
    accuracy,
    flat,
    landscape_of,
    matrices,
)
from optim_lib.runs.run import run

LEARN, TEST = split()
FEW = LEARN[:20]
RANDOM = np.random.default_rng(0)


@pytest.fixture(params=[SoftmaxRegression(), TwoLayers(5)], ids=lambda network: network.name)
def network(request):
    return request.param


def test_gradient_is_that_of_the_value(network):
    surface = landscape_of(network, FEW)
    theta = RANDOM.normal(size=len(surface.start)) / 3
    measured = numerical_gradient(surface.value)(theta)
    np.testing.assert_allclose(surface.grad(theta), measured, rtol=1e-6, atol=1e-8)


def test_loss_of_no_knowledge_is_the_logarithm_of_ten(network):
    surface = landscape_of(network, LEARN)
    assert surface.value(np.zeros(len(surface.start))) == pytest.approx(np.log(10))


def test_loss_stays_finite_where_exp_would_not(network):
    surface = landscape_of(network, FEW)
    assert np.isfinite(surface.value(1e4 * np.asarray(surface.start)))


def test_many_weights_at_once_are_each_alone(network):
    surface = landscape_of(network, FEW)
    many = RANDOM.normal(size=(len(surface.start), 2, 3))
    values, grads, right = surface.value(many), surface.grad(many), accuracy(network, many, FEW)
    for cell in np.ndindex(2, 3):
        alone = many[:, *cell]
        np.testing.assert_allclose(values[cell], surface.value(alone), rtol=1e-12)
        np.testing.assert_allclose(grads[:, *cell], surface.grad(alone), rtol=1e-10, atol=1e-14)
        assert right[cell] == accuracy(network, alone, FEW)


def test_weights_are_taken_apart_and_put_together(network):
    theta = RANDOM.normal(size=(landscape_of(network, FEW).start.size, 2))
    layers = matrices(theta, network.shapes)
    assert [layer.shape for layer in layers] == [(2, *shape) for shape in network.shapes]
    np.testing.assert_array_equal(flat(layers), theta)


def test_mini_batches_are_drawn_once_and_unbiased(network):
    surface = landscape_of(network, FEW)
    sampled, again = surface.sample(4, seed=3), surface.sample(4, seed=3)
    np.testing.assert_array_equal(sampled(surface.start, 7), again(surface.start, 7))
    steps = [sampled(surface.start, step) for step in range(4000)]
    wrong = np.linalg.norm(np.mean(steps, axis=0) - surface.grad(surface.start))
    assert wrong < 0.05 * np.linalg.norm(steps, axis=1).mean()


def test_a_smaller_batch_is_the_first_part_of_a_larger_one(network):
    surface = landscape_of(network, FEW)
    drawn = np.random.default_rng((0, 1)).integers(len(FEW), size=8)
    for batch in (1, 3, 8):
        first = FEW[drawn[:batch]]
        expected = network.grad(surface.start, first.images, first.labels)
        np.testing.assert_array_equal(surface.sample(batch, 0)(surface.start, 1), expected)


@pytest.mark.parametrize("batch", [0, 21, 2.5])
def test_a_batch_that_cannot_be_drawn_is_one_sentence(network, batch):
    with pytest.raises(ValueError, match="holds 1 to 20 examples"):
        landscape_of(network, FEW).sample(batch)


def test_every_rule_trains_it_through_the_same_run(rule, network):
    surface = landscape_of(network, LEARN[:200])
    walked = run(rule, surface, eta=0.01, steps=40, batch=16, budget=30)
    assert walked.theta.shape == (41, len(surface.start))
    assert walked.loss[-1] < walked.loss[0]


def test_an_enormous_rate_diverges_quietly():
    walked = run(rules.gd, landscape_of(TwoLayers(5), FEW), eta=1e308, steps=20)
    assert walked.diverged_at > 0 and np.isfinite(walked.theta).all()
