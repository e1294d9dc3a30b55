"""The sentence that says what was run, and what came of it."""

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.runs.describe import headline
from optim_lib.runs.run import run
from optim_lib.text import number


def mine(theta, grad, memory):
    return theta, memory


def test_headline_has_the_numbers_of_the_run():
    walked, ghost = (run(rule, rosenbrock, eta=0.001) for rule in (rules.momentum, rules.gd))
    plain = headline(rules.momentum, walked)
    assert plain == f"momentum, η = 0.001: loss 24.2 → {number(walked.loss[-1])} in 300 steps"
    with_ghost = headline(rules.momentum, walked, rules.gd, ghost)
    assert with_ghost == f"{plain}; GD: {number(ghost.loss[-1])}"


def test_headline_of_a_run_that_diverged():
    walked = run(rules.gd, rosenbrock, eta=0.1)
    step = walked.diverged_at
    said = f"diverged at step {step}"
    both = headline(rules.gd, walked, rules.gd, walked)
    assert both == f"GD, η = 0.1: {said}: try a smaller η; GD: {said}"


def test_headline_of_a_rule_with_nothing_to_set():
    assert headline(mine, run(mine, rosenbrock, steps=1)) == "mine: loss 24.2 → 24.2 in 1 step"
