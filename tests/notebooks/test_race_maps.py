"""What the race's notebook says of its maps, beyond the numbers that it prints."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes import rosenbrock, valley
from optim_lib.runs.stability import stable_below
from optim_lib.runs.sweep import sweep

WIDE, BETA = (1e-5, 10), (0, 0.999)
SHIFTS = (0, 1e-15, -1e-15)  # of the start: a few last bits


def steps(swept):
    return np.where(swept.hit, swept.reached, np.inf)


def test_momentum_is_fastest_near_beta1_of_095_and_close_to_the_cliff():
    swept = sweep(rules.momentum, rosenbrock, steps=3000, eta=WIDE, beta1=BETA)
    eta, beta1 = swept.axes.values()
    fastest = steps(swept).min(axis=1)
    at = {beta: fastest[np.abs(beta1 - beta).argmin()] for beta in (0.536, 0.9)}
    assert at == {0.536: 2213, 0.9: 454}
    assert 0.93 < beta1[fastest.argmin()] < 0.96 and fastest[beta1 > 0.98].min() > 600
    line, column = swept.best
    assert swept.worse[line, column + 5] and swept.hit[line, column + 3]
    cliff = eta[swept.worse.argmax(axis=1)]
    assert cliff[[0, -1]] == pytest.approx([0.0072, 0.00033], rel=0.02)


def test_the_stripes_begin_where_theory_says_but_for_four_cells():
    bowl = sweep(rules.momentum, valley(25), eta=(1e-3, 10), beta1=BETA)
    eta, beta1 = bowl.axes.values()
    beyond = eta > stable_below(rules.momentum, valley(25), beta1)[:, None]
    assert bowl.worse[beyond].all()
    assert np.argwhere(bowl.worse & ~beyond)[:, 0].tolist() == [60, 61, 62, 63]


def test_rmsprop_arrives_only_with_beta2_near_one():
    swept = sweep(rules.rmsprop, rosenbrock, steps=10_000, eta=WIDE, beta2=(0, 0.9999))
    assert swept.hit.mean() < 0.02
    assert swept.axes["beta2"][swept.hit.any(axis=1)].min() > 0.99


def test_adamw_arrives_up_to_a_lambda_and_far_below_it_does_not_matter():
    swept = sweep(rules.adamw, rosenbrock, steps=10_000, eta=WIDE, lam=(1e-6, 1))
    lam = swept.axes["lam"]
    arrives = swept.hit.any(axis=1)
    assert arrives[lam < 0.006].all() and not arrives[lam > 0.007].any()
    assert swept.settings(swept.best)["lam"] == pytest.approx(1e-6)
    fastest = steps(swept).min(axis=1)[lam < 1e-4]
    assert fastest.max() < 1.01 * fastest.min()


def test_adam_too_is_slow_with_beta1_at_its_default():
    for shift in SHIFTS:
        swept = sweep(rules.adam, rosenbrock, steps=10_000, start=(-1.2 - shift, 1), eta=WIDE)
        assert 4000 < swept.typical.min() < 10_000


def best_of_adam(below, shift):
    start = (-1.2 - shift, 1)
    swept = sweep(rules.adam, rosenbrock, steps=10_000, start=start, eta=(1e-5, below), beta1=BETA)
    return swept.settings(swept.best)


def test_the_last_bit_moves_the_star_of_adam_but_not_on_the_calm_map():
    star, *others = (best_of_adam(10, shift) for shift in SHIFTS)
    assert any(other != star for other in others)
    assert 0.5 < star["eta"] < 1.5
    calm, *others = (best_of_adam(0.2, shift) for shift in SHIFTS)
    assert all(other == calm for other in others)
