"""The course's own words: one way to write a number, and every sentence whole."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from optim_lib.text import MEANINGS, SYMBOLS, ArgumentError, about, number, say, settings

# Read by stage/js/format.test.js too.
CASES = json.loads(
    Path(__file__).with_name("stage").joinpath("number_cases.json").read_text("utf-8")
)


def test_number_is_written_as_in_the_table_that_javascript_reads_too():
    written = [[value, digits, number(float(value), digits)] for value, digits, _ in CASES]
    assert written == CASES
    assert {digits for _, digits, _ in CASES} >= {1, 2, 3, 4, 5, 6}


def test_number_is_near_what_it_writes():
    for value, digits, said in CASES:
        if abs(float(value)) < 1e308:  # a little more is written 1.8e308, and read as infinity
            read = float(said.replace("−", "-"))
            assert read == pytest.approx(float(value), rel=0.51 * 10 ** (1 - digits), abs=0)


def test_number_takes_whatever_is_one():
    for value in (24, 24.0, np.float64(24), np.float32(24), np.int64(24), np.array(24)):
        assert number(value) == "24"


def test_about_has_one_digit():
    assert [about(value) for value in (622, 0.0472, 97)] == ["600", "0.05", "100"]


@pytest.mark.parametrize(
    "value, written",
    [(0.001, "0.001"), (1e-8, "1e-8"), (2, "2"), (10**6, "1e6"), (True, "True"), ("a", "a")],
)
def test_settings(value, written):
    assert settings({"beta2": value, "mu": value}) == f"β₂ = {written}, mu = {written}"


def test_say_fills_in_by_name_and_leaves_the_braces_of_a_field():
    assert say("{b} before {a}, {b}", a="{b}", b=1) == "1 before {b}, 1"
    with pytest.raises(KeyError):
        say("{a}", b=1)


def test_an_error_of_ours_is_one_sentence_in_a_notebook():
    assert ArgumentError("no")._render_traceback_() == ["ArgumentError: no"]


def test_symbols_are_of_the_board_and_every_one_has_a_meaning():
    assert SYMBOLS.keys() <= MEANINGS.keys()
    assert not any(re.search(r"[a-z]", symbol) for symbol in SYMBOLS.values())
