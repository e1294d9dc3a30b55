"""check_number(yours, right): is my number right, and if not, how far off is it?

For what is worked out by hand. The right number is best one that a run has measured.
"""

from dataclasses import replace

import numpy as np

from optim_lib.checking.verdict import RIGHT, UNFINISHED, WRONG, Verdict, shown
from optim_lib.text import about, say

CLOSE = 1e-4  # four digits agree, which is as many as one writes down
OPEN = "A number or formula is still open."
NONE = "A number or formula is still open. A function hands its number out by `return`."
BEGUN = {  # (some are right, this one is wrong): how far one has come
    (False, False): "Begin with {name}.",
    (False, True): "Begin with {name}: {says}",
    (True, False): "{done}: right. Now {name}.",
    (True, True): "{done}: right. Now {name}: {says}",
}
TIMES = {  # (in percent, too large): how far off
    (True, True): "{much} % too large",
    (True, False): "{much} % too small",
    (False, True): "{much} times too large",
    (False, False): "{much} times too small",
}


def check_number(yours, right, hint=""):
    """The Verdict on a student's number, or on several at once: true or false, and how far off.

    yours   a number, or as many as `right` holds; None or ... where it is still to be filled in
    right   a number, or an array of them, all finite
    hint    what leads on, said until the number is right

    Never raises, whatever `yours` is.
    """
    try:
        if _is_open(yours):
            says = say(NONE) if yours is None else say(OPEN)
            return Verdict(UNFINISHED, says, "unfinished", hint=hint)
        with np.errstate(all="ignore"):
            fault = _fault(_numbers(yours), _numbers(right))
    except Exception:  # whatever a student's object does when it is looked at
        fault = say("That is not a number.")
    if fault:
        return Verdict(WRONG, fault, "number", hint=hint)
    number = shown(right)
    agree = say("All numbers agree.") if np.ndim(right) else say("{number} it is.", number=number)
    return Verdict(RIGHT, agree)


def check_numbers(yours, right, hints=None):
    """The Verdict on {name: number}: the first number that is not right is named.

    right   {name: number}, in the order in which the numbers are worked out
    hints   {name: what leads on}
    """
    named, done = yours if isinstance(yours, dict) else {}, []
    for name, number in right.items():
        verdict = check_number(named.get(name), number, (hints or {}).get(name, ""))
        if not verdict:
            fields = {"done": ", ".join(done), "name": name, "says": verdict.says}
            says = say(BEGUN[bool(done), verdict.answer == WRONG], **fields)
            return replace(verdict, says=says)
        done.append(name)
    return Verdict(RIGHT, say("{names}: every number.", names=", ".join(done)))


def _is_open(yours):
    several = isinstance(yours, (list, tuple))
    return yours is None or yours is ... or (several and any(map(_is_open, yours)))


def _numbers(values):
    """All of them in one row. Raises if one is not a real number."""
    if np.iscomplexobj(values):
        raise TypeError
    return np.asarray(values, dtype=float).ravel()


def _fault(yours, right):
    """What is wrong with the first number that is not right; None if all are."""
    if yours.size != right.size:
        says = "{asked} asked for, {given} given. Does your formula use all it gets?"
        return say(says, asked=right.size, given=yours.size)
    wrong = ~(np.abs(yours - right) <= CLOSE * np.abs(right) + 1e-12)
    if wrong.any():
        first = wrong.argmax()
        fault = _how_far(yours[first], right[first])
        numbers = {"first": first + 1, "all": right.size, "fault": fault}
        return say("Number {first} of {all}: {fault}", **numbers) if right.size > 1 else fault


def _how_far(yours, right):
    number = shown(yours, 6)
    if not np.isfinite(yours):
        return say("{number} is not a finite number.", number=number)
    size = _size(abs(yours), abs(right))
    if yours * right < 0:
        return say("{number} has the wrong sign; without it, {size}.", number=number, size=size)
    return say("{number} is {size}.", number=number, size=size)


def _size(yours, right):
    """Two digits of how far off, so that the right number is still to be found."""
    if yours == 0 or right == 0:
        return say("too large") if yours else say("too small")
    ratio = yours / right
    if abs(ratio - 1) <= CLOSE:
        return say("the right size")
    in_percent = 0.5 < ratio < 2
    much = abs(ratio - 1) * 100 if in_percent else max(ratio, 1 / ratio)
    return say(TIMES[in_percent, ratio > 1], much=about(much, 2))
