"""Changes of expressions that undo what people do by habit: a constant for a name, a step that does not grow, a sum that is not normalised."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .edits import Scope, call, name_of, of_numpy

_DEEP = 12  # parts of an expression that may stand for the whole of it
_SMALL = 0.1  # a constant below is a step or a tolerance
_LOAD = ast.Load()
_INVERSE = {ast.Lt: ast.GtE(), ast.LtE: ast.Gt(), ast.Gt: ast.LtE(), ast.GtE: ast.Lt()}
_OTHERS = {ast.Lt: (ast.LtE(), ast.Gt()), ast.LtE: (ast.Lt(), ast.GtE()), ast.Gt: (ast.GtE(), ast.Lt()), ast.GtE: (ast.Gt(), ast.LtE())}
_WITH_DTYPE = {"zeros_like", "empty_like", "ones_like", "full_like", "array", "asarray", "full", "arange"}
_WRAPS = ("tanh", "mean", "max", "cos", "sin", "square", "transpose", "ravel")


def habit_changes(old: ast.expr, parent: ast.AST, name: str, head: bool, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    """What may have been meant in place of `old`, each with its cost; arguments as for the changes in `expressions.py`."""
    called = isinstance(parent, ast.Call) and name == "func"
    if isinstance(old, ast.Constant):
        yield from _of_constant(old, parent, scope)
    elif called:
        if isinstance(old, ast.Name):
            yield from ((2, name_of(word)) for word in scope.params if word != old.id)
    else:
        if isinstance(old, ast.BinOp) and isinstance(old.right, ast.Constant) and _is_tiny(old.right.value):
            yield 1, old.left  # without what was to keep a logarithm or a quotient from 0
        yield from ((3, part) for part in _parts(old))
        yield from _of_kind(old, scope)
        if not isinstance(old, ast.Name) and not head:
            yield from ((4, name_of(word)) for word in scope.params)
        if scope.numpy and isinstance(old, (ast.Name, ast.BinOp, ast.Call, ast.Subscript, ast.Attribute)) and not _is_module(old, scope):
            yield from _normalised(old, scope)
            if head:
                yield from ((4, call(ast.Attribute(old, "reshape", _LOAD), of_numpy(scope, "shape", name_of(p)))) for p in scope.params)


def _is_tiny(value) -> bool:
    return isinstance(value, float) and 0 < abs(value) < 1e-4


def _is_module(old: ast.expr, scope: Scope) -> bool:
    return isinstance(old, ast.Name) and (old.id == scope.numpy or old.id in scope.functions)


def _parts(old: ast.expr) -> list[ast.expr]:
    """Parts of parts of an expression: what is left when more than one layer is too much."""
    if isinstance(old, (ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.Tuple, ast.List, ast.Dict)):
        return []
    if isinstance(old, ast.IfExp):
        return [old.test]
    level: list[ast.expr] = [part for part in ast.iter_child_nodes(old) if isinstance(part, ast.expr)]
    found: list[ast.expr] = []
    for _ in range(3):
        level = [part for node in level for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        found += [part for part in level if isinstance(part, (ast.BinOp, ast.Call, ast.Subscript, ast.Attribute, ast.Name))]
    return [part for part in found if not (isinstance(part, ast.Attribute) and part.attr == "linalg")][:_DEEP]


def _of_constant(old: ast.Constant, parent: ast.AST, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    value = old.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    yield from ((3, name_of(word)) for word in scope.values)
    if value == 0 and isinstance(parent, ast.Call):  # from the point itself, where as far to the other side was meant
        yield from ((3, ast.UnaryOp(ast.USub(), arg)) for arg in parent.args if arg is not old)
    if isinstance(value, int) and isinstance(parent, (ast.Subscript, ast.UnaryOp)):
        yield 2, ast.Constant(-2 if value == 0 else 2)
    if isinstance(parent, ast.Compare) and value not in (0, 1, 2):  # a threshold on the wrong side of something
        yield from ((2, ast.Constant(factor * value)) for factor in (100, 0.01, 10_000, 1e-4))
    elif abs(value) >= 10:
        yield from ((3, ast.Constant(factor * value)) for factor in (10, 100))
    if 0 < abs(value) < _SMALL:
        for word in scope.params:
            grown = [call("max", ast.Constant(1), call("abs", name_of(word)))]
            if scope.numpy:
                grown.append(of_numpy(scope, "maximum", ast.Constant(1), of_numpy(scope, "abs", name_of(word))))
            yield from ((4, ast.BinOp(old, ast.Mult(), size)) for size in grown)


def _of_kind(old: ast.expr, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    if isinstance(old, ast.BinOp) and isinstance(old.left, ast.BinOp):  # brackets and the operator before them
        for op in (ast.Add(), ast.Sub(), ast.Mult(), ast.Div()):
            if type(op) is not type(old.left.op):
                yield 2, ast.BinOp(old.left.left, op, ast.BinOp(old.left.right, old.op, old.right))
    elif isinstance(old, ast.BinOp) and isinstance(old.op, ast.MatMult) and scope.numpy:  # a product of numbers or of tables, too
        yield 2, of_numpy(scope, "sum", ast.BinOp(old.left, ast.Mult(), old.right))
    elif isinstance(old, ast.Compare) and len(old.ops) == 1 and type(old.ops[0]) in _INVERSE:
        left, (right,) = old.left, old.comparators
        yield 3, ast.UnaryOp(ast.Not(), ast.Compare(left, [_INVERSE[type(old.ops[0])]], [right]))  # NaN is not below, and not above either
        turned = right.operand if isinstance(right, ast.UnaryOp) and isinstance(right.op, ast.USub) else ast.UnaryOp(ast.USub(), right)
        yield from ((3, ast.Compare(left, [op], [turned])) for op in (old.ops[0], *_OTHERS[type(old.ops[0])]))
        yield 3, ast.Compare(call("abs", left), [old.ops[0]], [right])
    elif isinstance(old, ast.Compare) and len(old.ops) == 1 and isinstance(old.ops[0], ast.Eq) and scope.numpy:  # numbers that were rounded
        yield from ((2, of_numpy(scope, word, old.left, *old.comparators)) for word in ("allclose", "isclose"))
    elif isinstance(old, ast.Tuple) and isinstance(old.ctx, ast.Load) and 2 <= len(old.elts) <= 4:
        yield from ((4, ast.Tuple([ast.Constant(value)] * len(old.elts), _LOAD)) for value in (1.0, 0.0))
    elif isinstance(old, ast.Call):
        word = old.func.attr if isinstance(old.func, ast.Attribute) else ""
        if word in _WITH_DTYPE and not any(key.arg == "dtype" for key in old.keywords):
            yield 2, ast.Call(old.func, old.args, [*old.keywords, ast.keyword("dtype", name_of("float"))])
        if (word or getattr(old.func, "id", "")) in ("arange", "range") and "rng" in scope.params:
            yield 2, call(ast.Attribute(name_of("rng"), "permutation", _LOAD), *old.args[-1:])
        if word in ("ones", "zeros") and scope.numpy:  # one coordinate, not all or none
            yield from ((4, ast.Subscript(of_numpy(scope, "eye", *old.args), name_of(p), _LOAD)) for p in scope.params)
        if word in ("random", "default_rng", "normal", "permutation", "choice", "integers") or not word:
            yield from ((3, name_of(word)) for word in scope.params if word == "rng")


def _normalised(old: ast.expr, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    """The expression shifted, divided by its size, or through a function of NumPy."""
    rows = {"axis": ast.Constant(-1), "keepdims": ast.Constant(True)}
    first = {"axis": ast.Constant(0)}
    norm = call(ast.Attribute(ast.Attribute(name_of(scope.numpy), "linalg", _LOAD), "norm", _LOAD), old)
    for word, keywords in (("max", {}), ("max", rows), ("mean", first), ("mean", rows)):
        yield 4, ast.BinOp(old, ast.Sub(), of_numpy(scope, word, old, **keywords))
    mine = {node.id for node in ast.walk(old) if isinstance(node, ast.Name)}
    for p in scope.params if isinstance(old, ast.Name) else ():
        if p not in mine:
            yield 4, ast.BinOp(old, ast.Sub(), of_numpy(scope, "mean", name_of(p), **first))
    for size in (norm, of_numpy(scope, "sum", old), of_numpy(scope, "sum", old, **rows)):
        yield 4, ast.BinOp(old, ast.Div(), size)
    yield from ((4, of_numpy(scope, word, old)) for word in _WRAPS)


def unless_given(old: ast.expr, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    """What an optional argument says goes before what is chosen."""
    for word in scope.optional:
        yield 2, ast.IfExp(ast.Compare(name_of(word), [ast.Is()], [ast.Constant(None)]), old, name_of(word))
