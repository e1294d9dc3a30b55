"""Many settings tried at once: what comes of each is what a run of its own comes to."""

from dataclasses import replace

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes import linear_regression
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.runs import errors
from optim_lib.runs.run import run
from optim_lib.runs.sweep import sweep
from optim_lib.text import ArgumentError

ETAS = np.array([1e-4, 1e-3, 2e-3, 0.01, 0.5])
BETAS = np.array([0.0, 0.5, 0.9])


def alone(swept, cell):
    """(reached, last loss, diverged_at) of a cell, by a run of its own.

    Its η is an array of one: for plain numbers numpy takes powers by another road, to other digits.
    """
    settings = swept.settings(cell) | {"eta": np.array([swept.settings(cell)["eta"]])}
    walked = run(swept.rule, swept.landscape, steps=swept.steps, **settings)
    above = np.flatnonzero(~(walked.loss[:, 0] < swept.target))
    last = above[-1] + 1 if len(above) else 0
    reached = last if last <= swept.steps and walked.diverged_at < 0 else -1
    return reached, walked.loss[-1, 0], walked.diverged_at[0]


def test_in_eta_it_is_a_run_of_its_own_bit_for_bit(rule):
    swept = sweep(rule, rosenbrock, steps=400, target=0.01, eta=ETAS)
    for i in range(len(ETAS)):
        reached, loss, diverged_at = alone(swept, (i,))
        assert swept.loss[i] == loss and swept.diverged_at[i] == diverged_at
        assert swept.hit[i] == (reached >= 0) and (reached < 0 or swept.reached[i] == reached)


@pytest.mark.parametrize("rule", [rules.momentum, rules.nesterov, rules.adam, rules.adamw])
def test_in_eta_and_beta1_it_is_a_run_of_its_own(rule):
    swept = sweep(rule, valley(), steps=200, target=0.01, eta=ETAS, beta1=BETAS)
    assert swept.loss.shape == (3, 5)
    for cell in np.ndindex(3, 5):
        reached, loss, diverged_at = alone(swept, cell)
        np.testing.assert_allclose(swept.loss[cell], loss, rtol=1e-12)
        assert swept.diverged_at[cell] == diverged_at
        assert swept.hit[cell] == (reached >= 0) and (reached < 0 or swept.reached[cell] == reached)


def test_what_is_typical_is_no_single_lucky_cell():
    swept = sweep(rules.gd, valley(25), steps=200, eta=(0.01, 0.1, 20))
    lucky = replace(swept, reached=np.where(np.arange(20) == 8, 1, swept.reached))
    assert lucky.reached[lucky.best] == 1 and lucky.typical.min() == swept.typical.min() > 1
    reached = np.where(swept.hit, swept.reached, np.inf)
    assert swept.typical[10] == np.median(reached[8:13])
    assert np.isinf(replace(swept, reached=np.full(20, -1)).typical).all()


def test_a_memory_that_overflows_is_the_end_of_a_path_too():
    def hoarding(theta, grad, memory, *, eta):
        return theta - 1e-3 * grad(theta), {"s": (memory.get("s", 0.0) + grad(theta) ** 2) * eta}

    swept = sweep(hoarding, rosenbrock, steps=20, eta=[1.0, 1e20, 1e40])
    assert swept.diverged_at.tolist() == [alone(swept, (i,))[2] for i in range(3)] == [-1, 16, 8]


def test_on_mini_batches_too():
    walks = {"steps": 50, "batch": 4, "seed": 1}
    swept = sweep(rules.sgd, linear_regression, eta=ETAS, **walks)
    walked = run(rules.sgd, linear_regression, eta=ETAS, **walks)
    np.testing.assert_array_equal(swept.loss, walked.loss[-1])


def test_the_quadratic_is_stable_where_theory_says():
    swept = sweep(rules.gd, valley(25), steps=2000, eta=[0.079, 0.081])
    assert swept.worse.tolist() == [False, True]


def test_whoever_only_flies_past_the_minimum_has_not_reached_it():
    swept = sweep(rules.momentum, valley(1), start=(-1, 0), steps=6, target=0.05, eta=[0.3])
    loss = run(rules.momentum, valley(1), start=(-1, 0), steps=6, eta=0.3).loss
    assert loss.min() < 0.05 < loss[-1] and not swept.hit.any()


def test_the_best_reached_the_target_first_and_else_came_lowest():
    swept = sweep(rules.momentum, rosenbrock, steps=2000, eta=ETAS, beta1=BETAS)
    assert swept.settings(swept.best) == {"eta": 0.002, "beta1": 0.9}
    assert swept.reached[2, 1] == 1386
    short = sweep(rules.momentum, rosenbrock, steps=20, eta=ETAS, beta1=BETAS)
    assert short.loss[short.best] == short.loss[~short.worse].min()


