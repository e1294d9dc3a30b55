"""Look at what a run is given, and say in one sentence what cannot be used."""

import inspect
import math
import operator
from numbers import Integral, Real

import numpy as np

from optim_lib.landscapes.landscape import as_landscape
from optim_lib.runs.inspect import hyperparameters, name_of
from optim_lib.text import ArgumentError

NO_RULE = "A rule is a function (theta, grad, memory, *, eta), not {given}."
NEEDED = "{rule} needs {name}: give it a value, as in {name}=0.1."
NOT_KNOWN = "{rule} has no hyperparameter {name}; it has: {names}."
NO_SEED = "seed = {given}: it must be a whole number, 0 or more."
NO_START = "start = {given}: it must be numbers."
IS_RULE = "{given} is a rule, and a landscape is a function of theta alone."
IS_LANDSCAPE = "{given} is a landscape, and the rule comes first: run(rule, landscape)."


def as_rule(rule):
    """The rule, if it can be called with (theta, grad, memory)."""
    if not callable(rule):
        is_landscape = hasattr(rule, "value") and hasattr(rule, "grad")
        one = IS_LANDSCAPE if is_landscape else NO_RULE
        raise ArgumentError(one, given=rule.name if is_landscape else repr(rule))
    try:
        inspect.signature(rule)
    except (TypeError, ValueError):
        raise ArgumentError(NO_RULE, given=name_of(rule)) from None
    return rule


def check_hyper(rule, given):
    """Whether the rule has all these hyperparameters, and needs no others."""
    parameters = inspect.signature(rule).parameters.values()
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return
    has = hyperparameters(rule)
    for name in given.keys() - {p.name for p in parameters}:
        raise ArgumentError(NOT_KNOWN, rule=name_of(rule), name=name, names=", ".join(has))
    for name, default in has.items():
        if default is inspect.Parameter.empty and name not in given:
            raise ArgumentError(NEEDED, rule=name_of(rule), name=name)


def as_surface(landscape):
    """The Landscape; a rule, which is a function too, is none."""
    if getattr(landscape, "__code__", None) and "memory" in inspect.signature(landscape).parameters:
        raise ArgumentError(IS_RULE, given=name_of(landscape))
    return as_landscape(landscape)


def as_steps(steps):
    try:
        whole = operator.index(steps)
    except TypeError:
        whole = 0
    if whole < 1:
        one = "steps must be a whole number, 1 or more, not {given}."
        raise ArgumentError(one, given=repr(steps))
    return whole


def as_seed(seed):
    if not isinstance(seed, Integral) or seed < 0:
        raise ArgumentError(NO_SEED, given=repr(seed))
    return int(seed)


def as_start(start):
    """One start as a tuple of numbers."""
    try:
        return tuple(map(float, start))
    except (TypeError, ValueError):
        raise ArgumentError(NO_START, given=repr(start)) from None


def as_budget(budget):
    if not isinstance(budget, Real) or not 0 < budget < math.inf:
        one = "budget = {given}: it must be a number of seconds above 0."
        raise ArgumentError(one, given=repr(budget))
    return float(budget)


def spread(start, hyper):
    """The start as a new array (d, ...) with an axis for each axis of the hyperparameters."""
    try:
        start = np.atleast_1d(np.asarray(start, dtype=float))
    except (TypeError, ValueError):
        raise ArgumentError(NO_START, given=repr(start)) from None
    d, starts = start.shape[0], start.shape[1:]
    try:
        batch = np.broadcast_shapes(starts, *map(np.shape, hyper.values()))
    except ValueError:
        shapes = {name: np.shape(value) for name, value in hyper.items() if np.ndim(value)}
        one = "These shapes do not fit together: {shapes}. One array a hyperparameter, all alike."
        raise ArgumentError(one, shapes=shapes | {"start": start.shape}) from None
    aligned = start.reshape(d, *(1,) * (len(batch) - len(starts)), *starts)
    return np.broadcast_to(aligned, (d, *batch)).copy()


def disturbances(noise, steps, theta, seed):
    """(steps, d, ...): normal, of this standard deviation, one vector a step for all runs alike."""
    try:
        size = np.broadcast_to(np.asarray(noise, dtype=float).ravel(), len(theta))
        if not (np.isfinite(size) & (size >= 0)).all():
            raise ValueError
    except (TypeError, ValueError):
        one = (
            "noise = {given}: it must be one number, or one for each of the {d} weights, from 0 on."
        )
        raise ArgumentError(one, given=repr(noise), d=len(theta)) from None
    axes = (1,) * (theta.ndim - 1)
    drawn = np.random.default_rng(seed).standard_normal((steps, len(theta), *axes))
    return size.reshape(-1, *axes) * drawn


def functions_of(landscape):
    """What a TimeLimit may stop in a landscape."""
    return landscape.value, landscape.grad, landscape.sample
