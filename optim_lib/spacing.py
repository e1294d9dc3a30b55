"""The values that a sweep tries along each of its axes."""

import numpy as np

from optim_lib.guard import name_of
from optim_lib.runner import hyperparameters

STOPS = 64  # along an axis that is given by its ends
TOWARDS_ONE = {"beta1", "beta2"}


def axes_of(rule, hyper):
    """({name: values} of the axes, {name: number} of the others)"""
    unknown = ", ".join(sorted(hyper.keys() - hyperparameters(rule).keys()))
    if unknown:
        raise ValueError(f"{name_of(rule)} has no keyword-only parameter {unknown}.")
    axes = {name: _along(name, values) for name, values in hyper.items() if np.ndim(values)}
    if len(axes) not in (1, 2):
        raise ValueError("Give one or two hyperparameters as (low, high) or as a list of values.")
    return axes, {name: value for name, value in hyper.items() if name not in axes}


def _along(name, values):
    if not isinstance(values, tuple):
        return np.asarray(values, dtype=float)
    low, high, *count = values
    if name in TOWARDS_ONE:
        return np.array([round(1 - gap, 10) for gap in _ratios(1 - low, 1 - high, *count)])
    return np.array(_ratios(low, high, *count))


def _ratios(low, high, count=STOPS):
    """Values in equal ratios, to three digits or five: what is read is what was used."""
    digits = 3 if count <= 2 * STOPS else 5
    return [float(f"{value:.{digits}g}") for value in np.geomspace(low, high, count)]
