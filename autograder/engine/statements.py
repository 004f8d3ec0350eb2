"""Small changes of a learner's statements: one dropped, moved, put in or out of a loop, `=` for `+=`, a missing copy or test."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .edits import Edit, Scope, call, of_numpy

_BLOCKS = (ast.For, ast.While, ast.If, ast.With)


def bodies(function: ast.AST) -> Iterator[tuple[ast.AST, str, list[ast.stmt]]]:
    """Every list of statements inside `function`: (owner, field, statements)."""
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body:
                yield node, name, body


def is_docstring(statement: ast.stmt) -> bool:
    """Whether the statement is a text that does nothing."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def statement_edits(function: ast.FunctionDef, scope: Scope, raises: str = "") -> Iterator[Edit]:
    """Every small change of the statements of `function`; with `raises`, also simple tests that raise an exception of this name."""
    for owner, name, body in list(bodies(function)):
        first = 1 if is_docstring(body[0]) else 0
        for k in range(first, len(body)):
            statement = body[k]
            if not isinstance(statement, (ast.Return, ast.FunctionDef, ast.Import, ast.ImportFrom)):
                yield Edit(2, owner, name, None, [*body[:k], *body[k + 1 :]] or [_at(ast.Pass(), statement)], statement)
            if k + 1 < len(body):
                yield Edit(2, owner, name, None, [*body[:k], body[k + 1], statement, *body[k + 2 :]], statement)
            if isinstance(statement, _BLOCKS):
                yield from _out_and_in(owner, name, body, k)
            yield from (
                (Edit(cost, owner, name, None, [*body[:k], _at(new, statement), *body[k + 1 :]], statement))
                for cost, new in _assigned(statement)
            )
    yield from _put_in(function, scope, raises)


def _at(new: ast.stmt, old: ast.AST) -> ast.stmt:
    return ast.fix_missing_locations(ast.copy_location(new, old))


def _out_and_in(owner: ast.AST, name: str, body: list[ast.stmt], k: int) -> Iterator[Edit]:
    """The last statement of a block out of it, or a neighbour into it; a condition without its test."""
    block = body[k]
    assert isinstance(block, _BLOCKS)
    rest, after = body[k + 1 :], body[k + 1 : k + 2]

    def with_body(new: list[ast.stmt]) -> ast.stmt:
        return _at(type(block)(**{**dict(ast.iter_fields(block)), "body": new}), block)

    if len(block.body) > 1:
        yield Edit(1, owner, name, None, [*body[:k], with_body(block.body[:-1]), block.body[-1], *rest], block.body[-1])
        yield Edit(3, owner, name, None, [*body[:k], block.body[0], with_body(block.body[1:]), *rest], block.body[0])
    if after:
        yield Edit(1, owner, name, None, [*body[:k], with_body([*block.body, *after]), *rest[1:]], after[0])
    if k and not is_docstring(body[k - 1]):
        yield Edit(2, owner, name, None, [*body[: k - 1], with_body([body[k - 1], *block.body]), *rest], body[k - 1])
    if isinstance(block, ast.If):
        yield Edit(3, owner, name, None, [*body[:k], *block.body, *rest], block.test)
        if block.orelse:
            yield Edit(3, owner, name, None, [*body[:k], *block.orelse, *rest], block.test)
            exchanged = ast.If(block.test, block.orelse, block.body)
            yield Edit(2, owner, name, None, [*body[:k], _at(exchanged, block), *rest], block.test)


def _assigned(statement: ast.stmt) -> Iterator[tuple[int, ast.stmt]]:
    """`=` for `+=`, `break` for `continue`, the other way round, and `a = a + b` for `a += b`, which leaves the old array alone."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
            for op in (ast.Add(), ast.Sub(), ast.Mult()):
                yield (1 if isinstance(op, ast.Add) else 3), ast.AugAssign(target, op, statement.value)
    elif isinstance(statement, (ast.Break, ast.Continue)):
        yield 1, ast.Continue() if isinstance(statement, ast.Break) else ast.Break()
    elif isinstance(statement, ast.AugAssign):
        yield 1, ast.Assign([statement.target], statement.value)
        for other in (ast.Add(), ast.Sub(), ast.Mult(), ast.Div()):
            if type(other) is not type(statement.op):
                yield 1, ast.AugAssign(statement.target, other, statement.value)
        read = ast.parse(ast.unparse(statement.target), mode="eval").body
        yield 2, ast.Assign([statement.target], ast.BinOp(read, statement.op, statement.value))


def _put_in(function: ast.FunctionDef, scope: Scope, raises: str) -> Iterator[Edit]:
    """What is often forgotten: a copy of an argument, a test of the arguments, the last line's `return`."""
    body = function.body
    first = 1 if is_docstring(body[0]) and len(body) > 1 else 0
    mark, load = body[first], ast.Load()

    def at_the_start(cost: int, new: ast.stmt) -> Edit:
        return Edit(cost, function, "body", None, [*body[:first], _at(new, mark), *body[first:]], mark, missing=True)

    def name(word: str) -> ast.Name:
        return ast.Name(word, load)

    params = [p for p in scope.params if p in scope.values]
    if scope.numpy:
        for p in params:
            yield at_the_start(3, ast.Assign([ast.Name(p, ast.Store())], of_numpy(scope, "array", name(p), dtype=name("float"))))
            yield at_the_start(4, ast.Assign([ast.Name(p, ast.Store())], of_numpy(scope, "array", name(p))))
    zero = ast.Constant(0)
    tests: list[ast.expr] = [ast.Compare(name(p), [op], [zero]) for p in params for op in (ast.LtE(), ast.Lt(), ast.Eq())]
    if scope.numpy:
        tests += [ast.UnaryOp(ast.Not(), of_numpy(scope, "any", name(p))) for p in params]
        shapes = {p: of_numpy(scope, "shape", name(p)) for p in params}
        pairs = [(p, q) for i, p in enumerate(params) for q in params[i + 1 :]]
        tests += [ast.Compare(shapes[p], [ast.NotEq()], [shapes[q]]) for p, q in pairs]
        for p, q in (*pairs, *((q, p) for p, q in pairs)):  # one value for each row, and no axis more
            tests.append(ast.Compare(shapes[p], [ast.NotEq()], [ast.Tuple([call("len", name(q))], load)]))
        tests += [ast.Compare(of_numpy(scope, "ndim", name(p)), [ast.NotEq()], [ast.Constant(axes)]) for p in params for axes in (1, 0)]
    tests += [
        ast.Compare(call("len", name(p)), [ast.NotEq()], [call("len", name(q))]) for i, p in enumerate(params) for q in params[i + 1 :]
    ]
    for test in tests if raises else ():
        yield at_the_start(2, ast.If(test, [ast.Raise(name(raises))], []))
    last = body[-1]
    if not isinstance(last, (ast.Return, ast.Raise)):
        for word in scope.values:
            new = _at(ast.Return(name(word)), last)
            yield Edit(2, function, "body", None, [*body, new], last, missing=True, after=True)
    for node in ast.walk(function):
        if isinstance(node, ast.Expr) and not is_docstring(node):  # the value is computed and thrown away
            for owner, field, statements in bodies(function):
                if node in statements:
                    k = statements.index(node)
                    yield Edit(1, owner, field, None, [*statements[:k], _at(ast.Return(node.value), node), *statements[k + 1 :]], node)
