"""Changes of several spots that one slip left wrong together: an axis, an index or a layer too much in each, a name that was not passed on."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator

from .edits import Change, Edit, Scope, call, name_of, of_numpy, places

_LOAD = ast.Load()
_OPERATIONS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow)


def combined_changes(function: ast.AST, scope: Scope) -> Iterator[Change]:
    """Every change of several spots of `function` at once, each spot changed for the same reason."""
    yield from _every_axis(function)
    unread = _unread(function, scope)
    for parent, name, index, old in list(places(function)):
        if isinstance(old, ast.Call):
            yield from (_at(parent, name, index, new, old, 2) for new in _passed_on(old, unread))
            yield from (_at(parent, name, index, new, old, 3) for new in _indexed(old, scope))
        if isinstance(old, (ast.Tuple, ast.List)) and isinstance(old.ctx, ast.Load) and 2 <= len(old.elts) <= 6:
            yield from (_at(parent, name, index, new, old, 2) for new in _bared(old))
            yield from (_at(parent, name, index, new, old, 3) for new in _like_its_neighbour(old))
        if isinstance(old, (ast.Call, ast.Subscript, ast.Attribute)) and name != "func":
            yield from (_at(parent, name, index, new, old, 4) for new in _both_sides(old, scope))


def _at(parent: ast.AST, name: str, index: int | None, new: ast.expr, old: ast.expr, cost: int) -> Change:
    return Change((Edit(cost, parent, name, index, ast.fix_missing_locations(ast.copy_location(new, old)), old),), cost)


def _every_axis(function: ast.AST) -> Iterator[Change]:
    """Another axis wherever one axis is named, and none, as when rows were taken for columns."""
    named: dict[object, list[ast.keyword]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.keyword) and node.arg == "axis":
            value = node.value
            sign = -1 if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub) else 1
            value = value.operand if isinstance(value, ast.UnaryOp) else value
            if isinstance(value, ast.Constant) and isinstance(value.value, (int, type(None))):
                named.setdefault(value.value if value.value is None else sign * value.value, []).append(node)
    for axis, group in named.items():
        for other in (-1, 0, 1, None) if len(group) > 1 else ():
            if other != axis:
                edits = (Edit(2, node, "value", None, ast.copy_location(ast.Constant(other), node.value), node.value) for node in group)
                yield Change(tuple(edits), 2)


def _unread(function: ast.AST, scope: Scope) -> list[str]:
    """Parameters that the function does not look at."""
    read = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return [word for word in scope.params if word not in read]


def _passed_on(old: ast.Call, unread: list[str]) -> Iterator[ast.expr]:
    """The call with what the function was given and does not pass on."""
    for k in range(1, len(unread) + 1):
        yield ast.Call(old.func, [*old.args, *map(name_of, unread[:k])], old.keywords)
    for word in unread:
        if not any(keyword.arg == word for keyword in old.keywords):
            yield ast.Call(old.func, old.args, [*old.keywords, ast.keyword(word, name_of(word))])


def _indexed(old: ast.Call, scope: Scope) -> Iterator[ast.expr]:
    """The call with an index behind two of its arguments, as for one batch of inputs and of labels; or without it."""
    plain = [k for k, arg in enumerate(old.args) if isinstance(arg, ast.Name)]
    for pair in itertools.combinations(plain, 2):
        for word in scope.values:
            if word in {node.id for node in map(old.args.__getitem__, pair) if isinstance(node, ast.Name)}:
                continue
            yield ast.Call(
                old.func, [ast.Subscript(a, name_of(word), _LOAD) if k in pair else a for k, a in enumerate(old.args)], old.keywords
            )
    if sum(isinstance(arg, ast.Subscript) for arg in old.args) > 1:
        yield ast.Call(old.func, [arg.value if isinstance(arg, ast.Subscript) else arg for arg in old.args], old.keywords)


def _bared(old: ast.Tuple | ast.List) -> Iterator[ast.expr]:
    """The elements without the last operation of each, where more than one has the same."""
    for kind in _OPERATIONS:
        having = [element for element in old.elts if isinstance(element, ast.BinOp) and isinstance(element.op, kind)]
        if len(having) > 1:
            for side in ("left", "right"):
                yield type(old)([getattr(element, side) if element in having else element for element in old.elts], old.ctx)


def _like_its_neighbour(old: ast.Tuple | ast.List) -> Iterator[ast.expr]:
    """An element that is a bare name, made of it as its neighbour is made of another: one name there exchanged, or each use of it alone."""
    for k, element in enumerate(old.elts):
        if not isinstance(element, ast.Name):
            continue
        for model in old.elts:
            if isinstance(model, (ast.Name, ast.Constant)):
                continue
            uses = [n for n in ast.walk(model) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
            for word in dict.fromkeys(n.id for n in uses):
                count = sum(n.id == word for n in uses)
                for which in [None, *(range(count) if count > 1 else ())]:
                    yield type(old)([*old.elts[:k], _exchanged(model, word, element.id, which), *old.elts[k + 1 :]], old.ctx)


def _both_sides(old: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    """The same of another argument beside it: the larger of both, or their sum."""
    used = [n.id for n in ast.walk(old) if isinstance(n, ast.Name) and n.id in scope.params]
    if len(set(used)) == 1 and sum(1 for _ in ast.walk(old)) <= 20:
        for word in scope.params:
            if word != used[0]:
                other = _exchanged(old, used[0], word)
                yield of_numpy(scope, "maximum", old, other) if scope.numpy else call("max", old, other)
                yield ast.BinOp(old, ast.Add(), other)


def _exchanged(expression: ast.expr, word: str, other: str, which: int | None = None) -> ast.expr:
    """A copy with the name `other` for `word`: for each use, or for use number `which` only."""
    new = copy.deepcopy(expression)
    uses = [n for n in ast.walk(new) if isinstance(n, ast.Name) and n.id == word]
    for node in uses if which is None else uses[which : which + 1]:
        node.id = other
    return new
