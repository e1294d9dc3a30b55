"""check() answers, and soon, whatever a student's code does, and blames the right party."""
# ruff: noqa: F821, SIM105  (a blank such as ____ is not defined; what catches all is meant to)

import itertools
import sys
import threading
import time
import warnings
from functools import partial, wraps

import numpy as np
import pytest
from hostile import BEYOND_WORDS, HOSTILE, SpitefulArray

from optim_lib import rules
from optim_lib.checking.check import LIMIT, check
from optim_lib.checking.templates import LINES

SOON = 0.2  # seconds after the limit


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")
@pytest.mark.parametrize(("thing", "name"), HOSTILE)
def test_check_answers_and_leaves_everything_as_it_was(thing, name, capsys):
    before = np.geterr(), sys.stdout, sys.stderr, list(warnings.filters)
    began = time.process_time()
    verdict = check(thing, rules.gd)
    assert time.process_time() - began < LIMIT + SOON
    assert (np.geterr(), sys.stdout, sys.stderr, list(warnings.filters)) == before
    assert not verdict
    assert verdict.mistake == (None if name is BEYOND_WORDS else name)
    assert ("could not be tried" in verdict.says) == (name is BEYOND_WORDS)
    assert verdict.message and "\n" not in verdict.message and len(verdict.message) < 900
    assert repr(verdict).startswith("✗ Not yet. ")
    assert verdict._repr_html_()
    assert capsys.readouterr() == ("", "")
    assert check(rules.gd, rules.gd)


ENDLESS = []


def endless(rule):
    ENDLESS.append(pytest.param(rule, id=rule.__name__))
    return rule


@endless
def loops(theta, grad, memory, *, eta):
    while True:
        pass


@endless
def catches_everything(theta, grad, memory, *, eta):
    while True:
        try:
            grad(theta)
        except:  # noqa: E722
            pass


@endless
def sleeps_and_catches(theta, grad, memory, *, eta):
    while True:
        try:
            time.sleep(0.01)
        except:  # noqa: E722
            pass


@endless
def nested_loops_catch_everything(theta, grad, memory, *, eta):
    while True:
        try:
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
        except BaseException:
            pass


@(endless if hasattr(sys, "monitoring") else lambda rule: rule)  # which Python 3.11 may miss
def recursion_that_catches_everything(theta, grad, memory, *, eta):
    def deeper():
        try:
            deeper()
        except RecursionError:
            pass
        deeper()

    deeper()


@endless
def generator_without_end(theta, grad, memory, *, eta):
    def numbers():
        while True:
            yield 1

    sum(numbers())


@endless
def comprehension_without_end(theta, grad, memory, *, eta):
    return theta, {"n": len([n for n in itertools.count() if n < 0])}


@endless
def decorated(theta, grad, memory, *, eta):
    return theta, {}


def as_decorated(rule):
    @wraps(rule)
    def wrapped(*args, **hyper):
        while True:
            rule(*args, **hyper)

    return wrapped


ENDLESS[-1] = pytest.param(as_decorated(decorated), id="decorated")


class Endless:
    def __call__(self, theta, grad, memory, *, eta):
        while True:
            grad(theta)


ENDLESS.append(pytest.param(Endless(), id="an object"))
ENDLESS.append(pytest.param(partial(loops), id="a partial"))
ENDLESS.append(
    pytest.param(
        lambda theta, grad, memory, *, eta: [n for n in iter(int, 1)],
        id="a lambda",
    )
)


@pytest.mark.parametrize("rule", ENDLESS)
def test_an_endless_rule_is_left_in_time_in_any_thread(rule):
    taken, verdicts = [], []

    def checked():
        began = time.monotonic()
        verdicts.append(check(rule, rules.gd))
        taken.append(time.monotonic() - began)

    checked()
    thread = threading.Thread(target=checked)
    thread.start()
    thread.join(3 * LIMIT)
    assert [verdict.mistake for verdict in verdicts] == 2 * ["never returns"]
    assert min(taken) < LIMIT + SOON and max(taken) < LIMIT + 1  # if the machine is busy


def test_all_that_is_tried_shares_one_limit():
    calls = []

    def takes_its_time(theta, grad, memory, *, eta):
        calls.append(1)
        time.sleep(0.7)
        return theta - eta * grad(theta), {}

    began = time.monotonic()
    verdict = check(takes_its_time, rules.gd)
    assert time.monotonic() - began < 0.7 * len(calls) + SOON < LIMIT + 0.7 + 2 * SOON
    assert not verdict and len(calls) <= 2
    assert "takes_its_time" in verdict.says and "step 2" in verdict.says


def test_a_rule_that_is_only_slow_is_not_said_to_loop():
    def is_slow(theta, grad, memory, *, eta):
        time.sleep(0.015)
        return theta - eta * grad(theta), {}

    verdict = check(is_slow, rules.gd)
    assert verdict.says == "is_slow is too slow to be tried within 1 s."
    assert verdict.mistake is None


def test_a_right_rule_that_the_machine_keeps_waiting_is_right():
    stalls = [0.5]

    def waits(theta, grad, memory, *, eta):
        if stalls:
            time.sleep(stalls.pop())
        return theta - eta * grad(theta), memory

    assert check(waits, rules.gd)


