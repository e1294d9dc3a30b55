"""Every sentence that a user reads is one whole template, ready to be translated."""

import ast
import string
from importlib import import_module
from pathlib import Path

import optim_lib
from optim_lib.text import OneSentence, say

LIBRARY = Path(optim_lib.__file__).parent
TREES = {
    path.relative_to(LIBRARY): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(LIBRARY.rglob("*.py"))
}


def called(node):
    return getattr(node.func, "id", getattr(node.func, "attr", None))


def calls(names):
    """(file:line, the Call, the tree of its file) of each call of one of these."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in names:
                yield f"{path}:{node.lineno}", node, tree


def is_glued(node):
    """Whether it is put together on the spot: an f-string, a sum, format or join."""
    made = isinstance(node, ast.Call) and called(node) in ("format", "join")
    return made or isinstance(node, ast.JoinedStr | ast.BinOp)


def origins(node, tree):
    """The node and, if it is a name, whatever is assigned to that name in its file."""
    yield node
    for other in ast.walk(tree) if isinstance(node, ast.Name) else ():
        if isinstance(other, ast.Assign) and ast.unparse(other.targets[0]) == node.id:
            yield other.value


def kinds_of(error):
    return {error.__name__}.union(*map(kinds_of, error.__subclasses__()))


def test_say_puts_the_fields_into_the_sentence():
    assert say("{rule} went {where}.", rule="gd", where="away") == "gd went away."


def test_errors_get_their_sentence_from_say():
    import_module("optim_lib.runs.errors")
    ours = kinds_of(OneSentence)
    assert {"ArgumentError", "RuleError", "OutOfTime"} <= ours
    made = [(where, call.args[0]) for where, call, _ in calls(ours)]
    assert len(made) > 20
    own = [where for where, said in made if is_glued(said) or isinstance(said, ast.Constant)]
    assert own == [], "a sentence that did not pass through say()"


def test_say_is_given_whole_sentences():
    said = [(where, call.args[0], tree) for where, call, tree in calls({"say"})]
    assert len(said) > 100
    for where, node, tree in said:
        parts = [part for origin in origins(node, tree) for part in ast.walk(origin)]
        assert not any(map(is_glued, parts)), where


def test_say_is_given_every_field_of_its_sentence():
    for where, call, _ in calls({"say"}):
        if isinstance(call.args[0], ast.Constant):
            fields = {field for _, field, _, _ in string.Formatter().parse(call.args[0].value)}
            given = {keyword.arg for keyword in call.keywords}
            assert None in given or fields - {None} == given, where
