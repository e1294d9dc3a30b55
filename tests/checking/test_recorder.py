"""What a rule does in its steps is recorded, and what stops it is kept as a sentence."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.checking.problems import SINGLE, STEPS, Problem
from optim_lib.checking.recorder import Recorder
from optim_lib.runs.errors import RaisedAnError
from optim_lib.runs.time_limit import TimeLimit


def recorded(rule, right=rules.momentum):
    with TimeLimit(5, rule) as limit:
        recorder = Recorder(rule)
        recorder.record([Problem(setting, right, limit) for setting in SINGLE])
    return recorder


def test_of_a_right_rule_there_are_its_walks_and_no_habits():
    recorder = recorded(rules.momentum)
    assert recorder.error is None and recorder.habits == {} and recorder.asked
    assert not recorder.idle
    assert [walk.theta.shape for walk in recorder.walks] == [(STEPS, d) for d in (2, 3, 2, 2)]
    np.testing.assert_array_equal(recorder.again.theta, recorder.walks[0].theta)


def test_a_rule_that_remembers_outside_of_memory_walks_elsewhere_when_steps_are_taken_twice():
    kept = []

    def counts(theta, grad, memory, *, eta, beta1):
        kept.append(1)
        return theta - eta * grad(theta) * len(kept), {}

    recorder = recorded(counts)
    assert not np.array_equal(recorder.again.theta[1], recorder.walks[0].theta[1])


def test_what_is_changed_in_place_is_recorded_at_its_first_step():
    def writes(theta, grad, memory, *, eta, beta1):
        t = memory.get("t", 0) + 1
        if t == 3:
            theta += 1.0
            memory["t"] = t
            memory["v"] = theta.copy()
        return theta - eta * grad(theta), {"t": t}

    habits = recorded(writes).habits
    assert list(habits) == ["theta changed in place", "memory changed in place"]
    assert habits["theta changed in place"].what == "θ given to step 3, afterwards"
    assert str(habits["memory changed in place"]) == (
        "t given to step 3, afterwards: yours 3, expected 2."
    )


def test_a_slot_that_appears_or_goes_is_a_change_and_nan_is_none():
    def adds(theta, grad, memory, *, eta, beta1):
        memory["v"] = np.nan
        return theta - eta * grad(theta), {"n": np.nan}

    evidence = recorded(adds).habits["memory changed in place"]
    assert (evidence.yours, evidence.expected) == ("NaN", "nothing")


def test_two_points_of_one_step_are_noticed_and_one_point_asked_for_twice_is_not():
    def twice(theta, grad, memory, *, eta, beta1):
        return theta - eta * (grad(theta) + grad(theta)) / 2, {}

    def ahead(theta, grad, memory, *, eta, beta1):
        return theta - eta * (grad(theta) + grad(theta - 1)) / 2, {}

    assert recorded(twice).habits == {}
    assert list(recorded(ahead).habits) == ["gradient at two points"]


def test_an_idle_rule_returns_the_very_theta_that_it_was_given():
    assert recorded(lambda theta, grad, memory, *, eta, beta1: (theta, memory)).idle
    assert not recorded(lambda theta, grad, memory, *, eta, beta1: (theta.copy(), memory)).idle


def test_an_error_is_kept_with_the_walks_before_it_and_named_by_the_rule():
    def breaks(theta, grad, memory, *, eta, beta1):
        if len(theta) == 3:
            raise ValueError("three")
        return theta - eta * grad(theta), {}

    recorder = recorded(breaks)
    assert len(recorder.walks) == 1 and recorder.again is not None
    assert isinstance(recorder.error, RaisedAnError)
    assert str(recorder.error).startswith("breaks raised ValueError at step 1: three, in its line")


def test_an_interrupt_is_nobodys_mistake():
    def interrupted(theta, grad, memory, *, eta, beta1):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recorded(interrupted)
