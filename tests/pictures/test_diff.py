"""Two rules side by side: what is new is marked, and what cannot be read is said."""

import functools

import pytest

from optim_lib import rules
from optim_lib.pictures.diff import body_of, diff
from optim_lib.text import ArgumentError


def mine(theta, grad, memory, *, eta):
    """Whatever is said here is no part of the rule."""
    g = grad(theta)
    return theta - eta * g, {}


def unwritten(theta, grad, memory, *, eta):
    """Nothing yet."""


# fmt: off
def brief(theta, grad, memory, *, eta): return theta - eta * grad(theta), {}
def maker(): return lambda theta, grad, memory: (theta, {})
# fmt: on


class Callable:
    def __call__(self, theta, grad, memory, *, eta):
        return theta, {}


def test_what_is_new_is_marked():
    shown = diff(rules.gd, mine)
    assert repr(shown) == (
        "mine, with what gd does not have in ⟦ ⟧:\n⟦g = grad(theta)⟧\nreturn theta - eta * ⟦g⟧, {}"
    )
    html = shown._repr_html_()
    gone, new = html.split("<b>mine</b>")
    assert "line-through" in gone and "line-through" not in new
    assert "border-bottom" in new and "border-bottom" not in gone


def test_the_body_alone_is_shown_also_on_the_line_of_the_signature():
    assert body_of(brief) == "return theta - eta * grad(theta), {}"
    assert body_of(mine).startswith("g = grad(theta)")
    assert body_of(unwritten) == ""


def without_source():
    names = {}
    exec("def typed(theta, grad, memory): return theta, {}", names)
    return names["typed"]


NOT_WRITTEN = (
    (lambda theta, grad, memory: (theta, {}), "a lambda"),
    (maker(), "a lambda"),
    (functools.partial(mine, eta=1), "partial"),
    (Callable(), "Callable"),
    (max, "max"),
    (3, "int"),
    (without_source(), "typed"),
)


def test_what_was_not_written_with_def_is_one_sentence():
    for rule, name in NOT_WRITTEN:
        said = f"diff compares rules that are written with def in a cell or a file, not {name}."
        for pair in ((rules.gd, rule), (rule, rules.gd)):
            with pytest.raises(ArgumentError) as error:
                diff(*pair)
            assert str(error.value) == said
