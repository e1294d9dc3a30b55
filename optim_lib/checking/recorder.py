"""Set a student's rule walking, whatever it may do, and keep what it did."""

import io
import time
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass

import numpy as np

from optim_lib.checking.problems import STEPS, Walk, walk
from optim_lib.checking.verdict import Evidence, shown
from optim_lib.runs import diagnose, errors
from optim_lib.runs.inspect import name_of
from optim_lib.runs.time_limit import TimeIsUp, time_budget

BUDGET = 0.4  # seconds for all walks of one rule; a right one needs a twentieth of it
TRIES = 5  # at most, while a busy machine gives the rule less than half of that time


class Witness:
    """A rule, watched at every step.

    returned  what it returned last
    asked     whether it has ever asked for a gradient
    idle      whether it has handed every θ back untouched, the very array that it was given
    habits    what a rule should not do: {name: (step, of what, what it was, what it became)}
    """

    def __init__(self, rule):
        self.rule, self.__name__ = rule, name_of(rule)
        self.returned, self.asked, self.idle, self.habits = None, False, True, {}
        self.calls, self.began = 0, time.monotonic()

    def __call__(self, theta, grad, memory, **hyper):
        self.calls, self.began, points = self.calls + 1, time.monotonic(), []

        def watched(at):
            self.asked = True
            points.append(np.array(at, dtype=float))
            return grad(at)

        watched.__qualname__ = "grad"
        before = theta.copy(), deepcopy(memory)
        self.returned = self.rule(theta, watched, memory, **hyper)
        self._compare("theta changed in place", {"θ": before[0]}, {"θ": theta})
        self._compare("memory changed in place", before[1], memory)
        for point in points[1:]:
            self._compare("gradient at two points", {"∇f at": points[0]}, {"∇f at": point})
        self.idle &= isinstance(self.returned, tuple) and self.returned[0] is theta
        return self.returned

    def _compare(self, habit, before, after):
        for what in before | after:
            was, became = before.get(what), after.get(what)
            if not _same(was, became):
                self.habits.setdefault(habit, (self.step, what, was, deepcopy(became)))

    def evidence(self, habit):
        step, what, was, became = self.habits[habit]
        left = f"left as {shown(became)}"
        if shown(became) == shown(was):
            left += f", off by {shown(np.abs(np.subtract(became, was)).max(), digits=1)}"
        return Evidence(f"{what}, as handed to step {step}", left, shown(was))

    @property
    def step(self):
        """The step of the walk that it is in, or was in last."""
        return (self.calls - 1) % STEPS + 1


def _same(a, b):
    """Whether two numbers or arrays are the same, where None is nothing and NaN equals NaN."""
    if a is None or b is None:
        return a is b
    return np.array_equal(np.asarray(a, dtype=float), np.asarray(b, dtype=float), equal_nan=True)


def twice(rule):
    """The rule, each step of which is taken twice: the first time with copies, and for nothing."""

    def stuttering(theta, grad, memory, **hyper):
        rule(theta.copy(), grad, deepcopy(memory), **hyper)
        return rule(theta, grad, memory, **hyper)

    stuttering.__name__ = name_of(rule)
    return stuttering


@dataclass
class Testimony:
    """The walks that a rule has done, one a probe, and the error that stopped it, or None.

    again  the first walk once more, each step taken twice: it shows what is kept outside memory
    """

    witness: Witness
    walks: list
    again: Walk | None = None
    error: errors.RuleError | None = None


def hear(rule, probes):
    """The Testimony of a rule. It may raise, exit or never return: this does not."""
    for _ in range(TRIES):
        began, told = time.process_time(), _heard(rule, probes)
        was_run = time.process_time() - began > BUDGET / 2
        if was_run or not isinstance(told.error, errors.OutOfTime):
            break
    return told


def _heard(rule, probes):
    told = Testimony(Witness(rule), [])
    try:
        with quiet(), time_budget(BUDGET):
            told.walks.append(walk(told.witness, probes[0]))
            told.again = walk(twice(rule), probes[0])
            for probe in probes[1:]:
                told.walks.append(walk(told.witness, probe))
    except TimeIsUp:
        told.error = _out_of_time(told.witness)
    except errors.RuleError as error:
        told.error = error
    except BaseException as error:
        told.error = errors.RaisedAnError(diagnose.what_it_raised(rule, error, told.witness.step))
        told.error.__cause__ = error
    return told


def _out_of_time(witness):
    if time.monotonic() - witness.began > BUDGET / 2:
        return errors.OutOfTime(diagnose.too_slow(witness, witness.step, STEPS, BUDGET, stuck=True))
    return errors.OutOfTime(f"{witness.__name__} is too slow to be tried within {BUDGET:g} s.")


@contextmanager
def quiet():
    """What a rule prints or warns of is not shown: it is asked for a hundred steps."""
    with (
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield
