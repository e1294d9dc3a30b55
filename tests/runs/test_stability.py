"""Theory's limit of stability: it is the measured one, and silent where it has nothing to say."""

import pytest

from optim_lib import rules
from optim_lib.landscapes import rosenbrock, valley
from optim_lib.runs.run import run
from optim_lib.runs.stability import largest_curvature, stable_below


def settles(rule, eta, beta1):
    hyper = {"eta": eta} if rule is rules.gd else {"eta": eta, "beta1": beta1}
    walked = run(rule, valley(25), steps=1000, **hyper)
    return walked.diverged_at < 0 and walked.loss[-1] < walked.loss[0]


@pytest.mark.parametrize("rule", [rules.gd, rules.momentum, rules.nesterov])
def test_the_limit_is_the_measured_one(rule):
    for beta1 in (0.0, 0.5, 0.9):
        limit = float(stable_below(rule, valley(25), beta1))
        assert settles(rule, 0.98 * limit, beta1) and not settles(rule, 1.02 * limit, beta1)


def test_theory_is_silent_where_it_has_nothing_to_say():
    assert largest_curvature(valley(25)) == pytest.approx(25)
    assert largest_curvature(rosenbrock) is None and stable_below(rules.gd, rosenbrock) is None
    assert stable_below(rules.adam, valley(25)) is None


def test_a_student_s_rule_of_the_same_name_has_no_limit_of_the_course():
    def momentum(theta, grad, memory, *, eta, beta1=0.9):
        m = beta1 * memory.get("m", 0.0) + (1 - beta1) * grad(theta)
        return theta - eta * m, {"m": m}

    course = float(stable_below(rules.momentum, valley(25), 0.9))
    assert stable_below(momentum, valley(25), 0.9) is None
    assert settles(momentum, 5 * course, 0.9)
