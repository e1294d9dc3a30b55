"""Look at what a rule returned, and say in one sentence what to mend."""

import inspect

import numpy as np

from optim_lib.runs.errors import NotAPair, WrongMemory, WrongShape
from optim_lib.runs.inspect import name_of
from optim_lib.text import say

NUMBERS = (np.ndarray, np.generic, float, int)

NONE = "{rule} returned None: end it with `return theta, memory`."
COROUTINE = "{rule} is asynchronous: write def, not async def."
ONE_THING = "{rule} returned one {kind}: it must `return theta, memory`."
SWAPPED = "{rule} returned (memory, theta): swap them, theta comes first."
NO_DICT = "{rule} returned a {kind} as memory: it must be a dict."
NOT_REAL = "{rule} returned a theta of {dtype}: its numbers must be real, of type float."
NO_THETA = (
    "{rule} returned a theta of {given}: it must be an array of numbers of theta's own shape "
    "{shape}."
)
NO_NUMBERS = (
    "{rule} keeps {given} in memory[{slot}]: a memory slot must hold a number or an array of "
    "numbers."
)
RESHAPED = (
    "{rule} changed the shape of memory[{slot}] from {before} to {after}: a memory slot must keep "
    "its shape."
)


def checked(rule, returned, shape, kinds):
    """(theta, memory) as it was returned. Raises NotAPair, WrongShape or WrongMemory.

    kinds  {slot: its type and shape so far}, which is kept up to date
    """
    if isinstance(returned, tuple) and len(returned) == 2:
        theta, memory = returned
        fits = getattr(theta, "shape", None) == shape and theta.dtype.kind in "fiu"
        if fits and isinstance(memory, dict):
            for slot, value in memory.items():
                kind = getattr(value, "dtype", type(value)), getattr(value, "shape", ())
                if kinds.get(slot) != kind:
                    _check_slot(rule, slot, value, kinds)
                    kinds[slot] = kind
            return returned
    raise _misfit(name_of(rule), returned, shape)


def _check_slot(rule, slot, value, kinds):
    about = {"rule": name_of(rule), "slot": repr(slot)}
    if not _is_real(value):
        raise WrongMemory(NO_NUMBERS, given=described(value), **about)
    _, before = kinds.get(slot, (None, np.shape(value)))
    if before != np.shape(value):
        raise WrongMemory(RESHAPED, before=before, after=np.shape(value), **about)


def _is_real(value):
    return isinstance(value, NUMBERS) and np.asarray(value).dtype.kind in "fiub"


def _misfit(name, returned, shape):
    """The error for what is not (theta, memory)."""
    if returned is None:
        return NotAPair(NONE, rule=name)
    if inspect.iscoroutine(returned):
        returned.close()  # or Python warns, at some later time, that nobody awaited it
        return NotAPair(COROUTINE, rule=name)
    if not isinstance(returned, tuple) or len(returned) != 2:
        return NotAPair(ONE_THING, rule=name, kind=type(returned).__name__)
    theta, memory = returned
    if isinstance(theta, dict):
        return NotAPair(SWAPPED, rule=name)
    if not isinstance(memory, dict):
        return WrongMemory(NO_DICT, rule=name, kind=type(memory).__name__)
    if getattr(theta, "shape", None) == shape:
        return WrongShape(NOT_REAL, rule=name, dtype=theta.dtype)
    return WrongShape(NO_THETA, rule=name, given=described(theta), shape=shape)


def described(value):
    """What kind of thing a value is, in few words: "None", "shape (3,)", "type str"."""
    if value is None:
        return "None"
    if _is_real(value):
        return say("shape {shape}", shape=np.shape(value))
    return say("type {kind}", kind=getattr(value, "dtype", type(value).__name__))
