"""Two rules side by side, the new characters marked: so one sees that one term was added."""

import ast
import inspect
import re
import textwrap
from difflib import SequenceMatcher
from html import escape

from optim_lib.runs.inspect import name_of
from optim_lib.text import ArgumentError, say

NEW = "background:rgba(120,140,255,.22);border-bottom:3px solid #5B7FD9;font-weight:bold"
GONE = "text-decoration:line-through;opacity:.65"
COLUMN = "flex:1 1 max-content"
PRE = "margin:0;padding:.6em .9em;font-size:1.1em;line-height:1.5;white-space:pre-wrap"


def diff(before, after):
    """Show the sources of two rules; what only the second has is marked, as ⟦new⟧ in plain text.

    Raises an ArgumentError, in one sentence, for a rule that was not written with def.
    """
    return Diff(name_of(before), name_of(after), body_of(before), body_of(after))


class Diff:
    """What diff() returns: html for a notebook, plain text for the ear and for tests."""

    def __init__(self, before_name, after_name, before, after):
        self.names, self.pieces = (before_name, after_name), list(_pieces(before, after))

    def __repr__(self):
        return say(
            "{after}, with what {before} does not have in ⟦ ⟧:\n{text}",
            before=self.names[0],
            after=self.names[1],
            text="".join(new if gone == new else _bracketed(new) for gone, new in self.pieces),
        )

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
    is_lambda, function = name_of(rule) == "<lambda>", None
    try:
        source = textwrap.dedent(inspect.getsource(rule))
        function = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError):
        pass
    if is_lambda or not isinstance(function, ast.FunctionDef):
        name = say("a lambda") if is_lambda else name_of(rule)
        said = "diff compares rules that are written with def in a cell or a file, not {rule}."
        raise ArgumentError(say(said, rule=name))
    return source, function


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
