"""Mini-batches: unbiased, their variance ∝ 1/B, drawn once, for one run and for many."""

import numpy as np
import pytest

from optim_lib.landscapes import draw, linear_regression, noisy, points, two_words
from optim_lib.landscapes.mini_batches import EXAMPLES
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.rules import gd, momentum, nesterov, sgd
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError

NOISY = noisy(valley(25), 2.0)
SIZES = 2 ** np.arange(9)  # 1 ... 256
HERE = np.array([-0.3, 0.7])
RANDOM = np.random.default_rng(0)
DRAW = "optim_lib.landscapes.mini_batches.draw"


@pytest.fixture(params=[linear_regression, two_words, NOISY], ids=lambda landscape: landscape.name)
def surface(request):
    return request.param


def gradients(surface, batch, steps=2000):
    """The mini-batch gradients of many steps at one θ: (steps, 2)."""
    sampled = surface.sample(batch, seed=0)
    return np.array([sampled(HERE, step) for step in range(1, steps + 1)])


# --- what a mini-batch says --------------------------------------------------------------------


def test_the_mean_over_all_examples_is_the_gradient(surface, monkeypatch):
    monkeypatch.setattr(DRAW, lambda seed, step, examples: np.arange(examples))
    np.testing.assert_allclose(surface.sample(EXAMPLES)(HERE, 1), surface.grad(HERE), atol=1e-12)


def test_unbiased_and_its_variance_falls_as_one_over_the_batch_size(surface):
    variance = []
    for batch in SIZES:
        sampled = gradients(surface, batch)
        standard_error = sampled.std(axis=0) / np.sqrt(len(sampled))
        assert (np.abs(sampled.mean(axis=0) - surface.grad(HERE)) < 4 * standard_error).all()
        variance.append(((sampled - surface.grad(HERE)) ** 2).sum(axis=1).mean())
    assert np.polyfit(np.log(SIZES), np.log(variance), 1)[0] == pytest.approx(-1, abs=0.03)


def test_the_variance_of_one_example_is_that_of_the_examples():
    a, b = points()
    each = (HERE[0] + HERE[1] * a - b) * np.array([np.ones(EXAMPLES), a])
    sampled = gradients(linear_regression, 1, steps=20_000)
    np.testing.assert_allclose(sampled.var(axis=0), each.var(axis=1), rtol=0.05)


def test_tilts_are_of_the_size_asked_for():
    added = gradients(NOISY, 1, steps=20_000) - NOISY.grad(HERE)
    np.testing.assert_allclose(added.std(axis=0), 2.0, rtol=0.03)
    assert NOISY.name == "noisy valley, κ = 25"
    assert NOISY.formula == "mean of ½ (x² + 25 y²) + cᵢ · θ"


def test_a_step_costs_its_batch_and_not_all_examples(monkeypatch):
    read = []

    class Counted(np.ndarray):
        def __getitem__(self, part):
            read.append(part.stop)
            return np.asarray(self)[part]

    monkeypatch.setattr(DRAW, lambda *which: draw(*which).view(Counted))
    run(sgd, linear_regression, eta=0.1, batch=8, steps=20)
    assert sum(read) == 20 * 8


# --- drawn once --------------------------------------------------------------------------------


def test_a_smaller_batch_is_the_first_part_of_a_larger_one():
    a, b = points()
    for batch in SIZES:
        first = draw(0, 7)[:batch]
        error = (HERE[0] + HERE[1] * a - b)[first]
        by_hand = [error.mean(), (error * a[first]).mean()]
        np.testing.assert_allclose(linear_regression.sample(batch, 0)(HERE, 7), by_hand)


def test_a_draw_is_the_same_each_time_and_another_for_another_seed_or_step():
    before = draw(0, 1).copy()
    draw.cache_clear()
    assert np.array_equal(before, draw(0, 1))
    assert all(not np.array_equal(before, draw(*other)) for other in [(0, 2), (1, 1), (1, 0)])
    with pytest.raises(ValueError):
        draw(0, 1)[0] = 0


def test_every_example_is_drawn_as_often():
    counts = np.bincount(np.concatenate([draw(0, step) for step in range(2000)]))
    assert len(counts) == EXAMPLES
    np.testing.assert_allclose(counts, 2000, rtol=0.1)


def noise_of(**arguments):
    """What the mini-batches of a path added to its exact gradients."""
    walked = run(sgd, NOISY, **{"eta": 0.01, "steps": 50, "batch": 8} | arguments)
    steps, theta = -np.diff(walked.theta, axis=0) / walked.hyper["eta"], walked.theta[:-1]
    return steps - NOISY.grad(theta.T).T


def test_only_the_batch_size_and_the_seed_change_the_draws():
    for other in ({"eta": 0.02}, {"steps": 20}, {"start": (1.0, 1.0)}):
        again = noise_of(**other)
        np.testing.assert_allclose(again, noise_of()[: len(again)], atol=1e-9)
    for other in ({"batch": 16}, {"seed": 1}):
        assert np.abs(noise_of(**other) - noise_of()).min() > 1e-6


def test_without_a_batch_it_is_gradient_descent_bit_for_bit(surface):
    plain = run(gd, surface, eta=0.01)
    assert plain.batch is None
    assert np.array_equal(run(sgd, surface, eta=0.01).theta, plain.theta)
    assert np.array_equal(run(sgd, surface, eta=0.01, noise=0.0).theta, plain.theta)


def test_noise_comes_on_top_of_the_batch():
    plain, batch, noise, both = (
        run(sgd, NOISY, eta=0.01, steps=1, **how).theta[1]
        for how in ({}, {"batch": 8}, {"noise": 0.5}, {"batch": 8, "noise": 0.5})
    )
    np.testing.assert_allclose(both, batch + noise - plain)


# --- many runs at once -------------------------------------------------------------------------


def test_many_runs_equal_one_by_one(surface):
    etas, starts = np.array([[0.01], [0.02]]), RANDOM.uniform(-1, 1, (2, 3))
    for rule in (sgd, momentum, nesterov):
        many = run(rule, surface, start=starts, eta=etas, batch=8, steps=50)
        assert many.theta.shape == (51, 2, 2, 3) and many.loss.shape == (51, 2, 3)
        for i, j in np.ndindex(2, 3):
            alone = run(rule, surface, start=starts[:, j], eta=etas[i, 0], batch=8, steps=50)
            np.testing.assert_allclose(many.theta[..., i, j], alone.theta, rtol=1e-9)
            np.testing.assert_allclose(many.loss[..., i, j], alone.loss, rtol=1e-9)


# --- what cannot be used -----------------------------------------------------------------------


def test_a_batch_that_cannot_be_drawn_is_one_sentence():
    for batch in (0, -1, 257, 2.5):
        with pytest.raises(ArgumentError) as raised:
            run(sgd, linear_regression, eta=0.01, batch=batch)
        assert str(raised.value) == f"A mini-batch holds 1 to 256 examples, not {batch}."
    with pytest.raises(ValueError, match=r"^Rosenbrock is not a mean over examples: leave out ba"):
        run(sgd, rosenbrock, eta=0.001, batch=8)
