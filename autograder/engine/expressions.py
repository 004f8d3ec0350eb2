"""Small changes of the expressions in a learner's code: what a slip of the pen, turned round, looks like."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .edits import Change, Edit, Scope, call, name_of, of_numpy, places
from .habits import habit_changes, unless_given


def expression_edits(function: ast.AST, scope: Scope) -> Iterator[Change]:
    """Every small change of every expression in `function`, and the same change of all expressions that read alike."""
    alike: dict[str, list[tuple]] = {}
    for place in list(places(function)):
        old = place[3]
        text = ast.dump(old)
        if not isinstance(old, ast.Slice) and not (isinstance(old, ast.Constant) and old.value in _PLAIN):
            alike.setdefault(text, []).append(place)
        for edit in _edits_at(place, text, scope):
            yield Change((edit,), edit.cost)
    for text, group in alike.items():
        if 2 <= len(group) <= 4:
            for together in zip(*(_edits_at(place, text, scope) for place in group)):
                yield Change(together, together[0].cost + 1)
    for node in ast.walk(function):
        if isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load) and 2 <= len(node.elts) <= 6:
            for k in range(len(node.elts) - 1):
                elements = list(node.elts)
                elements[k : k + 2] = elements[k + 1], elements[k]
                yield Change((Edit(2, node, "elts", None, elements, node),), 2)


def _edits_at(place: tuple, text: str, scope: Scope) -> Iterator[Edit]:
    parent, name, index, old = place
    head = isinstance(parent, (ast.Return, ast.Assign, ast.AugAssign, ast.Tuple, ast.Dict, ast.BinOp, ast.Expr, ast.Lambda, ast.keyword))
    seen = {text}
    for cost, new in (*_alternatives(old, parent, name, head, scope), *habit_changes(old, parent, name, head, scope)):
        its = ast.dump(new)
        if its not in seen:
            seen.add(its)
            if not hasattr(new, "lineno"):  # else a piece of the learner's own, which stays where it is
                ast.fix_missing_locations(ast.copy_location(new, old))
            yield Edit(cost, parent, name, index, new, old)


_ADD, _SUB, _MUL, _DIV, _POW, _MAT, _FLOOR, _MOD = (
    ast.Add(),
    ast.Sub(),
    ast.Mult(),
    ast.Div(),
    ast.Pow(),
    ast.MatMult(),
    ast.FloorDiv(),
    ast.Mod(),
)
_OPERATORS = {
    ast.Add: (_SUB, _MUL), ast.Sub: (_ADD,), ast.Mult: (_DIV, _MAT, _ADD), ast.Div: (_MUL, _FLOOR), ast.Pow: (_MUL,),
    ast.MatMult: (_MUL,), ast.FloorDiv: (_DIV, _MOD), ast.Mod: (_FLOOR,),
}  # fmt: skip
_ONE_WAY = (ast.Sub, ast.Div, ast.Pow, ast.MatMult, ast.FloorDiv, ast.Mod)
_LT, _LE, _GT, _GE, _EQ, _NE = ast.Lt(), ast.LtE(), ast.Gt(), ast.GtE(), ast.Eq(), ast.NotEq()
_COMPARISONS = {
    ast.Lt: (_LE, _GT, _GE), ast.LtE: (_LT, _GE, _GT), ast.Gt: (_GE, _LT, _LE), ast.GtE: (_GT, _LE, _LT), ast.Eq: (_NE, _LE, _GE),
    ast.NotEq: (_EQ, _LT, _GT), ast.Is: (ast.IsNot(),), ast.IsNot: (ast.Is(),), ast.In: (ast.NotIn(),), ast.NotIn: (ast.In(),),
}  # fmt: skip
_PLAIN = (0, 1, 2, 0.5, None, True, False)  # constants that stand in many places for many reasons
# words of which people take one for the other
_TWINS = [
    ("sum", "mean", "prod", "cumsum"), ("max", "min", "argmax"), ("maximum", "minimum"), ("argmax", "argmin"), ("zeros", "ones", "empty"),
    ("zeros_like", "ones_like"), ("exp", "log", "expm1", "log1p"), ("sin", "cos"), ("real", "imag", "abs"), ("any", "all"), ("cbrt", "sqrt"),
    ("sqrt", "square"), ("outer", "dot", "inner"), ("hstack", "vstack", "concatenate", "stack", "column_stack"), ("var", "std"), ("size", "ndim"),
    ("floor", "ceil", "round"), ("permutation", "shuffle"), ("float32", "float64"), ("int", "float"), ("trace", "sum"), ("array", "asarray"),
    ("append", "extend"), ("keys", "values", "items"), ("len", "sum"), ("array_equal", "allclose"), ("empty_like", "zeros_like"), ("hypot", "maximum"),
    ("ravel", "transpose"), ("eps", "tiny"), ("flatten", "copy"), ("sign", "abs"), ("tan", "tanh"), ("log2", "log", "log10"), ("mean", "max"),
]  # fmt: skip
_TWIN = {word: [other for group in _TWINS if word in group for other in group if other != word] for group in _TWINS for word in group}
# steps and tolerances that people write
_SIZES = (1e-3, 1e-5, 6e-6, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-20, 1e-4)


def _alternatives(old: ast.expr, parent: ast.AST, name: str, head: bool, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    called = isinstance(parent, ast.Call) and name == "func"
    if isinstance(old, ast.BinOp):
        yield from _of_operation(old)
    elif isinstance(old, ast.UnaryOp):
        yield 1, old.operand
    elif isinstance(old, ast.Compare) and len(old.ops) == 1:
        for op in _COMPARISONS.get(type(old.ops[0]), ()):
            yield 1, ast.Compare(old.left, [op], old.comparators)
    elif isinstance(old, ast.BoolOp):
        yield 1, ast.BoolOp(ast.And() if isinstance(old.op, ast.Or) else ast.Or(), old.values)
        for k in range(len(old.values)):
            rest = [*old.values[:k], *old.values[k + 1 :]]
            yield 2, rest[0] if len(rest) == 1 else ast.BoolOp(old.op, rest)
    elif isinstance(old, ast.IfExp):
        yield 1, ast.IfExp(old.test, old.orelse, old.body)
        yield 2, old.body
        yield 2, old.orelse
    elif isinstance(old, ast.Constant):
        yield from ((cost, ast.Constant(value)) for cost, value in _of_constant(old.value, scope))
        if isinstance(parent, ast.Assign) and isinstance(old.value, (int, float)):
            yield from unless_given(old, scope)
    elif isinstance(old, ast.Name):
        words = scope.functions if called else scope.values
        yield from ((2, name_of(word)) for word in [*words, *_TWIN.get(old.id, ())] if word != old.id)
    elif isinstance(old, ast.Attribute):
        yield from ((2, ast.Attribute(old.value, word, ast.Load())) for word in _TWIN.get(old.attr, ()))
        if not called and not (isinstance(old.value, ast.Name) and old.value.id == scope.numpy):
            yield 1, old.value  # without .T
    elif isinstance(old, ast.Subscript):
        yield 2, old.value
        yield from _of_slice(old)
    elif isinstance(old, ast.Call):
        yield from _of_call(old, scope)
    elif isinstance(old, (ast.ListComp, ast.GeneratorExp)) and len(old.generators) == 2:
        yield 2, type(old)(old.elt, old.generators[::-1])
    if not called and isinstance(old, (ast.Name, ast.BinOp, ast.Call, ast.Subscript, ast.Attribute, ast.UnaryOp, ast.ListComp, ast.IfExp)):
        if not (isinstance(old, ast.Name) and (old.id == scope.numpy or old.id in scope.functions)):
            yield from _around(old, parent, name, head, scope)


def _of_operation(old: ast.BinOp) -> Iterator[tuple[int, ast.expr]]:
    left, right = old.left, old.right
    for op in _OPERATORS.get(type(old.op), ()):
        yield 1, ast.BinOp(left, op, right)
    if isinstance(old.op, _ONE_WAY):
        yield 1, ast.BinOp(right, old.op, left)
    if isinstance(left, ast.BinOp):  # brackets
        yield 1, ast.BinOp(left.left, left.op, ast.BinOp(left.right, old.op, right))
    if isinstance(right, ast.BinOp):
        yield 1, ast.BinOp(ast.BinOp(left, old.op, right.left), right.op, right.right)
    if isinstance(left, ast.Call) and len(left.args) == 1:  # f(x) + h for f(x + h)
        yield 2, ast.Call(left.func, [ast.BinOp(left.args[0], old.op, right)], left.keywords)
    yield 2, left
    yield 2, right
    if isinstance(old.op, ast.Div):  # nothing divides by zero
        yield 3, ast.IfExp(right, old, ast.Constant(0.0))


def _of_constant(value, scope: Scope) -> Iterator[tuple[int, float | str | None]]:
    if isinstance(value, bool):
        yield 1, not value
    elif isinstance(value, (int, float)):
        yield from ((1, other) for other in (value + 1, value - 1) if isinstance(value, int) or abs(value) >= 0.5)
        yield from ((2, other) for other in (2 * value, value / 2, -value, 0, 1, 2, 3, 0.5, None))
        if isinstance(value, float):
            yield from ((3, other) for other in (10 * value, value / 10, *(_SIZES if 0 < abs(value) < 0.1 else ())))
    elif value is None:
        yield from ((2, other) for other in (0, 1, -1))
    elif isinstance(value, str):
        yield from ((2, text) for text in scope.texts)


def _of_slice(old: ast.Subscript) -> Iterator[tuple[int, ast.expr]]:
    inner, one = old.slice, ast.Constant(1)
    if isinstance(inner, ast.Slice):
        for lower, upper in ((None, inner.upper), (inner.lower, None), (one, inner.upper), (inner.lower, ast.Constant(-1))):
            yield 2, ast.Subscript(old.value, ast.Slice(lower, upper, inner.step), old.ctx)
    elif isinstance(inner, ast.Tuple):
        yield 1, ast.Subscript(old.value, ast.Tuple(inner.elts[::-1], ast.Load()), old.ctx)
    else:
        yield 2, ast.Subscript(old.value, ast.Tuple([ast.Slice(), inner], ast.Load()), old.ctx)
        yield 1, ast.Subscript(old.value, ast.BinOp(inner, _ADD, one), old.ctx)
        yield 1, ast.Subscript(old.value, ast.BinOp(inner, _SUB, one), old.ctx)


_AXES = (0, 1, -1)
_OVER_AXES = {"sum", "mean", "max", "min", "any", "all", "norm", "argmax", "argmin", "prod", "std", "var", "cumsum", "stack", "concatenate"}


def _of_call(old: ast.Call, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    word = old.func.attr if isinstance(old.func, ast.Attribute) else getattr(old.func, "id", "")
    args, keywords = old.args, old.keywords
    if len(args) == 1 and isinstance(args[0], ast.BinOp):  # f(x + h) for f(x) + h
        yield 2, ast.BinOp(ast.Call(old.func, [args[0].left], keywords), args[0].op, args[0].right)
    for k in range(len(args) - 1):
        yield 1, ast.Call(old.func, [*args[:k], args[k + 1], args[k], *args[k + 2 :]], keywords)
    for k in range(len(keywords)):
        yield 2, ast.Call(old.func, args, [*keywords[:k], *keywords[k + 1 :]])
    for k, arg in enumerate(args):
        yield 3, arg
        if len(args) > 1:
            yield 3, ast.Call(old.func, [*args[:k], *args[k + 1 :]], keywords)
        if isinstance(arg, (ast.List, ast.Tuple)):
            yield from ((3, element) for element in arg.elts)
    if isinstance(old.func, ast.Attribute) and not (isinstance(old.func.value, ast.Name) and old.func.value.id == scope.numpy):
        yield 3, old.func.value  # without .copy()
    if word in _OVER_AXES:
        if not any(key.arg == "axis" for key in keywords):
            for axis in _AXES:
                yield 1, ast.Call(old.func, args, [*keywords, ast.keyword("axis", ast.Constant(axis))])
                both = [ast.keyword("axis", ast.Constant(axis)), ast.keyword("keepdims", ast.Constant(True))]
                yield 2, ast.Call(old.func, args, [*keywords, *both])
        elif not any(key.arg == "keepdims" for key in keywords):
            yield 1, ast.Call(old.func, args, [*keywords, ast.keyword("keepdims", ast.Constant(True))])
    if word == "range" and not keywords:
        one = ast.Constant(1)
        first, last = ([ast.Constant(0)] if len(args) == 1 else args[:1]), args[-1] if len(args) < 3 else args[1]
        for low, high in (
            (one, last),
            (first[0], ast.BinOp(last, _ADD, one)),
            (first[0], ast.BinOp(last, _SUB, one)),
            (one, ast.BinOp(last, _ADD, one)),
        ):
            yield 1, call("range", low, high)
        yield 2, call("reversed", old)


def _around(old: ast.expr, parent: ast.AST, name: str, head: bool, scope: Scope) -> Iterator[tuple[int, ast.expr]]:
    """The expression with something around it, or a factor beside it."""
    two, load = ast.Constant(2), ast.Load()
    yield 2, ast.UnaryOp(ast.USub(), old)
    yield 2, call("abs", old)
    yield 2, ast.Attribute(old, "T", load)
    yield 3, ast.BinOp(old, _POW, two)
    yield 3, call(ast.Attribute(old, "copy", load))
    if name in ("test", "values"):
        yield 1, ast.UnaryOp(ast.Not(), old)
    if scope.numpy:
        for word in ("sqrt", "sum", "exp", "log"):
            yield 3, of_numpy(scope, word, old)
        yield 3, of_numpy(scope, "array", old, dtype=name_of("float"))
    for extra in (ast.Constant(None), ast.Slice()):
        yield (
            4,
            ast.Subscript(
                old, ast.Tuple([ast.Slice(), extra] if isinstance(extra, ast.Constant) else [ast.Constant(None), extra], load), load
            ),
        )
    for builtin in ("float", "len", "reversed", "int", "bool"):
        yield 4, call(builtin, old)
    factors = [two, *(name_of(word) for word in scope.values)] if head or isinstance(parent, (ast.Call, ast.Subscript)) else [two]
    mine = {node.id for node in ast.walk(old) if isinstance(node, ast.Name)} if isinstance(old, ast.Name) else ()
    for factor in factors:
        if isinstance(factor, ast.Name) and factor.id in mine:
            continue
        for cost, op in ((3, _MUL), (3, _DIV), (4, _ADD), (4, _SUB)):
            yield cost, ast.BinOp(old, op, factor)
        if head and isinstance(factor, ast.Name):
            yield 4, ast.BinOp(factor, _SUB, old)
            yield 4, ast.BinOp(factor, _MAT, old)
            yield 4, ast.BinOp(old, _MAT, factor)
            yield 4, ast.Subscript(old, factor, load)
    yield 3, ast.Subscript(old, ast.Slice(None, None, ast.Constant(-1)), load)
    if head:
        one = ast.Constant(1)
        if not isinstance(old, ast.Name):
            yield from ((4, name_of(word)) for word in scope.values)
        yield from unless_given(old, scope)
        yield from ((3, ast.BinOp(old, op, one)) for op in (_ADD, _SUB))
        yield 3, ast.BinOp(one, _SUB, old)
        for word in scope.params:
            for size in (call("len", name_of(word)), ast.Attribute(name_of(word), "size", load)):
                yield from ((4, ast.BinOp(old, op, size)) for op in (_DIV, _MUL))
