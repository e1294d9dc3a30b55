"""Where a rule asks for its gradient, and that the picture shows it."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.panels.explore import explore
from optim_lib.runs.inspect import asked_at
from optim_lib.runs.run import run


def asks_where_it_is(theta, grad, memory, *, eta):
    if theta[0] > 100:  # so it takes one point at a time only
        return theta, memory
    return theta - eta * grad(theta), memory


def never_asks(theta, grad, memory, *, eta):
    return theta * eta, memory


def test_only_nesterov_asks_elsewhere(rule):
    walked = run(rule, rosenbrock, eta=0.001)
    assert (asked_at(rule, walked, rosenbrock.grad) is not None) == (rule is rules.nesterov)


def test_nesterov_asks_one_jump_of_its_memory_ahead():
    walked = run(rules.nesterov, rosenbrock, eta=0.001, beta1=0.8)
    asked = asked_at(rules.nesterov, walked, rosenbrock.grad)
    np.testing.assert_array_equal(asked, walked.theta - 0.001 * 0.8 * walked.memory["v"])
    corrected = asked - 0.001 * rosenbrock.grad(asked.T).T  # the step, seen from there
    np.testing.assert_allclose(corrected[:-1], walked.theta[1:], atol=1e-12)


@pytest.mark.parametrize("rule", [asks_where_it_is, never_asks])
def test_a_rule_that_cannot_be_asked_looks_nowhere_else(rule):
    assert asked_at(rule, run(rule, rosenbrock, eta=0.001), rosenbrock.grad) is None


def test_picture_shows_the_look_ahead_only_while_there_is_one():
    panel = explore(rules.nesterov, on=valley(25), steps=10, eta=0.01)
    asked = panel.walked.asked
    assert len(panel.picture.lines["look-ahead"].get_xydata()) == 2 * len(panel.run.theta)
    np.testing.assert_array_equal(panel.picture.lines["look-ahead"].get_xydata()[1::2], asked)
    assert panel.stage.scene["tail"] == "look-ahead"
    told = dict(panel.stage.readout())
    np.testing.assert_array_equal(told["∇f there ="], valley(25).grad(asked.T).T)
    panel.controls["beta1"].value = 0
    assert panel.error is None and panel.stage.scene["tail"] in (None, "path")
    assert "look-ahead" not in panel.picture.lines
    panel.close()
