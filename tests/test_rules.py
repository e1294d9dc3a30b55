"""Every rule on every landscape, many at once, and its hyperparameters at their neutral values."""

from types import MappingProxyType

import numpy as np

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.rules import adam, adam_l2, adamw, gd, momentum, nesterov, rmsprop, sgd
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.run import run


def gentle(rule):
    """An η that every landscape bears: a rule that divides by the size may take larger ones."""
    return 0.01 if "eps" in hyperparameters(rule) else 0.001


def grid_of(rule):
    """(64, 1) and (1, 64) hyperparameters: η down, and whatever else the rule has across."""
    across = {"beta1": (0.0, 0.95), "beta2": (0.9, 0.999), "lam": (0.0, 0.1), "eps": (1e-8, 1e-3)}
    eta = np.geomspace(0.01, 1, 64)[:, None] * gentle(rule)
    knobs = [knob for knob in across if knob in hyperparameters(rule)]
    return {"eta": eta} | {knob: np.linspace(*across[knob], 64)[None, :] for knob in knobs}


# --- every rule x every landscape --------------------------------------------------------------


def test_descends_at_a_gentle_setting(rule, landscapes):
    for landscape in landscapes:
        walked = run(rule, landscape, eta=gentle(rule))
        assert np.isfinite(walked.theta).all() and walked.diverged_at == -1, landscape.name
        assert walked.loss[-1] < walked.loss[0], landscape.name


def test_changes_nothing_in_place(rule, landscapes):
    for landscape in landscapes:
        theta, memory = np.array(landscape.start), MappingProxyType({})
        for _ in range(3):
            theta.flags.writeable = False  # an attempt to write now raises
            theta, memory = rule(theta, landscape.grad, memory, eta=gentle(rule))
            memory = MappingProxyType(memory)
            for slot in memory.values():
                np.asarray(slot).flags.writeable = False


def test_many_starts_equal_one_by_one(rule, landscapes):
    nearby = np.random.default_rng(0).normal(0, 0.1, (2, 5))
    for landscape in landscapes:
        starts = np.array(landscape.start)[:, None] + nearby
        many = run(rule, landscape, start=starts, steps=50, eta=gentle(rule))
        for i in range(5):
            # One start of many, since numpy squares an array's numbers and a lone one differently.
            alone = run(rule, landscape, start=starts[:, [i]], steps=50, eta=gentle(rule))
            assert np.array_equal(many.theta[..., [i]], alone.theta), landscape.name


def test_many_etas_equal_one_by_one(rule, landscapes):
    etas = np.geomspace(0.01, 1, 5) * gentle(rule)
    for landscape in landscapes:
        many = run(rule, landscape, steps=50, eta=etas)
        for i in range(5):
            alone = run(rule, landscape, steps=50, eta=etas[[i]])
            assert np.array_equal(many.theta[..., [i]], alone.theta), landscape.name
            assert np.array_equal(many.loss[..., [i]], alone.loss), landscape.name


def test_many_equal_lone_numbers_bit_for_bit(rule):
    """In the valley no number is squared on the way, so nothing at all may differ."""
    etas = np.geomspace(0.01, 1, 5) * gentle(rule)
    many = run(rule, valley(), steps=50, eta=etas)
    for i in range(5):
        assert np.array_equal(many.theta[..., i], run(rule, valley(), steps=50, eta=etas[i]).theta)


def test_a_grid_equals_one_by_one(rule):
    grid = grid_of(rule)
    many = run(rule, rosenbrock, steps=50, **grid).theta
    for i, j in [(0, 0), (0, 63), (63, 0), (63, 63), (21, 42)]:
        here = {knob: a[i % a.shape[0], j % a.shape[1]] for knob, a in grid.items()}
        alone = run(rule, rosenbrock, steps=50, **here).theta
        np.testing.assert_allclose(many[..., i, j % many.shape[3]], alone, rtol=1e-12)


# --- a hyperparameter at its neutral value is the previous rung, bit for bit -------------------


def test_a_neutral_value_is_the_previous_rung(landscape):
    for new, neutral, old in (
        (sgd, {}, gd),
        (momentum, {"beta1": 0.0}, gd),
        (nesterov, {"beta1": 0.0}, gd),
        (adam_l2, {"lam": 0.0}, adam),
        (adamw, {"lam": 0.0}, adam),
    ):
        ours = run(new, landscape, eta=gentle(old), **neutral)
        theirs = run(old, landscape, eta=gentle(old))
        assert np.array_equal(ours.theta, theirs.theta), new.__name__


def test_adam_without_direction_is_rmsprop_with_the_correction(landscape):
    """With ε = 0 the correction is a factor of η: RMSProp with η √(1 − β₂ᵗ) takes Adam's path."""

    def corrected(theta, grad, memory, *, eta, beta2=0.999):
        t = memory.get("t", 0) + 1
        eta_t = eta * np.sqrt(1 - beta2**t)
        theta, memory = rmsprop(theta, grad, memory, eta=eta_t, beta2=beta2, eps=0.0)
        return theta, memory | {"t": t}

    ours = run(adam, landscape, steps=50, eta=0.01, beta1=0.0, eps=0.0)
    theirs = run(corrected, landscape, steps=50, eta=0.01)
    np.testing.assert_allclose(ours.theta, theirs.theta, rtol=1e-9)


# --- as on the board ---------------------------------------------------------------------------


def test_names_its_source_and_spells_and_sets_its_hyperparameters_as_on_the_board(rule):
    assert "Source: " in rule.__doc__ and "θ" in rule.__doc__
    board = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "lam": 0.01}
    knobs = hyperparameters(rule)
    assert next(iter(knobs)) == "eta"
    assert {knob: board[knob] for knob in knobs if knob != "eta"}.items() <= knobs.items()


def test_the_ladder_has_every_rule_but_the_one_that_adamw_is_compared_with(rule):
    assert (rule in rules.LADDER) == (rule is not adam_l2)
