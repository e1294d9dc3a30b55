"""Mini-batches: unbiased, their variance ∝ 1/B, drawn once, for one run and for many."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import numerical_gradient
from optim_lib.landscapes.least_squares import (
    EXAMPLES,
    drawn,
    least_squares,
    noisy,
    points,
    two_words,
)
from optim_lib.landscapes.surfaces import rosenbrock, saddle, valley
from optim_lib.panels.explore import explore
from optim_lib.rules import gd, momentum, nesterov, sgd
from optim_lib.runs.run import run

NOISY = noisy(valley(25), 2.0)
SUMS = [least_squares, two_words, NOISY]
SIZES = 2 ** np.arange(9)  # 1 ... 256
HERE = np.array([-0.3, 0.7])
RANDOM = np.random.default_rng(0)


@pytest.fixture(params=SUMS, ids=lambda surface: surface.name)
def surface(request):
    return request.param


def gradients(surface, batch, steps=2000, seed=0, theta=HERE):
    """The mini-batch gradients of many steps at one θ: (steps, 2)."""
    sampled = surface.sample(batch, seed)
    return np.array([sampled(theta, step) for step in range(1, steps + 1)])


# --- the loss and its gradient -----------------------------------------------------------------


def test_loss_is_the_mean_over_the_points_less_its_least():
    (a, b), (x, y) = points(), RANDOM.uniform(-2, 2, (2, 50))

    def mean(x, y):
        return (0.5 * (x + y * a[:, None] - b[:, None]) ** 2).mean(axis=0)

    best = np.polynomial.Polynomial.fit(a, b, 1).convert().coef
    np.testing.assert_allclose(best, least_squares.minimum, rtol=1e-10)
    np.testing.assert_allclose(least_squares.value(np.array([x, y])), mean(x, y) - mean(*best))


def test_gradient_is_that_of_the_value(surface):
    theta = RANDOM.uniform(-2, 2, (2, 200))
    measured = numerical_gradient(surface.value)(theta)
    np.testing.assert_allclose(surface.grad(theta), measured, rtol=1e-6, atol=1e-6)


def test_minimum_is_the_least_and_never_below_zero(surface):
    minimum = np.array(surface.minimum)
    around = minimum[:, None] + RANDOM.normal(size=(2, 500)) * np.geomspace(1e-12, 1, 500)
    assert surface.value(minimum) == 0 and not surface.grad(minimum).any()
    assert (surface.value(around) > 0).all()


def test_path_of_gd_comes_to_the_minimum_to_the_last_digits():
    walked = run(gd, least_squares, eta=1.0, steps=100)
    assert (walked.loss >= 0).all() and walked.loss[-1] < 1e-25


# --- the mini-batch ----------------------------------------------------------------------------


def test_mean_over_all_examples_is_the_gradient(surface, monkeypatch):
    monkeypatch.setattr(
        "optim_lib.landscapes.least_squares.drawn", lambda seed, step: np.arange(EXAMPLES)
    )
    np.testing.assert_allclose(surface.sample(EXAMPLES)(HERE, 1), surface.grad(HERE), atol=1e-12)


@pytest.mark.parametrize("batch", [1, 16, 256])
def test_unbiased(surface, batch):
    drawn = gradients(surface, batch)
    standard_error = drawn.std(axis=0) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - surface.grad(HERE)) < 4 * standard_error).all()


def test_variance_falls_as_one_over_the_batch_size(surface):
    variance = [((gradients(surface, B) - surface.grad(HERE)) ** 2).sum(axis=1) for B in SIZES]
    slope = np.polyfit(np.log(SIZES), np.log(np.mean(variance, axis=1)), 1)[0]
    assert slope == pytest.approx(-1, abs=0.03)


def test_variance_of_one_example_is_that_of_the_examples():
    a, b = points()
    residuals = HERE[0] + HERE[1] * a - b
    each = residuals * np.array([np.ones(EXAMPLES), a])
    drawn = gradients(least_squares, 1, steps=20_000)
    np.testing.assert_allclose(drawn.var(axis=0), each.var(axis=1), rtol=0.05)


def test_tilts_are_of_the_size_asked_for():
    drawn = gradients(NOISY, 1, steps=20_000) - NOISY.grad(HERE)
    np.testing.assert_allclose(drawn.std(axis=0), 2.0, rtol=0.03)
    assert NOISY.name == "noisy valley, κ = 25" and NOISY.value is not None


@pytest.mark.parametrize("batch", [1, 8])
def test_cost_of_a_step_is_the_batch_and_not_the_examples(batch, monkeypatch):
    read = []
    whole = drawn

    class Counted(np.ndarray):
        def __getitem__(self, part):
            read.append(part.stop)
            return np.asarray(self)[part]

    monkeypatch.setattr(
        "optim_lib.landscapes.least_squares.drawn", lambda *which: whole(*which).view(Counted)
    )
    run(sgd, least_squares, eta=0.1, batch=batch, steps=20)
    assert sum(read) == 20 * batch


# --- drawn once --------------------------------------------------------------------------------


def test_smaller_batch_is_the_first_part_of_a_larger_one():
    a, b = points()
    for B in SIZES:
        error = HERE[0] + HERE[1] * a - b
        first = drawn(0, 7)[:B]
        by_hand = [error[first].mean(), (error * a)[first].mean()]
        np.testing.assert_allclose(least_squares.sample(B, 0)(HERE, 7), by_hand)


def test_draw_is_the_same_each_time_and_another_for_another_seed_or_step():
    drawn.cache_clear()
    before = drawn(0, 1).copy()
    drawn.cache_clear()
    assert np.array_equal(before, drawn(0, 1)) and set(before) <= set(range(EXAMPLES))
    assert all(not np.array_equal(before, drawn(*other)) for other in [(0, 2), (1, 1), (1, 0)])
    with pytest.raises(ValueError):
        drawn(0, 1)[0] = 0


def test_every_example_is_drawn_as_often():
    counts = np.bincount(np.concatenate([drawn(0, step) for step in range(2000)]))
    assert len(counts) == EXAMPLES
    np.testing.assert_allclose(counts, 2000, rtol=0.1)


def noise_of(rule=sgd, **arguments):
    """What the mini-batches of a path added to its exact gradients."""
    walked = run(rule, NOISY, **{"eta": 0.01, "steps": 50, "batch": 8} | arguments)
    steps, theta = -np.diff(walked.theta, axis=0) / walked.hyper["eta"], walked.theta[:-1]
    return steps - np.moveaxis(NOISY.grad(np.moveaxis(theta, 0, -1)), -1, 0)


@pytest.mark.parametrize("other", [{"eta": 0.02}, {"steps": 20}, {"start": (1.0, 1.0)}], ids=str)
def test_another_argument_leaves_the_draws_alone(other):
    again = noise_of(**other)
    np.testing.assert_allclose(again, noise_of()[: len(again)], atol=1e-9)


@pytest.mark.parametrize("other", [{"batch": 16}, {"seed": 1}], ids=str)
def test_batch_size_and_seed_change_them(other):
    assert np.abs(noise_of(**other) - noise_of()).min() > 1e-6


def test_run_is_the_same_run_again(surface):
    once, again = (run(sgd, surface, eta=0.01, batch=4, seed=5) for _ in range(2))
    assert np.array_equal(once.theta, again.theta) and once.batch == 4


def test_without_a_batch_it_is_gradient_descent_bit_for_bit(surface):
    plain = run(gd, surface, eta=0.01)
    assert plain.batch is None
    assert np.array_equal(run(sgd, surface, eta=0.01).theta, plain.theta)
    assert np.array_equal(run(sgd, surface, eta=0.01, noise=0.0).theta, plain.theta)


def test_noise_comes_on_top_of_the_batch():
    eta = 0.01
    batch, both = (run(sgd, NOISY, eta=eta, batch=8, steps=1, noise=n) for n in (None, 0.5))
    flat = run(sgd, NOISY, eta=eta, steps=1, noise=0.5).theta[1] - run(gd, NOISY, eta=eta).theta[1]
    np.testing.assert_allclose(both.theta[1], batch.theta[1] + flat)


# --- many runs at once -------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [sgd, momentum, nesterov], ids=lambda rule: rule.__name__)
def test_many_runs_equal_one_by_one(rule, surface):
    etas, starts = np.array([[0.01], [0.02]]), RANDOM.uniform(-1, 1, (2, 3))
    many = run(rule, surface, start=starts, eta=etas, batch=8, steps=50)
    assert many.theta.shape == (51, 2, 2, 3) and many.loss.shape == (51, 2, 3)
    for i, j in np.ndindex(2, 3):
        alone = run(rule, surface, start=starts[:, j], eta=etas[i, 0], batch=8, steps=50)
        np.testing.assert_allclose(many.theta[..., i, j], alone.theta, rtol=1e-9)
        np.testing.assert_allclose(many.loss[..., i, j], alone.loss, rtol=1e-9)


def test_mesh_is_height_of_every_point(surface):
    mesh = np.array(np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-1, 1, 4)))
    assert surface.value(mesh).shape == (4, 5) and surface.grad(mesh).shape == (2, 4, 5)
    np.testing.assert_allclose(surface.value(mesh)[3, 1], surface.value(mesh[:, 3, 1]))


# --- what cannot be used -----------------------------------------------------------------------


@pytest.mark.parametrize("batch", [0, -1, 257, 2.5])
def test_batch_of_no_use_is_refused_in_one_sentence(batch, surface):
    with pytest.raises(ValueError, match=rf"^A mini-batch holds 1 to 256 examples, not {batch}\.$"):
        run(sgd, surface, eta=0.01, batch=batch)


def test_landscape_without_examples_is_refused_in_one_sentence():
    with pytest.raises(ValueError, match=r"^Rosenbrock is not a mean over examples: leave out ba"):
        run(sgd, rosenbrock, eta=0.001, batch=8)


# --- what the notebook states ------------------------------------------------------------------


def test_noise_leads_off_the_ridge_of_the_saddle():
    wall, ridge = noisy(saddle, 1.0), (-1.5, 0.0)
    assert (run(gd, wall, start=ridge, eta=0.05).theta[:, 1] == 0).all()
    for batch in SIZES[:6]:
        assert run(sgd, wall, start=ridge, eta=0.02, batch=batch, steps=300).loss[-1] < 0.2


# --- the panel ---------------------------------------------------------------------------------


@pytest.fixture
def panel():
    shown = explore(sgd, before=gd, on=least_squares, eta=0.3, batch=1, steps=50)
    yield shown
    shown.close()


def test_panel_has_a_knob_for_the_batch_size(panel):
    assert panel.controls["batch"].value == 1 and panel.run.batch == 1
    assert "|B| = 1:" in panel.picture.sentence
    for B in (256, 1, 8):
        panel.controls["batch"].value = B
        assert panel.error is None
        same = run(sgd, least_squares, eta=0.3, batch=B, steps=50)
        assert np.array_equal(panel.run.theta, same.theta)


def test_ghost_of_gd_takes_the_exact_gradient_and_any_other_the_same_mini_batch(panel):
    exact = run(gd, least_squares, eta=0.3, steps=50)
    assert np.array_equal(panel.ghost.theta, exact.theta) and panel.ghost.batch is None
    other = explore(momentum, before=sgd, on=least_squares, eta=0.1, steps=50)
    noisy_ghost = run(sgd, least_squares, eta=0.1, batch=8, steps=50)
    assert np.array_equal(other.ghost.theta, noisy_ghost.theta)
    other.close()


def knob_of(panel, name):
    """The slider and the box of one parameter."""
    rows = [view for row in panel._rows for view in row.children if hasattr(view, "children")]
    return next(view.children for view in rows if panel.controls[name] in view.children)


def test_knob_rests_while_the_landscape_has_no_examples(panel):
    panel.controls["landscape"].value = rosenbrock
    assert panel.controls["batch"].disabled and panel.error is None and panel.run.batch is None
    assert [view.disabled for view in knob_of(panel, "batch")] == [True, True]
    panel.controls["landscape"].value = least_squares
    assert not panel.controls["batch"].disabled and panel.run.batch == 1


def test_no_knob_where_there_are_no_examples():
    plain = explore(sgd, on=rosenbrock)
    assert "batch" not in plain.controls and "|B|" not in plain.picture.sentence
    plain.close()
