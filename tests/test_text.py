"""The course's own words: numbers, colours, and the sentence that says what happened."""

import functools
import re

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.pictures.theme import (
    BOTH,
    COLORS,
    DIRECTION,
    INK,
    PAPER,
    QUIET,
    SIZE,
    SLOT_COLORS,
    color_of,
)
from optim_lib.runs.describe import headline
from optim_lib.runs.inspect import TITLES, title_of
from optim_lib.runs.run import run
from optim_lib.text import MEANINGS, SYMBOLS, settings

PALETTE = {
    "gd": "#666C78",
    "sgd": "#2B313C",  # darker than GD's, so that the two can be told apart
    "momentum": "#084B8A",
    "nesterov": "#1D74BC",
    "adagrad": "#7F3B00",
    "rmsprop": "#B35C00",
    "adam": "#6A2480",
    "adam_l2": "#6A2480",
    "adamw": "#A8519F",
}


def luminance(color):
    """Relative luminance, as the Web Content Accessibility Guidelines 2.2 define it."""
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def mine(theta, grad, memory):
    return theta, memory


@pytest.mark.parametrize(
    "number, written",
    [
        (0, "0"),
        (24.2, "24.2"),
        (-24.2, "-24.2"),
        (0.011879, "0.0119"),
        (3.14159e-4, "3.14e-4"),
        (-1.5e-7, "-1.5e-7"),
        (1e-3, "0.001"),
        (0.00099999, "0.001"),
        (999.4, "999"),
        (999.7, "1000"),
        (1234.5, "1234"),
        (99949, "99949"),
        (123456, "1.23e5"),
        (1e300, "1e300"),
        (5e-324, "4.94e-324"),
    ],
)
def test_short(number, written):
    assert number(number) == number(np.float64(number)) == written


@pytest.mark.parametrize(
    "value, written",
    [(0.001, "0.001"), (1e-8, "1e-8"), (2, "2"), (10**6, "1e6"), (True, "True"), ("a", "a")],
)
def test_settings(value, written):
    assert settings({"beta2": value, "mu": value}) == f"β₂ = {written}, mu = {written}"


def test_palette():
    assert COLORS == PALETTE
    assert (PAPER, INK) == ("#FCFBF7", "#1F2430")


@pytest.mark.parametrize("color", sorted({*PALETTE.values(), *SLOT_COLORS.values(), INK}))
def test_contrast_on_paper(color):
    assert contrast(color, PAPER) >= 4.5


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_every_rule_has_a_title_and_a_colour(rule):
    assert rule.__name__ in TITLES and rule.__name__ in PALETTE


@pytest.mark.parametrize(
    "slots, color",
    [
        ((), QUIET),
        (("v",), DIRECTION),
        (("m",), DIRECTION),
        (("s",), SIZE),
        (("m", "s"), BOTH),
        (("velocity",), BOTH),
    ],
)
def test_a_rule_of_ones_own_is_coloured_by_its_memory(slots, color):
    assert color_of(mine, slots) == color_of(functools.partial(mine), slots) == color


@pytest.mark.parametrize(
    "rule, title", [(rules.gd, "GD"), (mine, "mine"), (functools.partial(mine), "your rule")]
)
def test_title(rule, title):
    assert title_of(rule) == title


def test_headline_has_the_numbers_of_the_run():
    walked, ghost = (run(rule, rosenbrock, eta=0.001) for rule in (rules.momentum, rules.gd))
    plain = headline(rules.momentum, walked)
    assert plain == f"momentum, η = 0.001: loss 24.2 → {walked.loss[-1]:.3g} in 300 steps"
    with_ghost = headline(rules.momentum, walked, rules.gd, ghost)
    assert with_ghost == f"{plain}; GD: {ghost.loss[-1]:.3g}"


def test_headline_of_a_run_that_diverged():
    walked = run(rules.gd, rosenbrock, eta=0.1)
    said = headline(rules.gd, walked, rules.gd, walked)
    step = walked.diverged_at
    assert (
        said
        == f"GD, η = 0.1: diverged at step {step}: try a smaller η; GD: diverged at step {step}"
    )


def test_headline_of_a_rule_with_nothing_to_set():
    assert headline(mine, run(mine, rosenbrock, steps=1)) == "mine: loss 24.2 → 24.2 in 1 step"


def test_symbols_and_meanings_of_every_parameter():
    assert SYMBOLS.keys() <= MEANINGS.keys()
    assert not any(re.search(r"[a-z]", symbol) for symbol in SYMBOLS.values())
