"""The values that a sweep tries along each of its axes."""

import operator

import numpy as np

from optim_lib.runs.inspect import hyperparameters, name_of
from optim_lib.text import ArgumentError

STOPS = 64  # along an axis that is given by its ends
MOST = 100_000  # values along an axis
TOWARDS_ONE = {"beta1", "beta2"}

NO_AXES = "Give one or two hyperparameters as (low, high) or as a list of values."
NO_LIST = "{name} = {given}: a list holds one finite number or more."
NO_NUMBERS = "{name} = {given}: write (low, high) or (low, high, how many), in numbers."
NO_COUNT = "{name} = {given}: write (low, high) or (low, high, how many), with 1 to {most} values."
NOT_ABOVE_ZERO = "{name} = {given}: write (low, high) or (low, high, how many), both ends above 0."
NOT_BELOW_ONE = "{name} = {given}: write (low, high) or (low, high, how many), both ends below 1."


def axes_of(rule, hyper):
    """({name: values} of the axes, {name: number} of the others)"""
    unknown = ", ".join(sorted(hyper.keys() - hyperparameters(rule).keys()))
    if unknown:
        one = "{rule} has no keyword-only parameter {names}."
        raise ArgumentError(one, rule=name_of(rule), names=unknown)
    axes = {name: _along(name, values) for name, values in hyper.items() if _is_axis(values)}
    if len(axes) not in (1, 2):
        raise ArgumentError(NO_AXES)
    return axes, {name: value for name, value in hyper.items() if name not in axes}


def spread_out(axes):
    """The values of each axis along an axis of their own, the first along the last."""
    return {name: along.reshape(-1, *(1,) * i) for i, (name, along) in enumerate(axes.items())}


def _is_axis(values):
    return isinstance(values, (tuple, list)) or np.ndim(values) > 0


def _along(name, values):
    if isinstance(values, tuple):
        return _between(name, *_range(name, values))
    try:
        listed = np.asarray(values, dtype=float)
        if listed.ndim == 1 and listed.size and np.isfinite(listed).all():
            return listed
    except (TypeError, ValueError):
        pass
    raise ArgumentError(NO_LIST, name=name, given=repr(values))


def _range(name, values):
    """(low, high, how many), looked at: equal ratios need ends of one sign, and none at zero."""
    about = {"name": name, "given": repr(values)}
    try:
        low, high, count = values if len(values) == 3 else (*values, STOPS)
        low, high, count = float(low), float(high), operator.index(count)
    except (TypeError, ValueError):
        raise ArgumentError(NO_NUMBERS, **about) from None
    if not 1 <= count <= MOST:
        raise ArgumentError(NO_COUNT, most=MOST, **about)
    near_one = name in TOWARDS_ONE
    first, last = (1 - low, 1 - high) if near_one else (low, high)
    if not (0 < first < np.inf and 0 < last < np.inf):
        raise ArgumentError(NOT_BELOW_ONE if near_one else NOT_ABOVE_ZERO, **about)
    return low, high, count


def _between(name, low, high, count):
    if name in TOWARDS_ONE:
        return np.array([round(1 - gap, 10) for gap in _ratios(1 - low, 1 - high, count)])
    return np.array(_ratios(low, high, count))


def _ratios(low, high, count):
    """Values in equal ratios, to three digits or five: what is read is what was used."""
    digits = 3 if count <= 2 * STOPS else 5
    return [float(f"{value:.{digits}g}") for value in np.geomspace(low, high, count)]
