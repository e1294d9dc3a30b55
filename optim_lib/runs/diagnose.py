"""Look at what a student's rule returned, raised or made, and say in one sentence what to mend."""

import inspect
import linecache
import re
import traceback

import numpy as np

from optim_lib.runs import errors
from optim_lib.runs.inspect import name_of

LONGEST = 200  # characters of another's error that are shown

# (what Python or NumPy says, what stands in the line, what the student meant)
SLIPS = (
    (r"missing 1 required positional", r"\bgrad\(\s*\)", "grad takes a point: grad(theta)."),
    (r"'(function|method)'", r"\bgrad\b(?!\()", "grad is a function: call it, grad(theta)."),
    (r"bitwise_xor|\^", r"\^", "A power is written **, and ^ is something else."),
    (r"unhashable", r"\{", 'The name of a slot stands in quotes: {"v": v}.'),
    (r"'NoneType'", r"\.get\([^,()]*\)", 'A slot that is not there yet is None: .get("v", 0.0).'),
    (r"convert", r"\bmath\.", "math takes single numbers, and here are arrays: use np."),
    (r"unpack", r"=\s*(grad\()?theta\b", "θ may hold any number of weights: use it as a whole."),
)
NUMBERS = (np.ndarray, np.generic, float, int)


def checked_pair(rule, returned, shape):
    """(theta, memory) as it was returned; NotAPair, WrongShape or WrongMemory if it is not that."""
    if isinstance(returned, tuple) and len(returned) == 2:
        theta, memory = returned
        fits = getattr(theta, "shape", None) == shape and theta.dtype.kind in "fiu"
        if fits and isinstance(memory, dict):
            return returned
    raise _misfit(name_of(rule), returned, shape)


def _misfit(name, returned, shape):
    if returned is None:
        return errors.NotAPair(f"{name} returned None: end it with `return theta, memory`.")
    if inspect.iscoroutine(returned):
        returned.close()  # or Python warns, at some later time, that nobody awaited it
        return errors.NotAPair(f"{name} is asynchronous: write def, not async def.")
    if not isinstance(returned, tuple) or len(returned) != 2:
        kind = type(returned).__name__
        return errors.NotAPair(f"{name} returned one {kind}: it must `return theta, memory`.")
    theta, memory = returned
    if isinstance(theta, dict):
        return errors.NotAPair(f"{name} returned (memory, theta): swap them, theta comes first.")
    if not isinstance(memory, dict):
        kind = type(memory).__name__
        return errors.WrongMemory(f"{name} returned a {kind} as memory: it must be a dict.")
    return errors.WrongShape(
        f"{name} returned a theta of {described(theta)}: it must be an array of numbers of "
        f"theta's own shape {shape}."
    )


def described(value):
    """What kind of thing a value is, in few words: "None", "shape (3,)", "type str"."""
    if value is None:
        return "None"
    shape = np.shape(value) if isinstance(value, NUMBERS) else None
    return f"type {type(value).__name__}" if shape is None else f"shape {shape}"


def checked_slot(rule, slot, value, recorded):
    """The slot's value as an array; WrongMemory if it is not numbers, or has changed its shape."""
    array = np.asarray(value) if isinstance(value, NUMBERS) else None
    if array is None or array.dtype.kind not in "fiub":
        raise errors.WrongMemory(
            f"{name_of(rule)} keeps {described(value)} in memory[{slot!r}]: "
            "a memory slot must hold a number or an array of numbers."
        )
    if recorded is not None and recorded.shape[1:] != array.shape:
        raise errors.WrongMemory(
            f"{name_of(rule)} changed the shape of memory[{slot!r}] from {recorded.shape[1:]} to "
            f"{array.shape}: a memory slot must keep its shape."
        )
    return array


def what_it_raised(rule, error, step):
    """ "mine raised NameError at step 1: name 'gg' is not defined, in its line `v = gg`." """
    words = _words_of(error)
    said = f"{name_of(rule)} raised {type(error).__name__} at step {step}"
    said += f": {words}" if words else ""
    code = getattr(getattr(rule, "__wrapped__", rule), "__code__", None)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if code and frame.filename == code.co_filename:
            line = linecache.getline(frame.filename, frame.lineno).strip()
            return f"{said}, in its line `{line}`.{_advice(words, line)}" if line else f"{said}."
    return f"{said}."


def _advice(words, line):
    """What to mend, where Python's or NumPy's own words do not say it; or ""."""
    for in_words, in_line, advice in SLIPS:
        if re.search(in_words, words) and re.search(in_line, line):
            return f" {advice}"
    return ""


def _words_of(error):
    """What an error says, in one line of no great length; "" if it cannot say it."""
    try:
        words = " ".join(str(error).split())
    except Exception:
        return ""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def too_slow(rule, step, steps, budget, stuck):
    """The sentence for a spent budget: a step that never came back, or a walk that is just long."""
    if stuck:
        return (
            f"{name_of(rule)} did not come back from step {step} within {budget:g} s: "
            "look for a loop that never ends."
        )
    return (
        f"{name_of(rule)} had done {step - 1} of {steps} steps when its {budget:g} s were over: "
        "take fewer steps, or give it a larger budget."
    )


def blame_for_nan(rule, theta, grad, memory, hyper, step):
    """Take the step once more; raise NotANumber if the rule itself made NaN or infinity.

    It did if the gradient was finite and nothing overflowed: an overflow means that the path
    diverged, and a gradient that is not finite is the landscape's doing.
    """
    grads_were_finite = True

    def watched(at):
        nonlocal grads_were_finite
        g = grad(at)
        grads_were_finite &= bool(np.isfinite(g).all())
        return g

    try:
        with np.errstate(over="raise"):
            theta, memory = rule(theta, watched, memory, **hyper)
    except (FloatingPointError, OverflowError):
        return
    if grads_were_finite and not all(np.isfinite(made).all() for made in (theta, *memory.values())):
        raise errors.NotANumber(
            f"{name_of(rule)} made NaN or infinity out of finite numbers at step {step}: "
            "look for a division by zero, or the root of a negative number."
        )
