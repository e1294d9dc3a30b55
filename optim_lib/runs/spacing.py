"""The values that a sweep tries along each of its axes."""

import operator

import numpy as np

from optim_lib.runs.inspect import hyperparameters, name_of

STOPS = 64  # along an axis that is given by its ends
TOWARDS_ONE = {"beta1", "beta2"}


def axes_of(rule, hyper):
    """({name: values} of the axes, {name: number} of the others)"""
    unknown = ", ".join(sorted(hyper.keys() - hyperparameters(rule).keys()))
    if unknown:
        raise ValueError(f"{name_of(rule)} has no keyword-only parameter {unknown}.")
    axes = {name: _along(name, values) for name, values in hyper.items() if _is_axis(values)}
    if len(axes) not in (1, 2):
        raise ValueError("Give one or two hyperparameters as (low, high) or as a list of values.")
    return axes, {name: value for name, value in hyper.items() if name not in axes}


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
    raise ValueError(f"{name} = {values!r}: a list holds one finite number or more.")


def _range(name, values):
    """(low, high, how many), looked at: equal ratios need ends of one sign, and none at zero."""
    said = f"{name} = {values!r}: write (low, high) or (low, high, how many)"
    try:
        low, high, count = values if len(values) == 3 else (*values, STOPS)
        low, high, count = float(low), float(high), operator.index(count)
    except (TypeError, ValueError):
        raise ValueError(f"{said}, in numbers.") from None
    if count < 1:
        raise ValueError(f"{said}, with one value or more.")
    first, last, ends = low, high, "above 0"
    if name in TOWARDS_ONE:
        first, last, ends = 1 - low, 1 - high, "below 1"
    if not (0 < first < np.inf and 0 < last < np.inf):
        raise ValueError(f"{said}, both ends {ends}.")
    return low, high, count


def _between(name, low, high, count):
    if name in TOWARDS_ONE:
        return np.array([round(1 - gap, 10) for gap in _ratios(1 - low, 1 - high, count)])
    return np.array(_ratios(low, high, count))


def _ratios(low, high, count):
    """Values in equal ratios, to three digits or five: what is read is what was used."""
    digits = 3 if count <= 2 * STOPS else 5
    return [float(f"{value:.{digits}g}") for value in np.geomspace(low, high, count)]
