"""check_number(yours, right): is my number right, and if not, how far off is it?

For what is worked out by hand. The right number is best one that a run has measured.
"""

from dataclasses import replace

import numpy as np

from optim_lib.checking.verdict import RIGHT, UNFINISHED, WRONG, Verdict, shown

CLOSE = 1e-4  # four digits agree, which is as many as one writes down


def check_number(yours, right, hint=""):
    """The Verdict on a student's number, or on several at once: true or false, and how far off.

    yours   a number, or as many as `right` holds; None or ... where it is still to be filled in
    right   a number, or an array of them, all finite
    hint    what leads on, said until the number is right

    Never raises, whatever `yours` is.
    """
    try:
        if _is_open(yours):
            still = " A function hands its number out by `return`." if yours is None else ""
            says = f"A number or formula is still open.{still}"
            return Verdict(UNFINISHED, says, "unfinished", hint=hint)
        with np.errstate(all="ignore"):
            fault = _fault(_numbers(yours), _numbers(right))
    except Exception:  # whatever a student's object does when it is looked at
        fault = "That is not a number."
    if fault:
        return Verdict(WRONG, fault, "number", hint=hint)
    return Verdict(RIGHT, f"{shown(right)} it is." if np.ndim(right) == 0 else "All numbers agree.")


def check_numbers(yours, right, hints=None):
    """The Verdict on {name: number}: the first number that is not right is named.

    right   {name: number}, in the order in which the numbers are worked out
    hints   {name: what leads on}
    """
    named, done = yours if isinstance(yours, dict) else {}, []
    for name, number in right.items():
        verdict = check_number(named.get(name), number, (hints or {}).get(name, ""))
        if not verdict:
            now = "" if verdict.answer == UNFINISHED else f": {verdict.says}"
            so_far = f"{', '.join(done)}: right. Now {name}" if done else f"Begin with {name}"
            return replace(verdict, says=f"{so_far}{now or '.'}")
        done.append(name)
    return Verdict(RIGHT, f"{', '.join(done)}: every number.")


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
        return f"{right.size} asked for, {yours.size} given. Does your formula use all it gets?"
    wrong = ~(np.abs(yours - right) <= CLOSE * np.abs(right) + 1e-12)
    if wrong.any():
        first = wrong.argmax()
        which = f"Number {first + 1} of {right.size}: " if right.size > 1 else ""
        return f"{which}{shown(yours[first], 6)} {_how_far(yours[first], right[first])}."


def _how_far(yours, right):
    if not np.isfinite(yours):
        return "is not a finite number"
    if right == 0 or yours == 0:
        return f"is too {'large' if abs(yours) > abs(right) else 'small'}"
    ratio = abs(yours / right)
    size = "the right size" if abs(ratio - 1) <= CLOSE else _times(ratio)
    if yours * right < 0:
        return f"has the wrong sign; without it, {size}"
    return f"is {size}"


def _times(ratio):
    """Two digits of how far off, so that the right number is still to be found."""
    much = "too large" if ratio > 1 else "too small"
    if 0.5 < ratio < 2:
        return f"{_two_digits(abs(ratio - 1) * 100)} % {much}"
    return f"{_two_digits(max(ratio, 1 / ratio))} times {much}"


def _two_digits(number):
    """100, where two digits would be 1e2."""
    if not 10 <= number < 1e5:
        return shown(number, 2)
    return f"{float(f'{number:.2g}'):.0f}"
