"""THE loop. Everything that lets a rule take steps folds it: run, impulse, sweep, train, check."""

import time

from optim_lib.runs.diagnose import out_of_time, what_it_raised
from optim_lib.runs.errors import RaisedAnError, TimeIsUp
from optim_lib.runs.returned import checked
from optim_lib.text import OneSentence


def iterate(rule, oracle, theta, steps, hyper, limit, points=None):
    """Yield (step, θ, memory) after each step of rule(θ, ∇f, memory, **hyper), as it returned them.

    oracle  its grad_at(step) is the gradient function of that step
    limit   a TimeLimit, under which all the steps stand
    points  step -> where that step begins; left out, it begins where the last one ended

    Raises a RuleError, in one sentence, for a rule that returns, raises or keeps what it must not,
    or does not come back in time. KeyboardInterrupt always passes.
    """
    memory, kinds, began = {}, {}, time.monotonic()
    for step in range(1, steps + 1):
        theta = theta if points is None else points(step)
        try:
            returned = limit.call(rule, theta, oracle.grad_at(step), memory, **hyper)
        except TimeIsUp:
            took = time.monotonic() - began
            raise out_of_time(rule, oracle, limit, step, steps, took, back=False) from None
        except (OneSentence, KeyboardInterrupt):
            raise
        except BaseException as error:  # a rule may raise whatever it likes
            raise RaisedAnError(what_it_raised(rule, error, step)) from error
        now = time.monotonic()
        if now > limit.ends:
            raise out_of_time(rule, oracle, limit, step, steps, now - began, back=True)
        theta, memory = checked(rule, returned, theta.shape, kinds)
        began = now
        yield step, theta, memory
