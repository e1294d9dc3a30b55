"""What check() answers: true or false, in words, with the numbers that show it."""

import html
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context
from typing import NamedTuple

import numpy as np


class Evidence(NamedTuple):
    """A number or vector that differs: what it is, the student's, and the expected one."""

    what: str
    yours: str
    expected: str

    def __str__(self):
        return f"{self.what}: yours {self.yours}, expected {self.expected}."


@dataclass(frozen=True)
class Verdict:
    """True if the rule is right. `mistake` is a short stable name, or None.

    answer    "Right", "Not yet" or "Not finished yet"
    says      what is the matter, in one sentence
    evidence  where it shows first
    where     the probe from which the evidence comes
    hint      a question that leads on
    """

    answer: str
    says: str
    mistake: str | None = None
    evidence: tuple = ()
    where: str = ""
    hint: str = ""

    def __bool__(self):
        return self.answer == "Right"

    @property
    def message(self):
        shown = [*map(str, self.evidence), f"({self.where})"] if self.evidence else []
        return " ".join(filter(None, [self.says, *shown, self.hint]))

    def __repr__(self):
        lines = [f"{MARKS[self.answer]} {self.answer}. {self.says}", *map(str, self.evidence)]
        lines += [f"({self.where})"] * bool(self.evidence) + [self.hint] * bool(self.hint)
        return "\n  ".join(lines)

    def _repr_html_(self):
        colour = COLOURS[self.answer]
        rows = "".join(_ROW.format(*map(html.escape, row)) for row in self.evidence)
        table = _TABLE.format(rows, html.escape(self.where)) if rows else ""
        hint = _HINT.format(html.escape(self.hint)) if self.hint else ""
        return _PANEL.format(
            colour=colour,
            head=f"{MARKS[self.answer]} {self.answer}.",
            says=html.escape(self.says),
            more=table + hint,
        )


RIGHT, WRONG, UNFINISHED = "Right", "Not yet", "Not finished yet"
MARKS = {RIGHT: "✓", WRONG: "✗", UNFINISHED: "…"}
COLOURS = {
    RIGHT: "var(--jp-success-color1, #2e7d32)",
    WRONG: "var(--jp-error-color1, #c62828)",
    UNFINISHED: "var(--jp-warn-color1, #b35c00)",
}

_PANEL = (
    '<div style="border-left:.4em solid {colour}; padding:.4em .9em; max-width:46em; '
    "font-size:1.2em; line-height:1.45; color:var(--jp-content-font-color1, currentColor); "
    'font-family:var(--jp-content-font-family, sans-serif)">'
    "<b>{head}</b> {says}{more}</div>"
)
_HINT = '<div style="margin-top:.5em"><i>{}</i></div>'
_ROW = (
    '<tr style="background:none">'
    + 3 * '<td style="text-align:left; padding:.1em 1.6em .1em 0">{}</td>'
    + "</tr>"
)
_TABLE = (
    '<table style="margin:.5em 0 .2em; font-size:1em; color:inherit; border-collapse:collapse">'
    + _ROW.format("", "<b>yours</b>", "<b>expected</b>")
    + '{}</table><div style="font-size:.85em">{}</div>'
)


def shown(values, digits=4):
    """A number, or a short vector, to four significant digits: "0.1235", "(0.2, −4)".

    What is neither is said by its type: "dict".
    """
    if values is None:
        return "nothing"
    try:
        values = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        return type(values).__name__
    finite = np.abs(values[np.isfinite(values)])
    floor = 1e-12 * finite.max() if finite.size else 0.0
    said = [_number(value, floor, digits) for value in values.ravel()]
    return said[0] if values.ndim == 0 else f"({', '.join(said[:4] + ['…'] * (len(said) > 4))})"


def _number(value, floor, digits):
    """As one writes it. Beside its vector's largest, what is only a rounding error is 0."""
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    said = f"{0 if abs(value) <= floor else _rounded(value, digits):.{digits}g}"
    said = said.replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    return said.replace("-", "−", 1) if value < 0 else said


def _rounded(value, digits):
    """Rounded by way of twelve digits, so that the last bit of 0.94525 does not decide."""
    nearly = Context(prec=12).create_decimal_from_float(float(value))
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).plus(nearly))
