"""Say in one sentence what is wrong with a rule that raised, came too late, or made NaN."""

import inspect
import linecache
import re
import time
import traceback

import numpy as np

from optim_lib.runs.errors import LandscapeError, NeverReturned, NotANumber, OutOfTime
from optim_lib.runs.inspect import name_of
from optim_lib.text import number, say

HELD_UP = 0.5  # seconds after the limit: then it was C that did not come back sooner
LONGEST = 200  # characters of another's error that are shown
ANY_NUMBER = "θ may hold any number of weights: np.zeros_like(theta)."

# (what Python or NumPy says, what stands in the line, what the student meant)
SLIPS = (
    (r"missing 1 required positional", r"\bgrad\(\s*\)", "grad takes a point: grad(theta)."),
    (r"'(function|method)'", r"\bgrad\b(?!\()", "grad is a function: call it, grad(theta)."),
    (r"bitwise_xor|\^", r"\^", "A power is written **, and ^ is something else."),
    (r"unhashable", r"\{", 'The name of a slot stands in quotes: {"v": v}.'),
    (r"'NoneType'", r"\.get\([^,()]*\)", 'A slot that is not there yet is None: .get("v", 0.0).'),
    (r"convert", r"\bmath\.", "math takes single numbers, and here are arrays: use np."),
    (r"unpack", r"=\s*(grad\()?theta\b", "θ may hold any number of weights: use it as a whole."),
    (r"broadcast", r"\bnp\.(zeros|ones|full|array)\(", ANY_NUMBER),
)

RAISED = {  # (has it words, is its line known)
    (True, True): "{rule} raised {error} at step {step}: {words}, in its line `{line}`.",
    (False, True): "{rule} raised {error} at step {step}, in its line `{line}`.",
    (True, False): "{rule} raised {error} at step {step}: {words}.",
    (False, False): "{rule} raised {error} at step {step}.",
}
LONG_WALK = (
    "{rule} had done {done} of {steps} steps when its {limit} s were over: take fewer steps, make "
    "them faster, or give run() a larger budget."
)
SLOW_STEP = "{rule} took {seconds} s for step {step}: a step is a few lines of arithmetic."
ENDLESS = (
    "{rule} did not come back from step {step} within {limit} s: look for a loop that never ends."
)


MADE_NAN = (
    "{rule} made NaN or infinity out of finite numbers at step {step}: look for a division by "
    "zero, or the root of a negative number."
)


def what_it_raised(rule, error, step):
    """ "mine raised NameError at step 1: name 'gg' is not defined, in its line `v = gg`." """
    about = {"rule": name_of(rule), "error": type(error).__name__, "step": step}
    about["words"] = words = _words_of(error)
    line = _line_of(rule, error)
    said = say(RAISED[bool(words), bool(line)], line=line, **about)
    return " ".join([said, *_advice(rule, words, line)])


def _line_of(rule, error):
    """The line of the rule in which an error arose, or ""."""
    code = getattr(getattr(rule, "__wrapped__", rule), "__code__", None)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if code and frame.filename == code.co_filename:
            return linecache.getline(frame.filename, frame.lineno).strip()
    return ""


def _advice(rule, words, line):
    """[what to mend], where Python's or NumPy's own words do not say it; or []."""
    try:
        source = inspect.getsource(rule)
    except (OSError, TypeError):
        source = line
    for in_words, in_line, advice in SLIPS:
        where = source if advice is ANY_NUMBER else line
        if re.search(in_words, words) and re.search(in_line, where):
            return [say(advice)]
    return []


def _words_of(error):
    """What an error says, in one line of no great length; "" if it cannot say it."""
    try:
        words = " ".join(str(error).split())
    except Exception:
        return ""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def out_of_time(rule, oracle, limit, step, steps, took, back):
    """The error for a limit that is over: whose fault, and was it one step or all of them?

    took, back  the seconds of the last step, and whether the rule came back from it
    """
    if hasattr(oracle, "has_used_up") and oracle.has_used_up(limit.seconds / 2):
        return LandscapeError(oracle.too_slow())
    about = {"rule": name_of(rule), "step": step, "limit": number(limit.seconds)}
    if took < limit.seconds / 2:
        return OutOfTime(LONG_WALK, done=step - 1, steps=steps, **about)
    if back or time.monotonic() > limit.ends + HELD_UP:
        return OutOfTime(SLOW_STEP, seconds=number(took, 2), **about)
    return NeverReturned(ENDLESS, **about)


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
        raise NotANumber(MADE_NAN, rule=name_of(rule), step=step)
