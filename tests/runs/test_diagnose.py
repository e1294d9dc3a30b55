"""A student's rule may be wrong in any way: each way has one class, and one sentence to mend it."""
# ruff: noqa: F821  (a name that is not defined is one of the ways)

import gc
import math
import sys

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.landscapes.digits import split
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.networks import TwoLayers
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.runs import errors
from optim_lib.runs.impulse import impulse
from optim_lib.runs.run import run
from optim_lib.runs.train import train

BROKEN = []


def answered(error, sentence):
    """The rule below it is answered with this error and exactly this sentence."""

    def to_the_table(mine):
        BROKEN.append(pytest.param(mine, error, sentence, id=mine.__name__))
        return mine

    return to_the_table


@answered(errors.NotAPair, "no_return returned None: end it with `return theta, memory`.")
def no_return(theta, grad, memory, *, eta):
    theta = theta - eta * grad(theta)


@answered(errors.NotAPair, "only_theta returned one ndarray: it must `return theta, memory`.")
def only_theta(theta, grad, memory, *, eta):
    return theta - eta * grad(theta)


@answered(errors.NotAPair, "awaited is asynchronous: write def, not async def.")
async def awaited(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), memory


@answered(errors.NotAPair, "three returned one tuple: it must `return theta, memory`.")
def three(theta, grad, memory, *, eta):
    return theta, memory, eta


@answered(errors.NotAPair, "swapped returned (memory, theta): swap them, theta comes first.")
def swapped(theta, grad, memory, *, eta):
    return memory, theta


@answered(errors.WrongMemory, "array_memory returned a ndarray as memory: it must be a dict.")
def array_memory(theta, grad, memory, *, eta):
    return theta, grad(theta)


@answered(errors.WrongMemory, "no_memory returned a NoneType as memory: it must be a dict.")
def no_memory(theta, grad, memory, *, eta):
    return theta, None


OF_ITS_SHAPE = "it must be an array of numbers of theta's own shape (2,)."


@answered(errors.WrongShape, f"scalar returned a theta of shape (): {OF_ITS_SHAPE}")
def scalar(theta, grad, memory, *, eta):
    return theta.sum(), {}


@answered(errors.WrongShape, f"longer returned a theta of shape (3,): {OF_ITS_SHAPE}")
def longer(theta, grad, memory, *, eta):
    return np.append(theta, 0.0), {}


@answered(errors.WrongShape, f"list_theta returned a theta of type list: {OF_ITS_SHAPE}")
def list_theta(theta, grad, memory, *, eta):
    return list(theta), {}


@answered(errors.WrongShape, f"none_theta returned a theta of None: {OF_ITS_SHAPE}")
def none_theta(theta, grad, memory, *, eta):
    return None, {}


A_NUMBER = "a memory slot must hold a number or an array of numbers."


@answered(errors.WrongMemory, f"list_slot keeps type list in memory['g']: {A_NUMBER}")
def list_slot(theta, grad, memory, *, eta):
    return theta, {"g": [*memory.get("g", []), grad(theta)]}


@answered(errors.WrongMemory, f"none_slot keeps None in memory['v']: {A_NUMBER}")
def none_slot(theta, grad, memory, *, eta):
    return theta, {"v": None}


@answered(errors.WrongMemory, f"text_slot keeps type str in memory['v']: {A_NUMBER}")
def text_slot(theta, grad, memory, *, eta):
    return theta, {"v": "velocity"}


@answered(
    errors.WrongMemory,
    "growing changed the shape of memory['g'] from (1,) to (2,): "
    "a memory slot must keep its shape.",
)
def growing(theta, grad, memory, *, eta):
    return theta, {"g": np.append(memory.get("g", []), 1.0)}


@answered(
    errors.RaisedAnError,
    "typo raised NameError at step 1: name 'gg' is not defined, "
    "in its line `return theta - eta * gg, {}`.",
)
def typo(theta, grad, memory, *, eta):
    return theta - eta * gg, {}


@answered(
    errors.RaisedAnError,
    "later raised KeyError at step 2: 'm', in its line `m = memory[\"m\"] if memory else 0.0`.",
)
def later(theta, grad, memory, *, eta):
    m = memory["m"] if memory else 0.0
    return theta, {"v": m}


@answered(errors.RaisedAnError, "leaves raised SystemExit at step 1: 3, in its line `sys.exit(3)`.")
def leaves(theta, grad, memory, *, eta):
    sys.exit(3)


@answered(
    errors.RaisedAnError,
    "asserts raised AssertionError at step 1, in its line `raise AssertionError`.",
)
def asserts(theta, grad, memory, *, eta):
    raise AssertionError


class Outcast(BaseException):
    pass


@answered(
    errors.RaisedAnError,
    "casts_out raised Outcast at step 1: two lines, in its line "
    '`raise Outcast("two\\n  lines\\n")`.',
)
def casts_out(theta, grad, memory, *, eta):
    raise Outcast("two\n  lines\n")


@answered(
    errors.RaisedAnError,
    f"talks_long raised ValueError at step 1: {199 * 'x'}…, in its line "
    '`raise ValueError(100_000 * "x")`.',
)
def talks_long(theta, grad, memory, *, eta):
    raise ValueError(100_000 * "x")


class CannotBeSaid(Exception):
    def __str__(self):
        raise RuntimeError("no words")


@answered(
    errors.RaisedAnError,
    "wordless raised CannotBeSaid at step 1, in its line `raise CannotBeSaid`.",
)
def wordless(theta, grad, memory, *, eta):
    raise CannotBeSaid


