"""Two rules side by side: what is new is marked, and what cannot be read is said."""

import functools

import pytest

from optim_lib import rules
from optim_lib.pictures.diff import body_of, difference
from optim_lib.text import ArgumentError


def mine(theta, grad, memory, *, eta):
    """Whatever is said here is no part of the rule."""
    g = grad(theta)
    return theta - eta * g, {}


# fmt: off
def brief(theta, grad, memory, *, eta): return theta - eta * grad(theta), {}
# fmt: on


def test_what_is_new_is_marked():
    assert repr(difference(rules.gd, mine)) == (
        "mine, with what gd does not have in ⟦ ⟧:\n⟦g = grad(theta)⟧\nreturn theta - eta * ⟦g⟧, {}"
    )


def test_the_body_alone_is_shown_also_on_the_line_of_the_signature():
    assert body_of(brief) == "return theta - eta * grad(theta), {}"
    assert body_of(mine).startswith("g = grad(theta)")


@pytest.mark.parametrize(
    "rule", [lambda theta, grad, memory: (theta, {}), functools.partial(mine, eta=1), max, 3]
)
def test_what_was_not_written_with_def_is_one_sentence(rule):
    with pytest.raises(ArgumentError, match=r"^difference takes rules that are written with def"):
        difference(rules.gd, rule)
