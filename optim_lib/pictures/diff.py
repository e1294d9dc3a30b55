"""Two rules side by side, the new characters marked: so one sees that one term was added."""

import ast
import inspect
import re
import textwrap
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from html import escape

from optim_lib.runs.inspect import name_of
from optim_lib.text import ArgumentError, say

NEW = "background:rgba(120,140,255,.22);border-bottom:3px solid #5B7FD9;font-weight:bold"
GONE = "text-decoration:line-through;opacity:.65"
NOT_WRITTEN = "diff compares rules that are written with def in a cell or a file, not {rule}."
COLUMN = "flex:1 1 max-content"
PRE = "margin:0;padding:.6em .9em;font-size:1.1em;line-height:1.5;white-space:pre-wrap"


def diff(before, after):
    """Show the sources of two rules; what only the second has is marked, as ⟦new⟧ in plain text.

    Raises an ArgumentError, in one sentence, for a rule that was not written with def.
    """
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", body_of(rule)) for rule in (before, after))
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces = [("".join(old[i:j]), "".join(new[k:m])) for _, i, j, k, m in changes]
    return Diff((name_of(before), name_of(after)), pieces)


@dataclass(frozen=True, repr=False)
class Diff:
    """What diff() returns: two names, and pieces [(what stood there, what stands there now)]."""

    names: tuple
    pieces: list

    def __repr__(self):
        brackets = partial(re.sub, r"(?s)\S(.*\S)?", r"⟦\g<0>⟧")
        text = "".join(new if gone == new else brackets(new) for gone, new in self.pieces)
        about = {"before": self.names[0], "after": self.names[1], "text": text}
        return say("{after}, with what {before} does not have in ⟦ ⟧:\n{text}", **about)

    def _repr_html_(self):
        columns = ""
        for i, style in enumerate((GONE, NEW)):
            text = "".join(_marked(both[i], style, both[0] != both[1]) for both in self.pieces)
            name = f"<b>{escape(self.names[i])}</b>"
            columns += f'<div style="{COLUMN}">{name}<pre style="{PRE}">{text}</pre></div>'
        return f'<div style="display:flex;flex-wrap:wrap;gap:1em">{columns}</div>'


def body_of(rule):
    """The source of a rule below its signature, without the docstring."""
    source, function = _definition(rule)
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    if not statements:
        return ""
    first, last = statements[0], statements[-1]
    if first.lineno == function.lineno:
        return ast.get_source_segment(source, first)
    lines = source.splitlines()[first.lineno - 1 : last.end_lineno]
    return textwrap.dedent("\n".join(lines))


def _definition(rule):
    """(its source, the def in it)"""
    name, function = name_of(rule), None
    with suppress(OSError, TypeError, SyntaxError):
        source = textwrap.dedent(inspect.getsource(rule))
        function = ast.parse(source).body[0]
    if isinstance(function, ast.FunctionDef) and name != "<lambda>":
        return source, function
    raise ArgumentError(NOT_WRITTEN, rule=say("a lambda") if name == "<lambda>" else name)


def _marked(text, style, changed):
    shown = escape(text)
    return f'<span style="{style}">{shown}</span>' if changed and text.strip() else shown
