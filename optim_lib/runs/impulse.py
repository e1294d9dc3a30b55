"""What is left of one gradient: the forgetting curve of any rule."""

import numpy as np

from optim_lib.runs.arguments import as_rule, as_steps, check_hyper, spread
from optim_lib.runs.history import History
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.iterate import iterate
from optim_lib.runs.run import Run
from optim_lib.runs.time_limit import TimeLimit


def impulse(rule, steps=60, weights=1, **hyper):
    """The forgetting curve: the memory left by one unit gradient followed by zeros.

    Returns a Run over one weight (or more, all alike) whose memory[slot][k] is what the slot holds
    after k steps. θ is put back to 0 before each step, and η is 1 unless given, so that only the
    memory moves, also one that holds ηg.
    """
    as_rule(rule)
    if "eta" in hyperparameters(rule):
        hyper = {"eta": 1.0} | hyper
    check_hyper(rule, hyper)
    theta = spread([0.0] * weights, hyper)
    history = History(theta, as_steps(steps))
    with np.errstate(all="ignore"), TimeLimit(2.0, rule) as limit:
        walk = iterate(rule, UnitGradient, theta, steps, hyper, limit, lambda step: theta.copy())
        for step, _, memory in walk:
            history.add(step, theta, memory)
    return Run(history.theta, np.zeros(steps + 1), history.memory, hyper, -1)


class UnitGradient:
    """An oracle whose gradient is 1 at the first step, and 0 from then on."""

    def grad_at(step):
        return lambda theta: np.full_like(theta, float(step == 1))
