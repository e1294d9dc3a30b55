"""Record every step of a student's rule, whatever it may do."""

import time
from copy import deepcopy

import numpy as np

from optim_lib.checking.problems import STEPS
from optim_lib.checking.verdict import differing
from optim_lib.runs.errors import OutOfTime
from optim_lib.runs.inspect import name_of
from optim_lib.runs.returned import checked
from optim_lib.text import OneSentence, number, say

TOO_SLOW = "{rule} is too slow to be tried within {limit} s."
SHOWN_AS = {  # {habit: what is compared}
    "theta changed in place": "{what} given to step {step}, afterwards",
    "memory changed in place": "{what} given to step {step}, afterwards",
    "gradient at two points": "{what} in step {step}",
}


class Recorder:
    """A rule, and what it did; if `twice`, each step is taken once more before, and for nothing."""

    def __init__(self, rule, twice=False):
        self.__wrapped__, self.__name__, self.twice = rule, name_of(rule), twice
        self.calls = 0  # how many steps it was asked for; `began`: when the last of them began
        self.returned = None  # what it returned last
        self.asked = False  # whether it has ever asked for a gradient
        self.idle = True  # whether it has returned every θ untouched, the very array it was given
        self.habits = {}  # what a rule should not do: {name: Evidence}
        self.walks = []  # the walks that it has done, one a problem
        self.again = None  # the first walk once more, with steps taken twice
        self.error = None  # the error, in one sentence, that stopped it

    def record(self, problems):
        """Walk on each problem, up to the first error."""
        try:
            with np.errstate(all="ignore"):  # whatever the rule may set it to
                for problem in problems:
                    self.walks.append(problem.walk(self))
                    self.again = self.again or problem.walk(Recorder(self.__wrapped__, twice=True))
        except OneSentence as error:
            self.error, limit = error, problem.limit.seconds
            if isinstance(error, OutOfTime) and time.monotonic() - self.began < limit / 2:
                self.error = OutOfTime(TOO_SLOW, rule=self.__name__, limit=number(limit))

    def __call__(self, theta, grad, memory, **hyper):
        """One step."""
        points = []

        def recorded(at):
            self.asked = True
            points.append(np.array(at, dtype=float))
            return grad(at)

        recorded.__qualname__ = "grad"
        self.calls, self.began = self.calls + 1, time.monotonic()
        before = theta.copy(), deepcopy(memory)
        if self.twice:
            self.__wrapped__(theta.copy(), recorded, deepcopy(memory), **hyper)
        self.returned = self.__wrapped__(theta, recorded, memory, **hyper)
        self._compare("theta changed in place", {"θ": before[0]}, {"θ": theta})
        self._compare("memory changed in place", before[1], memory)
        for point in points[1:]:
            self._compare("gradient at two points", {"∇f": points[0]}, {"∇f": point})
        self.idle &= isinstance(self.returned, tuple) and self.returned[0] is theta
        return checked(self, self.returned, theta.shape, {})  # an odd memory may never end either

    def _compare(self, habit, before, after):
        for what in before | after:
            was, became = before.get(what), after.get(what)
            if habit not in self.habits and not _same(was, became):
                what = say(SHOWN_AS[habit], what=what, step=(self.calls - 1) % STEPS + 1)
                self.habits[habit] = differing(what, became, was)


def _same(a, b):
    """Whether two numbers or arrays are the same, where None is nothing and NaN equals NaN."""
    if a is None or b is None:
        return a is b
    return np.array_equal(np.asarray(a, dtype=float), np.asarray(b, dtype=float), equal_nan=True)
