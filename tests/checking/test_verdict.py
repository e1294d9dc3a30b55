"""What check() says is the same to the last character on every machine."""

import re
import subprocess
import sys
from inspect import signature
from pathlib import Path

import numpy as np
import pytest
from mutants import MUTANTS

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.checking.templates import LINES
from optim_lib.checking.verdict import RIGHT, Evidence, Verdict, differing, shown

MEAN = """\
✗ Not yet. v is a running mean of the gradients, and the sum is meant: \
this is the path of a smaller η, of η (1 − β₁).
  v after step 1: yours (0.2, 0.4), expected (2, 4).
  θ after step 1: yours (1.99, 0.98), expected (1.9, 0.8).
  (½ (x² + 4 y²) from (2, 1), η = 0.05, β₁ = 0.9)
  If the gradient stays the same, to what does your v grow, and to what should it?"""


def mine(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + (1 - beta1) * grad(theta)
    return theta - eta * v, {"v": v}


def test_a_right_a_wrong_and_an_unknown_answer_word_for_word():
    def fine(theta, grad, memory, *, eta, beta1=0.9):
        return rules.momentum(theta, grad, memory, eta=eta, beta1=beta1)

    def odd(theta, grad, memory, *, eta):
        return theta - 1.0001 * eta * grad(theta), memory

    assert repr(check(fine, rules.momentum)) == "✓ Right. fine takes the same steps as momentum."
    assert repr(check(mine, rules.momentum)) == MEAN
    assert str(check(odd, rules.gd)) == (
        "✗ Not yet. odd does not take GD's steps.\n"
        "  θ after step 1: yours (1.9, 0.8), off by 2e-5, expected (1.9, 0.8).\n"
        "  (½ (x² + 4 y²) from (2, 1), η = 0.05)\n"
        "  Work this step out by hand, line by line: which line first gives another number?"
    )


def test_a_verdict_says_all_of_it_in_one_message_and_in_html():
    verdict = check(mine, rules.momentum)
    assert verdict.message.split() == MEAN.removeprefix("✗ Not yet. ").split()
    for said in ("✗", "Not yet", ">(0.2, 0.4)</td>", "to what should it?"):
        assert said in verdict._repr_html_()
    assert "&lt;b&gt;" in Verdict(RIGHT, "<b>")._repr_html_()
    assert set(re.findall(r"var\((--[a-z-]+)", verdict._repr_html_())) <= {
        "--jp-error-color",
        "--jp-content-font-color",
        "--jp-content-font-family",
    }


@pytest.mark.parametrize("right", LINES, ids=lambda right: right.__name__)
def test_no_number_has_more_than_four_digits_and_rounding_errors_do_not_show(right):
    for mutant in MUTANTS:
        if mutant.right is not right or mutant.name == "never returns":
            continue

        def shaken(theta, grad, memory, rule=mutant.rule, **hyper):
            """The same, with other last bits."""
            new, memory = rule(theta, lambda at: grad(at) * (1 + 4e-16), memory, **hyper)
            return new * (1 - 4e-16), memory

        said = check(mutant.rule, right)
        if said.evidence and not str(said.mistake).endswith("in place"):
            shaken.__signature__, shaken.__name__ = signature(mutant.rule), mutant.rule.__name__
            assert check(shaken, right) == said, str(mutant)
        for number in re.findall(r"\d[\d.]*(?:e-?\d+)?", " ".join(map(str, said.evidence))):
            digits = number.split("e")[0].replace(".", "").lstrip("0")
            assert len(digits) <= 4, f"{mutant}: {number}"


def test_the_words_do_not_depend_on_the_run():
    code = (
        "from mutants import MUTANTS\n"
        "from optim_lib.checking.check import check\n"
        "for one in MUTANTS[::3]: print(repr(check(one.rule, one.right)))"
    )

    def said(seed):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", code]
        here = Path(__file__).parent
        return subprocess.run(command, cwd=here, env=environment, check=True, capture_output=True)

    assert said("1").stdout == said("2").stdout != b""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (0.94525, "0.9453"),
        (0.94525 - 1e-16, "0.9453"),
        (0.94525 + 2e-16, "0.9453"),
        (1e-8, "1e-8"),
        (-123456.0, "−1.235e5"),
        ([2.0, 1e-17, -0.0], "(2, 0, 0)"),
        ([np.nan, np.inf, -np.inf], "(NaN, ∞, −∞)"),
        (np.arange(9.0), "(0, 1, 2, 3, …)"),
        (np.array([[0.2], [-4.0]]), "(0.2, −4)"),
        ([], "()"),
        (None, "nothing"),
        ({"v": 1.0}, "dict"),
    ],
)
def test_numbers_as_one_writes_them(values, said):
    assert shown(values) == said


def test_what_rounding_changed_is_not_shown_as_twice_the_same_number():
    a, b = np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-9])
    assert differing("θ", b, a) == Evidence("θ", "(1, 2), off by 1e-9", "(1, 2)")
    assert differing("θ", 2 * a, a) == Evidence("θ", "(2, 4)", "(1, 2)")
    assert differing("v", None, a) == Evidence("v", "nothing", "(1, 2)")
