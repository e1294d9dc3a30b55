"""Where a rule asks for its gradient: most do at θ, and Nesterov's where it is about to be."""

import numpy as np

from optim_lib.runs.time_limit import TimeIsUp, time_budget

PATIENCE = 0.5  # seconds


def asked_at(rule, walked, grad):
    """The point at which the rule takes its gradient, from each row of a Run; None if that is θ.

    All steps are taken once more in a single call, since a rule takes any number of points at
    once. One that cannot is None as well. Returns (steps+1, d).
    """
    asked = []

    def watched(theta):
        asked.append(theta)
        return grad(theta)

    memory = {slot: history.T for slot, history in walked.memory.items()}
    try:
        with np.errstate(all="ignore"), time_budget(PATIENCE):
            rule(walked.theta.T, watched, memory, **walked.hyper)
        looked = np.asarray(asked[-1], dtype=float).T
    except (Exception, TimeIsUp):
        return None
    elsewhere = looked.shape == walked.theta.shape and not np.array_equal(looked, walked.theta)
    return looked if elsewhere else None
