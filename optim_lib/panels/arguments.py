"""Look at what explore() was handed, and say in one sentence what it cannot use."""

import inspect
import math
import operator

import numpy as np

from optim_lib.landscapes.landscape import as_landscape
from optim_lib.runs.inspect import name_of
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError

FARTHEST = 1e4  # of a start
MOST_STEPS = 100_000
TAKEN = {*inspect.signature(run).parameters, "weights", "x", "y"} - {"hyper"}


def as_rule(rule):
    if not callable(rule):
        raise ArgumentError(f"A rule is a function (theta, grad, memory, *, eta), not {rule!r}.")
    try:
        parameters = inspect.signature(rule).parameters.values()
    except (TypeError, ValueError):
        raise ArgumentError(f"{name_of(rule)} is no rule(theta, grad, memory, *, eta).") from None
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in parameters if p.kind in by_position]
    extra = ", ".join(names[3:])
    if {"theta", "grad", "memory"} & {*names[3:]}:
        raise ArgumentError(f"{name_of(rule)} must begin with theta, grad, memory: is it a method?")
    if extra:
        raise ArgumentError(
            f"{extra} can have no slider before the * in {name_of(rule)}: "
            f"write (theta, grad, memory, *, {extra})."
        )
    taken = ", ".join(p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.name in TAKEN)
    if taken:
        raise ArgumentError(
            f"{name_of(rule)} has a parameter {taken}, which the panel itself has: rename it."
        )
    return rule


def as_surface(on):
    if inspect.isfunction(on) and on.__module__.startswith("optim_lib."):
        raise ArgumentError(f"{on.__name__} makes a landscape: call it, as in on=valley(25).")
    try:
        surface = as_landscape(on)
    except TypeError as error:
        raise ArgumentError(str(error)) from None
    start = np.asarray(surface.start, dtype=float)
    _try("f", surface.value, start, (), "one number")
    _try("its gradient", surface.grad, start, start.shape, f"an array of {start.size} numbers")
    return surface


def _try(what, function, theta, shape, wanted):
    """Ask it once: or else the rule would be blamed for what the landscape does."""
    asked = f"on=, asked for {what} at theta, an array of {theta.size} numbers,"
    try:
        with np.errstate(all="ignore"):
            returned = function(theta)
            found = np.asarray(returned)
    except Exception as error:
        raise ArgumentError(f"{asked} raised {type(error).__name__}: {error}.") from None
    is_whole = found.shape == shape and (shape == () or found is returned)
    if not is_whole or found.dtype.kind not in "biuf":
        told = repr(returned)
        if found.shape:
            told = f"an array of shape {found.shape}" if found is returned else "a list"
        raise ArgumentError(f"{asked} must return {wanted}, not {told}.")


def as_start(start):
    try:
        x, y = map(float, start)
    except (TypeError, ValueError):
        raise ArgumentError(f"start = {start!r}: it must be two numbers, (x, y).") from None
    if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):
        raise ArgumentError(f"start = {start!r}: x and y must lie within ±{FARTHEST:g}.")
    return x, y


def as_steps(steps):
    try:
        whole = operator.index(steps)
    except TypeError:
        whole = 0
    if not 1 <= whole <= MOST_STEPS:
        raise ArgumentError(f"steps = {steps!r}: it must be a whole number from 1 to {MOST_STEPS}.")
    return whole


def as_width(size):
    """A panel's size as a width in the words of CSS, with a place for the picture's aspect."""
    if size is None:
        return ""
    if size == "screen":
        return "min(100%, {aspect:.3f} * (100vh - var(--optim-beside, 300px)))"
    try:
        width = float(size)
    except (TypeError, ValueError):
        width = 0
    if not 0 < width < math.inf:
        raise ArgumentError(f'size = {size!r}: write a width in pixels, or "screen".')
    return f"{width:g}px"
