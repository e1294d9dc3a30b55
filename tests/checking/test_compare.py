"""When two walks are the same, where they part, and how their memories are related."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.checking.compare import agree, evidence, follow, relation, same_memory, same_path
from optim_lib.checking.problems import BATCHES, SINGLE, Problem, Walk
from optim_lib.checking.templates import rewritten
from optim_lib.runs.time_limit import TimeLimit

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")  # check() ignores it throughout
POINTS = np.array([[1.0, 100.0], [2.0, 200.0]])


def walk(theta, **memory):
    return Walk(POINTS, np.array(theta), {slot: np.array(kept) for slot, kept in memory.items()})


def problem(right, setting=SINGLE[0]):
    with TimeLimit(60) as limit:
        return Problem(setting, right, limit)


def test_a_difference_counts_relative_to_the_largest_value_of_its_coordinate():
    a = np.array([[1.0, 1e6], [2.0, 1e-6]])

    def off(by):
        return agree(a, a + np.array(by)).tolist()

    assert off([1e-12, 1e-6]) == [True, True]
    assert off([1e-6, 0.0]) == [False, False]
    assert off([[0.0, 0.0], [0.0, 1e-1]]) == [True, False]
    assert agree(a, a + np.array([1e-6, 0.0]), scale=1e4).all()


def test_nan_equals_nan_and_infinity_itself_and_another_shape_is_another_history():
    odd = np.array([[np.nan, np.inf], [-np.inf, 1.0]])
    assert agree(odd, odd).all()
    assert agree(odd, np.nan_to_num(odd)).tolist() == [False, False]
    assert not agree(odd, odd[:, :1]).any()


def test_of_paths_of_nan_memory_decides():
    nan = np.full_like(POINTS, np.nan)
    assert same_path(walk(nan, s=[1.0, 2.0]), walk(nan, r=[1.0, 2.0]))
    assert not same_path(walk(nan, s=[1.0, 2.0]), walk(nan, s=[1.0, 3.0]))
    assert same_path(walk(POINTS, s=[1.0, 2.0]), walk(POINTS, s=[1.0, 3.0]))


def test_memories_are_the_same_under_other_names_but_not_with_more_in_them():
    one, other = walk(POINTS, v=[1.0, 2.0]), walk(POINTS, u=[1.0, 2.0])
    more = walk(POINTS, v=[1.0, 2.0], t=[1.0, 2.5])
    assert same_memory([one], [other])
    assert not same_memory([one], [more]) and not same_memory([more], [one])


def test_a_rule_follows_another_up_to_the_first_step_that_differs():
    problems = [problem(rules.momentum, setting) for setting in SINGLE]
    given = [one.walk(rules.momentum) for one in problems]
    own = follow(rewritten(v="g + beta1 * v")(rules.momentum), problems, given)
    assert [len(one.theta) for one in own] == [12] * 4
    assert follow(rewritten(v="g")(rules.momentum), problems, given) is None


def test_a_rule_that_breaks_follows_nobody():
    one = problem(rules.gd)
    assert follow(lambda theta, grad, memory, *, eta: None, [one], [one.walk(rules.gd)]) is None


def test_evidence_begins_where_the_walks_part_and_names_the_slots_that_differ_by_then():
    one = problem(rules.adam)
    off = one.walk(rewritten(s="s + (1 - beta2) * g**2")(rules.adam))
    found, where = evidence(rules.adam, [one], [off])
    assert [str(each).split(":")[0] for each in found] == ["s after step 2", "θ after step 2"]
    assert where == one.where
    assert evidence(rules.adam, [one], [one.walk(rules.adam)]) == ((), "")


def test_a_memory_that_is_missing_altogether_is_shown_as_nothing():
    one = problem(rules.momentum)
    forgets = one.walk(rewritten(memory="{}")(rules.momentum))
    (first, *_), _ = evidence(rules.momentum, [one], [forgets])
    assert str(first) == "v after step 1: yours nothing, expected (2, 4)."


def test_of_many_runs_the_one_that_is_most_wrong_is_shown():
    one = problem(rules.gd, BATCHES[0])

    def wrong_in_the_third(theta, grad, memory, *, eta):
        new = theta - eta * grad(theta)
        return new + np.array([0.0, 1e-3, 1.0, 0.0]), {}

    (found,), where = evidence(rules.gd, [one], [one.walk(wrong_in_the_third)])
    yours, expected = (np.array(eval(text.replace("−", "-"))) for text in found[1:])
    np.testing.assert_allclose(yours - expected, 1.0, atol=1e-3)
    assert where == "4 runs at once, θ of shape (2, 4)"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"v": "beta1 * v + g"}, ""),
        (
            {"v": "beta1 * v + eta * g", "theta": "theta - v"},
            "v holds ηg (Sutskever's form): your v = η × our v.",
        ),
        (
            {"v": "beta1 * (v / 2) + g", "memory": "dict(v=2 * v)"},
            "The memory has a form of its own; the path is the same.",
        ),
    ],
)
def test_how_a_memory_is_related_to_ours(lines, said):
    one = problem(rules.momentum)
    mine = one.walk(rewritten(**lines)(rules.momentum))
    assert relation([mine], [one.walk(rules.momentum)], [one]) == said
