"""On the problems no two rules take the same steps, and no path comes to where rounding counts."""

from itertools import combinations

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.checking.compare import follow
from optim_lib.checking.problems import BATCHES, SINGLE, STEPS, Problem
from optim_lib.checking.templates import LINES
from optim_lib.runs.errors import NotAPair
from optim_lib.runs.run import run
from optim_lib.runs.time_limit import TimeLimit


@pytest.fixture(scope="module", autouse=True)
def limit():
    with TimeLimit(60) as limit:
        yield limit


def problems(right, limit, settings=SINGLE + BATCHES):
    return [Problem(setting, right, limit) for setting in settings]


def test_no_path_shrinks_to_where_rounding_errors_count_or_overflows(limit):
    for right in LINES:
        for problem in problems(right, limit):
            points = np.array(problem.points)
            assert len(points) == STEPS and np.isfinite(points).all()
            assert (np.abs(points[1:]).max(axis=0) > 0.05).all(), (right, problem.where)
            assert np.abs(points).max() < 100, (right, problem.where)


def test_no_rule_of_the_course_takes_the_steps_of_another(limit):
    for right, other in combinations(LINES, 2):
        known = problems(right, limit, SINGLE)
        if {right, other} != {rules.gd, rules.sgd} and other.__kwdefaults__ == right.__kwdefaults__:
            walks = [problem.walk(right) for problem in known]
            assert follow(other, known, walks) is None, (right, other)


def test_a_walk_of_the_right_rule_is_its_own_path(limit):
    problem = Problem(SINGLE[0], rules.adam, limit)
    walk, own = (
        problem.walk(rules.adam),
        run(rules.adam, bowl, start=(2, 1), steps=12, **problem.hyper),
    )
    np.testing.assert_allclose(walk.theta, own.theta[1:])
    np.testing.assert_allclose(walk.points, own.theta[:-1])
    np.testing.assert_allclose(walk.memory["s"], own.memory["s"][1:])


def bowl(theta):
    x, y = theta
    return (x**2 + 4 * y**2) / 2


def test_each_step_begins_where_the_right_rule_stands_whatever_the_last_one_made(limit):
    begun = []

    def jumps(theta, grad, memory, *, eta, beta1):
        begun.append(theta.copy())
        theta[:] = 77.0
        return theta - 1e6, {"v": theta}

    problem = Problem(SINGLE[1], rules.momentum, limit)
    problem.walk(jumps)
    np.testing.assert_array_equal(begun, problem.points)
    assert np.abs(problem.points).max() < 100


def test_memory_is_the_rules_own_and_a_slot_that_is_not_kept_is_zero(limit):
    def forgets_at_the_third(theta, grad, memory, *, eta):
        t = memory.get("t", 0) + 1
        return theta, {"t": t} | ({"v": theta, "s": np.nan * theta} if t == 2 else {})

    problem = Problem(SINGLE[0], rules.gd, limit)
    walk = problem.walk(forgets_at_the_third)
    np.testing.assert_array_equal(walk.memory["t"], np.arange(1, STEPS + 1))
    np.testing.assert_array_equal(walk.memory["v"][1], problem.points[1])
    assert not walk.memory["v"][2:].any() and not walk.memory["s"][2:].any()


def test_a_rule_of_the_course_gets_the_hyperparameters_that_it_has(limit):
    hyper = Problem(SINGLE[0], rules.rmsprop, limit).hyper
    assert hyper == {"eta": 0.05, "beta2": 0.96, "eps": 1e-8}
    assert Problem(SINGLE[0], lambda theta, grad, memory: (theta, memory), limit).hyper == {}


def test_where_a_rule_was_tried_is_said(limit):
    said = [problem.where for problem in problems(rules.gd, limit)]
    assert said == [
        "½ (x² + 4 y²) from (2, 1), η = 0.05",
        "a noisy bowl from (0.3, −0.5, 0.9), η = 0.3",
        "a noisy slope from (1, 1.3), η = 0.05",
        "Rosenbrock from (−1.2, 1), η = 0.001",
        "4 runs at once, θ of shape (2, 4)",
        "3 runs at once, θ of shape (2, 3, 1)",
    ]
    many = Problem(BATCHES[1], rules.momentum, limit)
    assert many.where == "12 runs at once, θ of shape (2, 3, 4)"


def test_what_is_wrong_with_a_rule_is_said_of_it(limit):
    def empty(theta, grad, memory, *, eta):
        pass

    with pytest.raises(NotAPair, match="empty returned None"):
        Problem(SINGLE[0], rules.gd, limit).walk(empty)
    with pytest.raises(NotAPair, match="empty returned None"):
        Problem(SINGLE[0], empty, limit)
