"""What check_number says, word for word; it never raises, and two digits do not tell the answer."""

from fractions import Fraction

import numpy as np
import pytest

from optim_lib.checking.check_number import check_number, check_numbers

HINTS = {"m": "Which β?", "s": "Squared?"}


class Explosive:
    def __array__(self, *_, **__):
        raise RuntimeError


@pytest.mark.parametrize("yours", [0.8004117, 0.8004, Fraction(8004, 10000), np.array([0.80041])])
def test_four_digits_are_enough(yours):
    assert repr(check_number(yours, 0.8004117, "a hint")) == "✓ Right. 0.8004 it is."


@pytest.mark.parametrize(
    "yours, right, said",
    [
        (0.8, 0.800412, "0.8 is 0.051 % too small."),
        (0.004, 0.04, "0.004 is 10 times too small."),
        (3, 2, "3 is 50 % too large."),
        (1.9999, 1, "1.9999 is 100 % too large."),
        (989, 10, "989 is 99 times too large."),
        (100, 1, "100 is 100 times too large."),
        (1e9, 1, "1e9 is 1e9 times too large."),
        (-3, -1, "−3 is 3 times too large."),
        (-0.2, 0.2, "−0.2 has the wrong sign; without it, the right size."),
        (-2, 0.2, "−2 has the wrong sign; without it, 10 times too large."),
        (0, 0.2, "0 is too small."),
        (-0.5, 0, "−0.5 is too large."),
        (1e300, 1e-300, "1e300 is ∞ times too large."),
        (np.nan, 1, "NaN is not a finite number."),
        (np.inf, 1, "∞ is not a finite number."),
        ([1, 3], [1, 2], "Number 2 of 2: 3 is 50 % too large."),
        (1, [1, 2], "2 asked for, 1 given. Does your formula use all it gets?"),
        ([], 1, "1 asked for, 0 given. Does your formula use all it gets?"),
    ],
)
def test_says_how_far_off(yours, right, said):
    verdict = check_number(yours, right, "Which β?")
    assert not verdict
    assert repr(verdict) == f"✗ Not yet. {said}\n  Which β?"


@pytest.mark.parametrize("yours", [..., [1, ...], (None, 2)])
def test_a_stub_is_not_finished(yours):
    said = "… Not finished yet. A number or formula is still open.\n  Which β?"
    assert repr(check_number(yours, [1, 2], "Which β?")) == said
    assert "Not finished yet" in check_number(yours, 1)._repr_html_()


def test_who_hands_out_nothing_is_told_how():
    assert check_number(None, 1).says.endswith(
        "still open. A function hands its number out by `return`."
    )


ENDLESS = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize(
    "yours", [ENDLESS, "θ", len, {}, 1j, [1j, 2], [[1], [1, 2]], Explosive(), 10**400]
)
def test_what_is_not_a_number_is_told_so(yours):
    assert check_number(yours, 1).says == "That is not a number."


def test_zero_is_right_but_for_rounding_errors():
    assert check_number(1e-17, 0)
    assert repr(check_number([0, 1], [1e-17, 1])) == "✓ Right. All numbers agree."


@pytest.mark.parametrize(
    "yours, said",
    [
        ({"m": ..., "s": ...}, "… Not finished yet. Begin with m.\n  Which β?"),
        ("something else", "… Not finished yet. Begin with m.\n  Which β?"),
        ({"m": 3, "s": ...}, "✗ Not yet. Begin with m: 3 is 50 % too large.\n  Which β?"),
        ({"m": 2, "s": ...}, "… Not finished yet. m: right. Now s.\n  Squared?"),
        ({"m": 2, "s": 2}, "✗ Not yet. m: right. Now s: 2 is 2 times too small.\n  Squared?"),
        ({"m": 2, "s": 4}, "✓ Right. m, s: every number."),
    ],
)
def test_one_number_after_the_other(yours, said):
    assert repr(check_numbers(yours, {"m": 2, "s": 4}, HINTS)) == said


def test_hints_may_be_left_out():
    assert repr(check_numbers({}, {"m": 2})) == "… Not finished yet. Begin with m."
    assert repr(check_number(3, 2)) == "✗ Not yet. 3 is 50 % too large."
