"""What check() answers: true or false, in words, with the numbers that show it."""

import html
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optim_lib.text import number, say

ROUNDING = 1e-12  # of a vector's largest number: what is no larger than that is shown as 0


class Evidence(NamedTuple):
    """A number or vector that differs: what it is, the student's, and the expected one."""

    what: str
    yours: str
    expected: str

    def __str__(self):
        return say("{what}: yours {yours}, expected {expected}.", **self._asdict())


@dataclass(frozen=True)
class Verdict:
    """True if the rule is right."""

    answer: str  # RIGHT, WRONG or UNFINISHED
    says: str  # what is the matter, in one sentence
    mistake: str | None = None  # a short stable name
    evidence: tuple = ()  # where it shows first
    where: str = ""  # the problem from which the evidence comes
    hint: str = ""  # a question that leads on

    def __bool__(self):
        return self.answer == RIGHT

    @property
    def message(self):
        return " ".join(self._lines())

    def __repr__(self):
        says, *more = self._lines()
        return "\n  ".join([f"{say(HEADS[self.answer])} {says}", *more])

    def _lines(self):
        shown = [*map(str, self.evidence), f"({self.where})"] if self.evidence else []
        return [self.says, *shown, *filter(None, [self.hint])]

    def _repr_html_(self):
        rows = "".join(_ROW.format(*map(html.escape, row)) for row in self.evidence)
        head = _ROW.format("", f"<b>{say('yours')}</b>", f"<b>{say('expected')}</b>")
        table = _TABLE.format(head, rows, html.escape(self.where)) if rows else ""
        hint = _HINT.format(html.escape(self.hint)) if self.hint else ""
        return _PANEL.format(
            colour=COLOURS[self.answer],
            head=say(HEADS[self.answer]),
            says=html.escape(self.says),
            more=table + hint,
        )


RIGHT, WRONG, UNFINISHED = "Right", "Not yet", "Not finished yet"
HEADS = {RIGHT: "✓ Right.", WRONG: "✗ Not yet.", UNFINISHED: "… Not finished yet."}
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
_CELL = '<td style="text-align:left; padding:.1em 1.6em .1em 0">{}</td>'
_ROW = f'<tr style="background:none">{3 * _CELL}</tr>'
_TABLE = (
    '<table style="margin:.5em 0 .2em; font-size:1em; color:inherit; border-collapse:collapse">'
    '{}{}</table><div style="font-size:.85em">{}</div>'
)


def differing(what, yours, expected):
    """The Evidence that two values differ, however little."""
    said, wanted = shown(yours), shown(expected)
    if said == wanted:
        difference = shown(np.abs(np.subtract(yours, expected)).max(), digits=1)
        said = say("{value}, off by {difference}", value=said, difference=difference)
    return Evidence(what, said, wanted)


def shown(values, digits=4):
    """A number, or a short vector, to four significant digits: "0.1235", "(0.2, −4)".

    What is neither is shown by its type: "dict".
    """
    if values is None:
        return say("nothing")
    try:
        values = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        return type(values).__name__
    if values.ndim == 0:
        return number(values, digits)
    floor = ROUNDING * np.max(np.abs(values), initial=0.0, where=np.isfinite(values))
    row = [number(0 if abs(value) <= floor else value, digits) for value in values.flat[:4]]
    return f"({', '.join(row + ['…'] * (values.size > 4))})"