@answered(
    errors.RaisedAnError,
    "below raised LinAlgError at step 1: Singular matrix, "
    "in its line `return np.linalg.inv(np.zeros((2, 2))) @ theta, {}`.",
)
def below(theta, grad, memory, *, eta):
    return np.linalg.inv(np.zeros((2, 2))) @ theta, {}


@answered(
    errors.RaisedAnError,
    "few_parameters raised TypeError at step 1: few_parameters() takes 2 positional arguments "
    "but 3 positional arguments (and 1 keyword-only argument) were given.",
)
def few_parameters(theta, grad, *, eta):
    return theta, {}


FROM_FINITE = "made NaN or infinity out of finite numbers at step"
LOOK = "look for a division by zero, or the root of a negative number."


@answered(errors.NotANumber, f"root {FROM_FINITE} 1: {LOOK}")
def root(theta, grad, memory, *, eta):
    return theta - eta * np.sqrt(-(grad(theta) ** 2)), {}


@answered(errors.NotANumber, f"division {FROM_FINITE} 2: {LOOK}")
def division(theta, grad, memory, *, eta):
    t = memory.get("t", 0)
    return theta - eta / np.float64(1 - t), {"t": t + 1}


@answered(errors.NotANumber, f"hidden {FROM_FINITE} 1: {LOOK}")
def hidden(theta, grad, memory, *, eta):
    return theta, {"s": np.log(0 * theta - 1)}


@pytest.mark.parametrize("mine, error, sentence", BROKEN)
def test_is_answered_in_one_sentence(mine, error, sentence):
    with pytest.raises(errors.RuleError) as raised:
        run(mine, rosenbrock, eta=0.001)
    assert type(raised.value) is error
    assert str(raised.value) == sentence


@pytest.mark.parametrize("mine", [no_return, swapped, longer, list_slot, typo])
def test_is_answered_in_a_batch_and_in_a_forgetting_curve_too(mine):
    for walk in (
        lambda: run(mine, rosenbrock, eta=np.array([0.001, 0.002])),
        lambda: impulse(mine),
    ):
        with pytest.raises(errors.RuleError, match=f"^{mine.__name__} "):
            walk()


def test_nan_in_a_batch_is_marked_so_that_the_others_can_be_seen():
    def root_of_eta(theta, grad, memory, *, eta):
        return theta - 0.001 * np.sqrt(eta) * grad(theta), {}

    walked = run(root_of_eta, rosenbrock, eta=np.array([1.0, -1.0]))
    assert walked.diverged_at.tolist() == [-1, 1]
    assert np.isfinite(walked.theta).all()


def test_own_error_is_kept_as_the_cause():
    with pytest.raises(errors.RaisedAnError) as raised:
        run(typo, rosenbrock, eta=0.001)
    assert isinstance(raised.value.__cause__, NameError)


def test_interrupt_of_the_kernel_is_not_swallowed():
    def interrupted(theta, grad, memory, *, eta):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(interrupted, rosenbrock, eta=0.001)


def test_rule_without_a_name_or_a_source_is_answered_too():
    class Callable:
        def __call__(self, theta, grad, memory, *, eta):
            raise ValueError("no")

    unnamed = Callable()
    with pytest.raises(errors.RaisedAnError, match=r"^Callable raised ValueError at step 1: no\.$"):
        run(unnamed, rosenbrock, eta=0.001)


def test_notebook_shows_the_sentence_and_no_traceback():
    error = errors.NotAPair("mine returned None.")
    assert error._render_traceback_() == ["NotAPair: mine returned None."]


def test_an_asynchronous_rule_leaves_no_warning_behind(recwarn):
    with pytest.raises(errors.NotAPair):
        run(awaited, rosenbrock, eta=0.1)
    assert not check(awaited, rules.gd)
    gc.collect()
    assert [str(warned.message) for warned in recwarn] == []


def uncalled(theta, grad, memory, *, eta):
    return theta - eta * grad, {}


def called_for_nothing(theta, grad, memory, *, eta):
    return theta - eta * grad(), {}


def with_a_hat(theta, grad, memory, *, eta):
    return theta - eta * grad(theta) ^ 2, {}


def without_quotes(theta, grad, memory, *, eta):
    v = grad(theta)
    return theta - eta * v, {v: v}


def without_a_default(theta, grad, memory, *, eta):
    v = 0.9 * memory.get("v") + grad(theta)
    return theta - eta * v, {"v": v}


def for_two_weights(theta, grad, memory, *, eta):
    x, y = theta
    return np.array([x, y]) - eta * grad(theta), {}


def by_math(theta, grad, memory, *, eta):
    return theta - math.sqrt(grad(theta)), {}


@pytest.mark.parametrize(
    "rule, advice",
    [
        (uncalled, "grad is a function: call it, grad(theta)."),
        (called_for_nothing, "grad takes a point: grad(theta)."),
        (with_a_hat, "A power is written **, and ^ is something else."),
        (without_quotes, 'The name of a slot stands in quotes: {"v": v}.'),
        (without_a_default, 'A slot that is not there yet is None: .get("v", 0.0).'),
        (for_two_weights, "θ may hold any number of weights: use it as a whole."),
        (by_math, "math takes single numbers, and here are arrays: use np."),
    ],
)
def test_a_slip_that_python_does_not_name_is_named(rule, advice):
    with pytest.raises(errors.RaisedAnError) as raised:
        run(rule, Landscape("bowl", lambda x: (x**2).sum(0), lambda x: 2 * x, (1, 2, 3)), eta=0.1)
    assert str(raised.value).endswith(f"`. {advice}")


def test_a_rule_in_stretches_is_quoted_by_its_own_line():
    learn, test = split(40)
    with pytest.raises(errors.RaisedAnError, match=r"in its line `x, y = theta`"):
        train(for_two_weights, TwoLayers(2), learn, test, eta=0.1)
