"""Who cannot be called gets one sentence on what to mend; and so does who calls check() wrongly."""

from dataclasses import dataclass

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.checking.signature import misfit


def no_eps(theta, grad, memory, *, eta, beta2=0.999):
    return theta, memory


def alpha(theta, grad, memory, *, alpha, beta2, eps):
    return theta, memory


def bare(theta, grad, memory):
    return theta, memory


def others(theta, grad, memory, *, lr, decay, eps):
    return theta, memory


def starless(theta, grad, memory, eta=0.1, beta2=0.999, eps=1e-8):
    return theta, memory


def two(theta, grad, *, eta, beta2, eps):
    return theta, {}


def four(theta, grad, memory, state, *, eta, beta2, eps):
    return theta, {}


def wants(theta, grad, memory, *, eta, beta2, eps, decay):
    return theta, {}


def called_as(name):
    call = f"{name}(theta, grad, memory, eta=eta, beta2=beta2, eps=eps)"
    return f"{name} is called as {call}: what else it asks for needs a default."


PARAMETERS = {
    no_eps: "Give no_eps the keyword-only parameter eps.",
    alpha: "Give alpha the keyword-only parameter eta (it has alpha).",
    bare: "Give bare the keyword-only parameters eta and beta2 and eps.",
    others: "Give others the keyword-only parameters eta and beta2 (it has lr and decay).",
    starless: "Put a star before eta in the parameters of starless: what comes after a `*,` is "
    "keyword-only, and becomes a slider.",
    two: called_as("two"),
    four: called_as("four"),
    wants: called_as("wants"),
}


@pytest.mark.parametrize("rule", PARAMETERS, ids=lambda rule: rule.__name__)
def test_what_the_parameters_lack_is_said(rule):
    assert misfit(rule, rules.rmsprop) == PARAMETERS[rule]
    assert check(rule, rules.rmsprop).mistake == "signature"


def test_what_fits_fits():
    def any_more(theta, grad, memory, **more):
        return theta, memory

    def any_args(*args, eta, beta2, eps):
        return args[0], args[2]

    class Rule:
        def __call__(self, theta, grad, memory, *, eta, beta2, eps=1e-8, mode="soft", clip=None):
            return theta, memory

        method = __call__

    for rule in (rules.rmsprop, any_more, any_args, Rule(), Rule().method, min):
        assert misfit(rule, rules.rmsprop) is None, rule


@pytest.mark.parametrize("thing", [None, 3, "gd", (np.zeros(2), {}), [rules.gd], ...])
def test_what_is_no_rule_is_said_of_the_argument_that_it_is(thing):
    kind = type(thing).__name__
    first, second = check(thing, rules.gd), check(rules.gd, thing)
    assert not first and not second
    says = "check takes two rules, uncalled: check(mine, rules.adam). The {} is of type {}."
    assert first.message == says.format("first", kind)
    assert second.message == says.format("second", kind)


def test_swapped_arguments_are_noticed():
    def mine(theta, grad, memory, *, eta, beta1=0.9):
        return rules.momentum(theta, grad, memory, eta=eta, beta1=beta1)

    said = "Your own rule comes first: check(mine, rules.momentum)."
    assert check(rules.momentum, mine).message == said
    assert check(mine, rules.momentum) and check(mine, mine)
    assert check(rules.gd, rules.sgd)


def test_a_right_rule_that_cannot_be_called_is_blamed_itself():
    def right(theta, grad, *, eta):
        return theta, {}

    def mine(theta, grad, memory, *, eta):
        return theta, {}

    assert check(mine, right).message.startswith("right is called as right(theta, grad, memory, e")
    assert check(mine, min).message == "min is no rule to compare with."


def test_a_rule_may_be_an_object_that_nobody_can_hash_or_compare():
    @dataclass
    class Descent:
        factor: float = 1.0

        def __call__(self, theta, grad, memory, *, eta):
            return theta - self.factor * eta * grad(theta), {}

    class Arrays(Descent):
        __hash__ = None

        def __eq__(self, other):
            return np.array([True, False])

    for make in (Descent, Arrays):
        assert check(make(), rules.gd)
        assert check(make(-1.0), rules.gd).mistake == "climbs"
        assert "Your own rule comes first" in check(rules.gd, make()).says
    assert check(Descent(), Descent()) and check(Descent(-1.0), Descent()).mistake == "climbs"
