"""Broken rules: the source of a right one, with a few of its parts changed at random."""

import ast
import inspect
import textwrap
from copy import deepcopy

from mischief import CONSTANTS, EXPRESSIONS, OPERATORS, SIGNATURES, SLOTS, STATEMENTS


def mutant(rule, random):
    """The source of `mine`: the rule with one to three changes."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
    function = tree.body[0]
    function.name, function.body = "mine", function.body[1:]  # without the docstring
    for _ in range(random.choice((1, 1, 2, 3))):
        random.choice(CHANGES)(function, random)
        function.body = function.body or [ast.Pass()]
    source = ast.unparse(ast.fix_missing_locations(tree))
    if random.random() < 0.08:
        head, _, body = source.partition(":\n")
        source = f"{head.replace(*random.choice(SIGNATURES), 1)}:\n{body}"
    return source


def delete(function, random):
    function.body.pop(random.randrange(len(function.body)))


def duplicate(function, random):
    at = random.randrange(len(function.body))
    function.body.insert(at, deepcopy(function.body[at]))


def swap(function, random):
    at = random.randrange(len(function.body))
    function.body.insert(random.randrange(len(function.body)), function.body.pop(at))


def insert(function, random):
    lines = ast.parse(random.choice(STATEMENTS)).body
    at = random.randrange(len(function.body) + 1)
    function.body[at:at] = lines


def return_other(function, random):
    for node in _all(function, ast.Return):
        node.value = _expression(random.choice(EXPRESSIONS))


def change_operator(function, random):
    for node in _one(function, ast.BinOp, random):
        node.op = random.choice(OPERATORS)()


def swap_operands(function, random):
    for node in _one(function, ast.BinOp, random):
        node.left, node.right = node.right, node.left


def drop_operand(function, random):
    for node in _one(function, ast.BinOp, random):
        kept = random.choice((node.left, node.right))
        node.left, node.op, node.right = kept, ast.Mult(), ast.Constant(1)


def double_operand(function, random):
    for node in _one(function, ast.BinOp, random):
        node.left = node.right


def change_constant(function, random):
    for node in _one(function, ast.Constant, random):
        node.value = random.choice((2, -1, 0.5, 0, 1e300, "v", None, True, ..., 1.0, 0.0))


def rename_slot(function, random):
    for node in _one(function, ast.Constant, random, lambda node: isinstance(node.value, str)):
        node.value = random.choice(SLOTS)


def rename(function, random):
    names = [*sorted({node.id for node in _all(function, ast.Name)}), "mine", "nothing"]
    for node in _one(function, ast.Name, random):
        node.id = random.choice(names)


def change_call(function, random):
    for node in _one(function, ast.Call, random):
        if node.args and random.random() < 0.5:
            node.args.pop(random.randrange(len(node.args)))
        else:
            node.args.append(_expression(random.choice(CONSTANTS)))


CHANGES = (
    *(delete, duplicate, swap, insert, insert, insert, return_other, change_operator),
    *(swap_operands, drop_operand, double_operand, change_constant, rename_slot, rename, rename),
    change_call,
)


def _all(function, kind):
    return [node for node in ast.walk(function) if isinstance(node, kind)]


def _one(function, kind, random, fits=lambda node: True):
    """One node of this kind in the function's body, in a list; none if there is none."""
    nodes = [node for line in function.body for node in _all(line, kind) if fits(node)]
    return random.sample(nodes, min(1, len(nodes)))


def _expression(source):
    return ast.parse(source, mode="eval").body
