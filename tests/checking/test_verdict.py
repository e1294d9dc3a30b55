"""What check() says is the same to the last character on every machine."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from mutants import MUTANTS

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.checking.problems import BATCHES, SINGLE, probes
from optim_lib.checking.templates import LINES
from optim_lib.checking.verdict import Verdict, shown

QUICK = [mutant for mutant in MUTANTS if mutant.name != "never returns"]

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
    assert "&lt;b&gt;" in Verdict("Right", "<b>")._repr_html_()
    assert set(re.findall(r"var\((--[a-z-]+)", verdict._repr_html_())) <= {
        "--jp-error-color",
        "--jp-content-font-color",
        "--jp-content-font-family",
    }


@pytest.mark.parametrize("mutant", QUICK, ids=str)
def test_no_number_has_more_than_four_digits_and_rounding_errors_do_not_show(mutant):
    def shaken(theta, grad, memory, **hyper):
        """The same, with other last bits."""
        new, memory = mutant.rule(theta, lambda at: grad(at) * (1 + 4e-16), memory, **hyper)
        return new * (1 - 4e-16), memory

    said = check(mutant.rule, mutant.right)
    if said.evidence and not said.mistake.endswith("in place"):
        shaken.__signature__ = __import__("inspect").signature(mutant.rule)
        assert check(shaken, mutant.right) == said
    for number in re.findall(r"\d[\d.]*(?:e-?\d+)?", " ".join(map(str, said.evidence))):
        digits = number.split("e")[0].replace(".", "").lstrip("0")
        assert len(digits) <= 4


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


@pytest.mark.parametrize("right", LINES, ids=lambda right: right.__name__)
def test_no_path_shrinks_to_where_rounding_errors_count(right):
    for probe in probes(SINGLE + BATCHES, right):
        points = np.array(probe.points)
        assert np.isfinite(points).all()
        assert (np.abs(points[1:]).max(axis=0) > 0.05).all()
        assert np.abs(points).max() < 100


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
        (None, "nothing"),
    ],
)
def test_numbers_as_one_writes_them(values, said):
    assert shown(values) == said


def u_read_as_v(theta, grad, memory, *, eta, beta1=0.9):
    u = beta1 * memory.get("v", 0.0) - eta * grad(theta)
    return theta + u, {"u": u}


def u_read_as_v_ahead(theta, grad, memory, *, eta, beta1=0.9):
    u = memory.get("v", 0.0)
    u = beta1 * u - eta * grad(theta + beta1 * u)
    return theta + u, {"u": u}


def r_read_as_s(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    r = np.sqrt(memory.get("s", 0.0) ** 2 + g**2)
    return theta - eta * g / (r + eps), {"r": r}


def q_read_as_s(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    q = beta2 * memory.get("s", 0.0) + g**2
    return theta - eta * g / (np.sqrt((1 - beta2) * q) + eps), {"q": q}


@pytest.mark.parametrize(
    "mine, right",
    [
        (u_read_as_v, rules.momentum),
        (u_read_as_v_ahead, rules.nesterov),
        (r_read_as_s, rules.adagrad),
        (q_read_as_s, rules.rmsprop),
    ],
)
def test_a_slot_read_under_another_name_is_named_in_any_form_of_the_rule(mine, right):
    assert check(mine, right).mistake == "memory not carried over"


def test_what_rounding_changed_is_not_shown_as_twice_the_same_number():
    def goes_and_comes_back(theta, grad, memory, *, eta, beta1=0.9):
        v = memory.get("v", 0.0)
        theta -= eta * beta1 * v
        g = grad(theta)
        theta += eta * beta1 * v
        v = beta1 * v + g
        return theta - eta * v, {"v": v}

    verdict = check(goes_and_comes_back, rules.nesterov)
    assert verdict.mistake == "theta changed in place"
    (evidence,) = verdict.evidence
    assert ", off by " in evidence.yours and evidence.expected in evidence.yours
