"""What can be seen of a rule from outside: its name, its hyperparameters, where it looks."""

import inspect

import numpy as np

from optim_lib import rules
from optim_lib.runs.errors import TimeIsUp
from optim_lib.runs.time_limit import TimeLimit

PATIENCE = 0.5  # seconds

TITLES = {
    rules.gd: "GD",
    rules.sgd: "SGD",
    rules.momentum: "momentum",
    rules.nesterov: "Nesterov",
    rules.adagrad: "AdaGrad",
    rules.rmsprop: "RMSProp",
    rules.adam: "Adam",
    rules.adam_l2: "Adam + L2",
    rules.adamw: "AdamW",
}


def name_of(rule):
    """What a function is called; an object or a partial is called by its type."""
    return getattr(rule, "__name__", type(rule).__name__)


def title_of(rule):
    """What a rule is called on screen: "Nesterov" for rules.nesterov, a student's by its name."""
    return keyed_by_rule(TITLES, rule, name_of(rule))


def keyed_by_rule(table, rule, otherwise=None):
    """What a table holds for this very function, whatever a student's own is called."""
    return next((value for known, value in table.items() if known is rule), otherwise)


def hyperparameters(rule):
    """{name: default} of the rule's keyword-only parameters; inspect.Parameter.empty for none."""
    parameters = inspect.signature(rule).parameters.values()
    return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}


def slots_of(run):
    """The memory that has a value for each coordinate: not the step count t."""
    return {slot: h for slot, h in run.memory.items() if h.shape == run.theta.shape}


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
        with np.errstate(all="ignore"), TimeLimit(PATIENCE, rule, grad) as limit:
            limit.call(rule, walked.theta.T, watched, memory, **walked.hyper)
        looked = np.asarray(asked[-1], dtype=float).T
    except (Exception, TimeIsUp):
        return None
    elsewhere = looked.shape == walked.theta.shape and not np.array_equal(looked, walked.theta)
    return looked if elsewhere else None
