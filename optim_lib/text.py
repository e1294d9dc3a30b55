"""The course's own words: symbols, sentences, and the one way in which a number is written."""

import math
import sys

SYMBOLS = {"eta": "η", "beta1": "β₁", "beta2": "β₂", "eps": "ε", "lam": "λ", "batch": "|B|"}

MEANINGS = {
    "eta": "learning rate",
    "beta1": "memory of direction",
    "beta2": "memory of size",
    "eps": "floor of the root",
    "lam": "weight decay",
    "steps": "steps",
    "batch": "mini-batch size",
}

NUDGE = 1 + 1e-12  # so that the last bit of 0.94525 does not decide how it is rounded


class OneSentence(Exception):
    """An error that a notebook shows as its one sentence, with no traceback."""

    def __init__(self, sentence="", **fields):
        super().__init__(say(sentence, **fields))

    def _render_traceback_(self):
        return [f"{type(self).__name__}: {self}"]


class ArgumentError(OneSentence, ValueError):
    """An argument that cannot be used."""


def say(sentence, **fields):
    """A sentence for the reader: every one passes through here, whole, with its fields by name."""
    return sentence.format(**fields) if fields else sentence


def number(value, digits=3):
    """A number as one writes it: "24.2", "0.0119", "−3.1e-4", "24262", "∞", "NaN".

    It has so many significant digits, but a whole number below 10⁵ keeps all of its own. The same
    is written by stage/js/format.js.
    """
    value = float(value)
    if math.isnan(value):
        return "NaN"
    sign, size = "−" if value < 0 else "", abs(value)
    if math.isinf(size):
        return f"{sign}∞"
    size = min(size * NUDGE, sys.float_info.max)
    if size == 0:
        return "0"
    mantissa, power = f"{size:.{digits - 1}e}".split("e")
    exponent = int(power)
    if -3 <= exponent < 5 or 1 < size < 99999.5:
        return sign + _trimmed(f"{size:.{max(0, digits - 1 - exponent)}f}")
    return f"{sign}{_trimmed(mantissa)}e{exponent}"


def about(value, digits=1):
    """One significant digit: 600 for 622, which does not hinge on a single accident."""
    return number(float(f"{value:.{digits}g}"), 6)


def decimals(value, count):
    """A number with so many decimals, as in a column of them: "0.10", "−0.2", and never "−0.0"."""
    return f"{round(float(value), count) + 0.0:.{count}f}".replace("-", "−")


def percent(share):
    """ "12%" """
    return f"{share:.0%}"


def setting(value):
    """A hyperparameter's value: six digits of a number; anything else as Python writes it."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number(value, 6) if is_number else str(value)


def settings(hyper):
    """ "η = 0.001, β₁ = 0.9" """
    return ", ".join(f"{SYMBOLS.get(name, name)} = {setting(hyper[name])}" for name in hyper)


def _trimmed(digits):
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
