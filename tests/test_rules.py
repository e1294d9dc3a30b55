"""Every rule on every landscape, batches, and knobs at their neutral values."""

from types import MappingProxyType

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.rules import (
    adam,
    adam_l2,
    adamw,
    gd,
    momentum,
    nesterov,
    rmsprop,
    sgd,
)
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.run import run

LINE = Landscape("line", lambda theta: theta[0], np.ones_like, start=(0.0,))
SQUARE = Landscape("θ²", lambda theta: theta[0] ** 2, lambda theta: 2 * theta, start=(1.0,))
NOTHING = Landscape("nothing", lambda theta: 0 * theta[0], np.zeros_like, start=(1.0,))


def gentle(rule):
    """An η that every landscape bears: a rule that divides by the size may take larger ones."""
    return 0.01 if "eps" in hyperparameters(rule) else 0.001


def grid_of(rule):
    """(64, 1) and (1, 64) hyperparameters: η down, and whatever else the rule has across."""
    across = {"beta1": (0.0, 0.95), "beta2": (0.9, 0.999), "lam": (0.0, 0.1), "eps": (1e-8, 1e-3)}
    eta = np.geomspace(0.01, 1, 64)[:, None] * gentle(rule)
    knobs = [knob for knob in across if knob in hyperparameters(rule)]
    return {"eta": eta} | {knob: np.linspace(*across[knob], 64)[None, :] for knob in knobs}


# --- one table: every rule × every landscape ---------------------------------------------------


def test_descends_at_a_gentle_setting(rule, landscape):
    walked = run(rule, landscape, eta=gentle(rule))
    assert np.isfinite(walked.theta).all()
    assert walked.diverged_at == -1
    assert walked.loss[-1] < walked.loss[0]


def test_changes_nothing_in_place(rule, landscape):
    theta, memory = np.array(landscape.start), MappingProxyType({})
    for _ in range(3):
        theta.flags.writeable = False  # an attempt to write now raises
        theta, memory = rule(theta, landscape.grad, memory, eta=gentle(rule))
        memory = MappingProxyType(memory)
        for slot in memory.values():
            np.asarray(slot).flags.writeable = False


def test_batch_of_starts_equals_one_by_one(rule, landscape):
    starts = np.array(landscape.start)[:, None] + np.random.default_rng(0).normal(0, 0.1, (2, 5))
    batch = run(rule, landscape, start=starts, steps=50, eta=gentle(rule))
    for i in range(5):
        # A batch of one, since numpy squares the numbers of an array and a lone number differently.
        alone = run(rule, landscape, start=starts[:, [i]], steps=50, eta=gentle(rule))
        assert np.array_equal(batch.theta[..., [i]], alone.theta)


def test_batch_of_etas_equals_one_by_one(rule, landscape):
    etas = np.geomspace(0.01, 1, 5) * gentle(rule)
    batch = run(rule, landscape, steps=50, eta=etas)
    for i in range(5):
        alone = run(rule, landscape, steps=50, eta=etas[[i]])
        assert np.array_equal(batch.theta[..., [i]], alone.theta)
        assert np.array_equal(batch.loss[..., [i]], alone.loss)


def test_batch_equals_lone_numbers_bit_for_bit(rule):
    """In the valley no number is squared on the way, so nothing at all may differ."""
    etas = np.geomspace(0.01, 1, 5) * gentle(rule)
    batch = run(rule, valley(), steps=50, eta=etas)
    for i in range(5):
        assert np.array_equal(batch.theta[..., i], run(rule, valley(), steps=50, eta=etas[i]).theta)


def test_grid_equals_one_by_one(rule):
    grid = grid_of(rule)
    batch = run(rule, rosenbrock, steps=50, **grid).theta
    for i, j in [(0, 0), (0, 63), (63, 0), (63, 63), (21, 42)]:
        here = {knob: a[i % a.shape[0], j % a.shape[1]] for knob, a in grid.items()}
        alone = run(rule, rosenbrock, steps=50, **here).theta
        np.testing.assert_allclose(batch[..., i, j % batch.shape[3]], alone, rtol=1e-12)


# --- collapse: a knob at its neutral value is the previous rung, bit for bit -------------------


@pytest.mark.parametrize(
    "new, neutral, old",
    [
        (sgd, {}, gd),
        (momentum, {"beta1": 0.0}, gd),
        (nesterov, {"beta1": 0.0}, gd),
        (adam_l2, {"lam": 0.0}, adam),
        (adamw, {"lam": 0.0}, adam),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_neutral_knob_is_the_previous_rung(new, neutral, old, landscape):
    ours = run(new, landscape, eta=gentle(old), **neutral)
    assert np.array_equal(ours.theta, run(old, landscape, eta=gentle(old)).theta)


def test_adam_without_direction_is_rmsprop_with_the_correction(landscape):
    """With ε = 0 the correction is a factor on η: RMSProp handed η √(1 − β₂ᵗ) walks Adam's path."""

    def corrected(theta, grad, memory, *, eta, beta2=0.999):
        t = memory.get("t", 0) + 1
        eta_t = eta * np.sqrt(1 - beta2**t)
        theta, memory = rmsprop(theta, grad, memory, eta=eta_t, beta2=beta2, eps=0.0)
        return theta, memory | {"t": t}

    ours = run(adam, landscape, steps=50, eta=0.01, beta1=0.0, eps=0.0)
    theirs = run(corrected, landscape, steps=50, eta=0.01)
    np.testing.assert_allclose(ours.theta, theirs.theta, rtol=1e-9)


def test_a_rule_has_a_docstring_that_names_its_source(rule):
    assert "Source: " in rule.__doc__ and "θ" in rule.__doc__


def test_hyperparameters_are_spelled_and_set_as_on_the_board(rule):
    board = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "lam": 0.01}
    knobs = hyperparameters(rule)
    assert next(iter(knobs)) == "eta"
    assert {knob: board[knob] for knob in knobs if knob != "eta"}.items() <= knobs.items()
