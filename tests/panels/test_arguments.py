"""What a panel is given, and the one sentence about what it cannot use."""

import functools
import time

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import valley
from optim_lib.panels.arguments import as_place, as_rule, as_width
from optim_lib.panels.explore import explore
from optim_lib.panels.race import race
from optim_lib.panels.sweep import sweep
from optim_lib.runs.errors import LandscapeError
from optim_lib.text import ArgumentError

PANELS = {"explore": explore, "race": race, "sweep": functools.partial(sweep, eta=(0.1, 1, 2))}
SAID = (
    ({"steps": 0}, "steps = 0: it must be a whole number from 1 to 100000."),
    ({"steps": 10.0}, "steps = 10.0: it must be a whole number from 1 to 100000."),
    ({"steps": 10**6}, "steps = 1000000: it must be a whole number from 1 to 100000."),
    ({"start": 3}, "start = 3: it must be two numbers, (x, y)."),
    ({"start": (1, 2, 3)}, "start = (1, 2, 3): it must be two numbers, (x, y)."),
    ({"start": "ab"}, "start = 'ab': it must be two numbers, (x, y)."),
    ({"start": (0, np.nan)}, "start = (0, nan): x and y must lie within ±10000."),
    ({"start": (1e9, 0)}, "start = (1000000000.0, 0): x and y must lie within ±10000."),
    ({"on": valley}, "valley makes a landscape: call it, as in valley(25)."),
    ({"on": 3}, "A landscape is a Landscape or a function of theta, not 3."),
)


@pytest.mark.parametrize("panel_of", PANELS.values(), ids=PANELS)
def test_what_no_panel_can_use(panel_of, widgets_made):
    for about, said in SAID:
        with pytest.raises(ArgumentError) as raised:
            panel_of(rules.momentum, **about)
        assert str(raised.value) == said
    assert widgets_made() == 0


def bowl(theta):
    return (theta**2).sum(0)


def slow(theta):
    time.sleep(1)
    return bowl(theta)


def endless(theta):
    while True:
        pass


FAULTS = (
    (lambda x, y: x**2 + y**2, "missing 1 required positional argument"),
    (lambda theta: tehta, "name 'tehta' is not defined"),  # noqa: F821
    (lambda theta: None, "None"),
    (lambda theta: theta**2, "A loss is one real number, not array([1.44, 1.  ])"),
    (lambda theta: 1j * bowl(theta), "A loss is one real number, not 2.44j"),
    (Landscape("bowl", bowl, lambda theta: list(theta)), "gradient of bowl"),
    (Landscape("bowl", bowl, lambda theta: np.ones(3)), "gradient of bowl"),
    (Landscape("bowl", bowl, lambda theta: 1 / 0), "ZeroDivisionError"),
    (lambda theta: bowl(theta) * np.nan, "finite"),
)


@pytest.mark.parametrize("panel_of", PANELS.values(), ids=PANELS)
def test_what_a_landscape_does_wrong_is_not_the_rule_s(panel_of, widgets_made):
    for on, said in FAULTS:
        with pytest.raises((ArgumentError, LandscapeError)) as raised:
            panel_of(rules.gd, on=on)
        assert said in str(raised.value)
    assert widgets_made() == 0


@pytest.mark.parametrize("panel_of", [explore, functools.partial(sweep, eta=(0.1, 1, 2), budget=1)])
def test_a_landscape_that_takes_too_long_is_blamed_itself(panel_of):
    for on in (slow, endless):
        with pytest.raises(LandscapeError, match=on.__name__):
            panel_of(rules.gd, on=on)


def test_what_can_be_used():
    round_one = Landscape("bowl", bowl, start=(np.float32(1), 2))
    assert as_place(round_one, None, np.int64(3)) == (round_one, (1.0, 2.0), 3)
    assert as_place(round_one, np.array([3, 4]), 5) == (round_one, (3.0, 4.0), 5)
    assert as_rule(rules.adam) is rules.adam


def test_a_size_that_is_none_is_one_sentence():
    for size in (-5, 0, np.nan, np.inf, "wide", None):
        if size is None:
            assert as_width(size) is None
        else:
            with pytest.raises(ArgumentError, match='write a width in pixels, or "screen"'):
                explore(rules.gd, size=size)


def by_position(theta, grad, memory, eta, beta1=0.9):
    return theta - eta * grad(theta), {}


class Rule:
    def step(self, theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {}


def takes_steps(theta, grad, memory, *, eta, steps=3):
    return theta - eta * grad(theta), {}


def takes_x(theta, grad, memory, *, eta, x=3.0, weights=1):
    return theta - eta * grad(theta), {}


NO_RULES = (
    (3, "A rule is a function (theta, grad, memory, *, eta), not 3."),
    (max, "A rule is a function (theta, grad, memory, *, eta), not max."),
    (valley(25), "valley, κ = 25 is a landscape, and the rule comes first: run(rule, landscape)."),
    (
        by_position,
        "eta, beta1 can have no slider before the * in by_position: "
        "write (theta, grad, memory, *, eta, beta1).",
    ),
    (Rule.step, "step must begin with theta, grad, memory: is it a method?"),
    (takes_steps, "takes_steps has a parameter steps, which the panel itself has: rename it."),
    (takes_x, "takes_x has a parameter x, weights, which the panel itself has: rename it."),
)


@pytest.mark.parametrize("panel_of", [*PANELS.values(), functools.partial(explore, rules.gd)])
def test_what_is_no_rule_for_a_panel(panel_of):
    for rule, said in NO_RULES:
        with pytest.raises(ArgumentError) as raised:
            panel_of(rule)
        assert str(raised.value) == said
