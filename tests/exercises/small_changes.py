"""A right answer with one spot changed: an operator, a comparison, a constant, a name, an axis, a sign, a dropped statement."""

from __future__ import annotations

import ast
import copy

BINARY = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
}
COMPARE = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
NAMES = {
    "sum": "mean",
    "mean": "sum",
    "exp": "sin",
    "log": "exp",
    "sin": "cos",
    "cos": "sin",
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "any": "all",
    "all": "any",
    "zeros": "ones",
    "zeros_like": "ones_like",
    "ones": "zeros",
    "argmax": "argmin",
    "abs": "sign",
    "sqrt": "abs",
    "append": "count",
    "real": "imag",
    "imag": "real",
    "trace": "max",
    "argmin": "argmax",
    "outer": "inner",
}


def mutants(tree: ast.AST, first: int, last: int):
    """(description, tree) for every single change inside the lines `first` to `last`."""
    spots = [node for node in ast.walk(tree) if first <= getattr(node, "lineno", -1) <= last]
    for index in range(len(spots)):
        for change in changes(spots[index]):
            mutated = copy.deepcopy(tree)
            node = [n for n in ast.walk(mutated) if first <= getattr(n, "lineno", -1) <= last][index]
            before = ast.unparse(node)
            change(node)
            yield f"line {node.lineno - first + 1}: {before}  ->  {ast.unparse(node)}", mutated
    for path, body in bodies(tree, first, last):
        for k, statement in enumerate(body):
            if (
                isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.For, ast.Raise))
                and first <= statement.lineno <= last
            ):
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    continue
                mutated = copy.deepcopy(tree)
                target = dict(bodies(mutated, first, last))[path]
                target[k] = ast.copy_location(ast.Pass(), statement)
                yield f"line {statement.lineno - first + 1}: dropped  {ast.unparse(statement).splitlines()[0]}", mutated


def bodies(tree, first, last):
    """Every list of statements, with a key that names the same list in a copy of the tree."""
    for number, node in enumerate(ast.walk(tree)):
        for field in ("body", "orelse"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body:
                yield (number, field), body


def changes(node):
    """The ways to change one node in place."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in BINARY:
        yield lambda n: setattr(n, "op", BINARY[type(n.op)]())
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div, ast.Pow, ast.MatMult)):

        def swap(n):
            n.left, n.right = n.right, n.left

        yield swap
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARE:
        yield lambda n: n.ops.__setitem__(0, COMPARE[type(n.ops[0])]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield lambda n: setattr(n, "op", ast.UAdd())
    if isinstance(node, ast.BoolOp):
        yield lambda n: setattr(n, "op", ast.And() if isinstance(n.op, ast.Or) else ast.Or())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda n: setattr(n, "value", n.value + 1)
        if node.value not in (0, 1):
            yield lambda n: setattr(n, "value", -n.value)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield lambda n: setattr(n, "value", not n.value)
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield lambda n: setattr(n, "attr", NAMES[n.attr])
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield lambda n: setattr(n, "attr", "real")
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        yield lambda n: n.value.elts.reverse()