def test_an_interrupt_always_passes_out():
    def mine(theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {}

    def interrupted(theta, grad, memory, *, eta):
        raise KeyboardInterrupt

    before = sys.stdout, list(warnings.filters)
    for pair in ((interrupted, rules.gd), (mine, interrupted)):
        with pytest.raises(KeyboardInterrupt):
            check(*pair)
        assert (sys.stdout, list(warnings.filters)) == before


def test_what_is_wrong_with_the_right_rule_is_said_of_it():
    def mine(theta, grad, memory, *, eta):
        return theta, {}

    def right(theta, grad, memory, *, eta):
        raise ValueError("not mine")

    def forever(theta, grad, memory, *, eta):
        while True:
            pass

    verdict = check(mine, right)
    assert not verdict and verdict.says.startswith(
        "The rule to compare with cannot be used: right raised ValueError at step 1: not mine"
    )
    began = time.monotonic()
    assert "forever did not come back from step 1" in check(mine, forever).says
    assert time.monotonic() - began < LIMIT + SOON


def test_other_hyperparameters_keep_their_defaults():
    seen = []

    def mine(theta, grad, memory, *, eta, mode="soft", clip=None, size=(1, 2)):
        seen.append((mode, clip, size))
        return theta - eta * grad(theta), {}

    assert check(mine, rules.gd)
    assert set(seen) == {("soft", None, (1, 2))}
    assert check(mine, mine)


def test_a_rule_may_print_and_warn_and_set_errors_to_raise():
    def chatters(theta, grad, memory, *, eta):
        print("step", theta)
        warnings.warn("a step", stacklevel=1)
        return theta - eta * grad(theta), {}

    def strict(theta, grad, memory, *, eta, eps=1e-8):
        np.seterr(all="raise")
        g = grad(theta)
        s = memory.get("s", 0) + g
        with np.errstate(all="ignore"):
            return theta - eta * g / (np.sqrt(s) + eps), {"s": s}

    assert check(chatters, rules.gd)
    assert check(strict, rules.adagrad).mistake == "g instead of g squared"


def test_the_answer_to_an_array_that_fights_back_is_no_exception():
    def fights(theta, grad, memory, *, eta):
        return (theta - eta * grad(theta)).view(SpitefulArray), {}

    assert check(fights, rules.gd) is not None


def test_right_for_one_run_and_wrong_for_many_at_once():
    def two_weights(theta, grad, memory, *, eta, beta1=0.9):
        v = beta1 * memory.get("v", np.zeros(len(theta))) + grad(theta)
        return theta - eta * v, {"v": v}

    def looks_at_one(theta, grad, memory, *, eta, beta1=0.9):
        return rules.momentum(theta, grad, memory, eta=np.max(eta), beta1=beta1)

    assert check(two_weights, rules.momentum).mistake == "only one run"
    assert "could not be broadcast" in check(two_weights, rules.momentum).says
    assert check(looks_at_one, rules.momentum).mistake == "only one run"
    assert "runs at once" in check(looks_at_one, rules.momentum).where


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


def test_a_slot_read_under_another_name_is_named_in_any_form_of_the_rule():
    forms = {
        u_read_as_v: rules.momentum,
        u_read_as_v_ahead: rules.nesterov,
        r_read_as_s: rules.adagrad,
        q_read_as_s: rules.rmsprop,
    }
    for mine, right in forms.items():
        assert check(mine, right).mistake == "memory not carried over", mine.__name__


def test_theta_that_was_moved_there_and_back_is_still_changed_in_place():
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


def test_no_other_rule_of_the_course_is_taken_for_it():
    for mine in LINES:
        for right in LINES:
            same = {mine, right} <= {rules.gd, rules.sgd} or mine is right
            assert bool(check(mine, right)) == same, (mine, right)


def test_a_rule_that_the_course_does_not_have_can_be_checked_too():
    def signs(theta, grad, memory, *, eta, power=1.0):
        return theta - eta * np.sign(grad(theta)) * power, {}

    def uphill(theta, grad, memory, *, eta, power=1.0):
        return theta + eta * np.sign(grad(theta)) * power, {}

    assert check(signs, signs)
    assert check(uphill, signs).mistake == "climbs"


UNFINISHED = []


def unfinished(rule):
    UNFINISHED.append(pytest.param(rule, id=rule.__name__))
    return rule


@unfinished
def dots(theta, grad, memory, *, eta, beta1=0.9): ...


@unfinished
def passes(theta, grad, memory, *, eta, beta1=0.9):
    """My rule."""
    pass


@unfinished
def hands_back(theta, grad, memory, *, eta, beta1=0.9):
    return theta, memory


@unfinished
def hands_back_after_a_start(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + grad(theta)
    return theta, {"v": v}


@unfinished
def not_implemented(theta, grad, memory, *, eta, beta1=0.9):
    raise NotImplementedError


@unfinished
def to_do(theta, grad, memory, *, eta, beta1=0.9):
    raise RuntimeError("TODO: write momentum")


@unfinished
def dots_for_v(theta, grad, memory, *, eta, beta1=0.9):
    v = ...
    return theta - eta * v, {"v": v}


@unfinished
def dots_for_memory(theta, grad, memory, *, eta, beta1=0.9):
    g = grad(theta)
    return theta - eta * g, {"v": ...}


@unfinished
def dots_for_all(theta, grad, memory, *, eta, beta1=0.9):
    return ...


@unfinished
def blanks(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * ____ + grad(theta)
    return theta - eta * v, {"v": v}


@unfinished
def a_start_and_dots(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + grad(theta)  # noqa: F841
    ...


@pytest.mark.parametrize("rule", UNFINISHED)
def test_a_stub_is_not_wrong_but_unfinished(rule):
    verdict = check(rule, rules.momentum)
    assert not verdict
    assert verdict.mistake == "unfinished"
    assert repr(verdict) == (
        "… Not finished yet. Some lines are still to be written.\n"
        "  Momentum: remember the direction. v, of θ's shape, is a sum of gradients, not a mean."
    )
