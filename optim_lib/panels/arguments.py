"""Look at what explore() is given, and say in one sentence what it cannot use."""

import inspect
import math
from numbers import Integral, Real

from optim_lib.landscapes.landscape import as_landscape
from optim_lib.runs import arguments
from optim_lib.runs.inspect import name_of
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError, number

FARTHEST = 1e4  # of a start
MOST_STEPS = 100_000
TAKEN = {*inspect.signature(run).parameters, "weights", "x", "y"} - {"hyper"}

METHOD = "{rule} must begin with theta, grad, memory: is it a method?"
NO_STAR = (
    "{names} can have no slider before the * in {rule}: write (theta, grad, memory, *, {names})."
)
HAS_TAKEN = "{rule} has a parameter {names}, which the panel itself has: rename it."
NO_START = "start = {given}: it must be two numbers, (x, y)."
FAR_START = "start = {given}: x and y must lie within ±{farthest}."
NO_STEPS = "steps = {given}: it must be a whole number from 1 to {most}."
NO_SIZE = 'size = {given}: write a width in pixels, or "screen".'


def as_rule(rule):
    name, parameters = name_of(rule), inspect.signature(arguments.as_rule(rule)).parameters.values()
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    extra = [p.name for p in parameters if p.kind in by_position][3:]
    if {"theta", "grad", "memory"} & {*extra}:
        raise ArgumentError(METHOD, rule=name)
    if extra:
        raise ArgumentError(NO_STAR, names=", ".join(extra), rule=name)
    taken = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.name in TAKEN]
    if taken:
        raise ArgumentError(HAS_TAKEN, rule=name, names=", ".join(taken))
    return rule


def as_place(on, start, steps):
    """(the Landscape, the start there, the steps)"""
    if not (isinstance(steps, Integral) and 1 <= steps <= MOST_STEPS):
        raise ArgumentError(NO_STEPS, given=repr(steps), most=MOST_STEPS)
    surface = as_landscape(on)
    return surface, _as_start(surface.start if start is None else start), int(steps)


def _as_start(start):
    try:
        x, y = map(float, start)
    except (TypeError, ValueError):
        raise ArgumentError(NO_START, given=repr(start)) from None
    if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):
        raise ArgumentError(FAR_START, given=repr(start), farthest=number(FARTHEST))
    return x, y


def as_width(size):
    """A panel's size as a width in the words of CSS, with a place for the picture's aspect."""
    if size is None or size == "screen":
        return size and "min(100%, {aspect:.3f} * (100vh - var(--optim-beside, 300px)))"
    if not (isinstance(size, Real) and 0 < size < math.inf):
        raise ArgumentError(NO_SIZE, given=repr(size))
    return f"{size:g}px"
