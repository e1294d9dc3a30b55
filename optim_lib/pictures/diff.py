"""Two rules side by side, the new characters marked: so one sees that one term was added."""

import ast
import inspect
import re
import textwrap
from difflib import SequenceMatcher
from html import escape

from optim_lib.runs.inspect import name_of
from optim_lib.text import ArgumentError

NEW = "background:rgba(120,140,255,.22);border-bottom:3px solid #5B7FD9;font-weight:bold"
GONE = "text-decoration:line-through;opacity:.65"
COLUMN = "flex:1 1 max-content"
PRE = "margin:0;padding:.6em .9em;font-size:1.1em;line-height:1.5;white-space:pre-wrap"


def difference(before, after):
    """Show the sources of two rules; what only the second has is marked, as ⟦new⟧ in plain text.

    Raises an ArgumentError, in one sentence, for a rule that was not written with def.
    """
    return Difference(name_of(before), name_of(after), body_of(before), body_of(after))


class Difference:
    """What difference() returns: html for a notebook, plain text for the ear and for tests."""

    def __init__(self, before_name, after_name, before, after):
        self.names, self.pieces = (before_name, after_name), list(_pieces(before, after))

    def __repr__(self):
        text = "".join(new if gone == new else _bracketed(new) for gone, new in self.pieces)
        return f"{self.names[1]}, with what {self.names[0]} does not have in ⟦ ⟧:\n{text}"

    def _repr_html_(self):
        old = "".join(_marked(gone, GONE, gone != new) for gone, new in self.pieces)
        new = "".join(_marked(new, NEW, gone != new) for gone, new in self.pieces)
        columns = "".join(
            f'<div style="{COLUMN}"><b>{escape(name)}</b><pre style="{PRE}">{text}</pre></div>'
            for name, text in zip(self.names, (old, new), strict=True)
        )
        return f'<div style="display:flex;flex-wrap:wrap;gap:1em">{columns}</div>'


def body_of(rule):
    """The source of a rule below its signature, without the docstring."""
    try:
        source = textwrap.dedent(inspect.getsource(rule))
        function = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError):
        function = None
    if not isinstance(function, ast.FunctionDef):
        raise ArgumentError(
            f"difference takes rules that are written with def, not {name_of(rule)}."
        )
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    first, last = statements[0], statements[-1]
    lines = source.splitlines()[first.lineno - 1 : last.end_lineno]
    if first.lineno == function.lineno:
        return ast.get_source_segment(source, first)
    return textwrap.dedent("\n".join(lines))


def _pieces(before, after):
    """(what stood there, what stands there now), piece by piece."""
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (before, after))
    for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i:j]), "".join(new[k:m])


def _bracketed(text):
    before, core, after = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL).groups()
    return f"{before}⟦{core}⟧{after}" if core else text


def _marked(text, style, changed):
    shown = escape(text)
    return f'<span style="{style}">{shown}</span>' if changed and text.strip() else shown