def test_ends_are_filled_in_equal_ratios():
    swept = sweep(rules.adam, rosenbrock, steps=1, eta=(1e-4, 1), beta1=(0, 0.999))
    eta, beta1 = swept.axes.values()
    assert len(eta) == len(beta1) == 64
    np.testing.assert_allclose(eta[[0, -1]], [1e-4, 1])
    np.testing.assert_allclose(beta1[[0, -1]], [0, 0.999])
    np.testing.assert_allclose(np.diff(np.log(1 - beta1)), np.log(1e-3) / 63, atol=0.02)


def test_an_interrupt_keeps_what_there_is():
    def interrupted(theta, grad, memory, *, eta):
        t = memory.get("t", 0) + 1
        if t == 31:
            raise KeyboardInterrupt
        return theta - eta * grad(theta), {"t": t}

    swept = sweep(interrupted, rosenbrock, steps=100, eta=ETAS)
    whole = sweep(rules.gd, rosenbrock, steps=30, eta=ETAS)
    assert (swept.steps, swept.wanted) == (30, 100)
    np.testing.assert_array_equal(swept.loss, whole.loss)


def test_time_that_is_up_keeps_what_there_is_and_progress_is_told():
    told = []
    swept = sweep(rules.gd, rosenbrock, steps=10**7, budget=1, tell=told.append, eta=ETAS)
    assert 0 < told[0] < told[-1] <= swept.steps < swept.wanted


def stuck(theta, grad, memory, *, eta):
    while np.size(eta) > 1:
        pass
    return theta, memory


def one_at_a_time(theta, grad, memory, *, eta):
    return (theta - float(eta) * grad(theta), memory) if theta.ndim == 1 else None


@pytest.mark.parametrize(
    "rule, error, said",
    [
        (stuck, errors.OutOfTime, "did not come back from step 1"),
        (one_at_a_time, errors.NotAPair, "returned None"),
        (lambda theta, grad, memory, *, eta: 1 / 0, errors.RaisedAnError, "ZeroDivisionError"),
    ],
)
def test_what_is_wrong_with_a_rule_is_one_sentence(rule, error, said):
    with pytest.raises(error, match=said):
        sweep(rule, rosenbrock, steps=10, budget=0.3, eta=ETAS)


@pytest.mark.parametrize("hyper", [{"eta": 0.1}, {"eta": (1, 2), "beta3": 1}, {}])
def test_what_cannot_be_swept_is_one_sentence(hyper):
    with pytest.raises(ValueError, match=r"one or two|no keyword-only parameter beta3"):
        sweep(rules.gd, rosenbrock, **hyper)


def test_more_settings_than_memory_can_hold_are_one_sentence():
    with pytest.raises(ArgumentError, match=r"^400000000 settings at once do not fit into memory"):
        sweep(rules.momentum, rosenbrock, eta=(0.1, 1, 20000), beta1=(0, 0.9, 20000))


def mode(theta, grad, memory, *, eta, mode="soft", clip=None):
    assert mode in ("soft", "hard") and clip is None
    return theta - eta * grad(theta), {}


def test_a_hyperparameter_that_is_no_number_stays_as_it_is():
    swept = sweep(mode, rosenbrock, steps=20, eta=ETAS, mode="hard")
    assert swept.fixed == {"mode": "hard"}
    np.testing.assert_array_equal(swept.loss, sweep(rules.gd, rosenbrock, steps=20, eta=ETAS).loss)


UNUSABLE = [
    ({"beta1": (0, 1)}, "both ends below 1."),
    ({"beta1": (0, 2)}, "both ends below 1."),
    ({"eta": (0, 1)}, "both ends above 0."),
    ({"eta": (-1, 1)}, "both ends above 0."),
    ({"eta": (np.nan, 1)}, "both ends above 0."),
    ({"eta": (0.1,)}, "in numbers."),
    ({"eta": ()}, "in numbers."),
    ({"eta": (0.1, 1, 2.5)}, "in numbers."),
    ({"eta": ("a", "b")}, "in numbers."),
    ({"eta": (0.1, 1, 0)}, "with 1 to 100000 values."),
    ({"eta": []}, "a list holds one finite number or more."),
    ({"eta": [None, 1]}, "a list holds one finite number or more."),
    ({"eta": [[0.1, 0.2], [0.3, 0.4]]}, "a list holds one finite number or more."),
    ({"eta": (0.1, 1, 10**9)}, "with 1 to 100000 values."),
    ({"eta": ETAS, "target": np.nan}, "target = nan: it must be a finite number."),
    ({"eta": ETAS, "target": "a"}, "target = 'a': it must be a finite number."),
]


def test_an_axis_that_cannot_be_spread_is_one_sentence():
    for hyper, said in UNUSABLE:
        with pytest.raises(ArgumentError) as raised:
            sweep(rules.momentum, rosenbrock, steps=10, **({"eta": 0.1} | hyper))
        sentence = str(raised.value)
        assert sentence.startswith(f"{[*hyper][-1]} = ") and sentence.endswith(said), hyper
