"""What students do to right answers: wrapped around one, or done to its text. Each slip leaves the answer right on friendly input.

Arrays are flattened, kept from the call before, cached by a part of the arguments, handed out twice or spoilt; numbers are narrowed, rounded,
clipped or lose their sign; thresholds hold on one side only.
"""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Callable, Iterator

import numpy as np


def wrapped(function: Callable) -> Iterator[tuple[str, Callable]]:
    """(what was done, the function with it) for every slip around `function`."""
    params = list(inspect.signature(function).parameters.values())
    for name, slip in _OF_RESULTS.items():
        yield name, _after(function, slip)
    for i, param in enumerate(params):
        if param.kind not in (param.POSITIONAL_ONLY, param.POSITIONAL_OR_KEYWORD):
            continue
        for name, slip in _OF_ARGUMENTS.items():
            yield f"{name} {param.name}", _before(function, slip, i)
        yield f"keeps {param.name} from the first call", _kept(function, i)
        yield f"changes {param.name}", _spoiling(function, i)
        yield f"hands {param.name} out", _handing_out(function, i)
        yield f"result in the type of {param.name}", _typed_as(function, i)
        if param.default is not param.empty:
            yield f"ignores {param.name}", _ignoring(function, i)
        if len(params) > 1:
            yield f"cached without {param.name}", _cached(function, i)
    yield "cached without functions", _cached(function, None)
    yield "cached by the functions", _by_functions(function)
    yield "the same result again", _same_again(function)
    yield "one buffer for all results", _one_buffer(function)


def _float_array(value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _real(value) -> bool:
    return isinstance(value, float) or _float_array(value)


def _deep(slip: Callable) -> Callable:
    """The slip, made in every part of a tuple, a list or a dict."""

    def made(value):
        if isinstance(value, (tuple, list)):
            return type(value)(map(made, value))
        if isinstance(value, dict):
            return {key: made(part) for key, part in value.items()}
        return slip(value)

    return made


_OF_RESULTS = {
    "float32 result": _deep(
        lambda v: np.float64(np.float32(v)) if isinstance(v, float) else v.astype(np.float32) if _float_array(v) else v
    ),
    "squeezed result": _deep(lambda v: np.squeeze(v) if isinstance(v, np.ndarray) else v),
    "flat result": _deep(lambda v: np.ravel(v) if isinstance(v, np.ndarray) and v.ndim else v),
    "rounded result": _deep(lambda v: np.round(v, 6) if _real(v) else v),
    "1e-8 too much": _deep(lambda v: v + 1e-8 if _real(v) else v),
    "result without its sign": _deep(lambda v: np.abs(v) if _real(v) else v),
    "NaN and infinity hidden": _deep(lambda v: np.nan_to_num(v) if _real(v) else v),
}
_OF_ARGUMENTS = {
    "flattens": lambda v: np.ravel(v) if isinstance(v, np.ndarray) and v.ndim > 1 else v,
    "float32": lambda v: float(np.float32(v)) if isinstance(v, float) else v.astype(np.float32).astype(float) if _float_array(v) else v,
    "no sign of": lambda v: np.abs(v) if _real(v) else v,
    "clips": lambda v: np.clip(v, -30.0, 30.0) if _real(v) else v,
    "sorts": lambda v: np.sort(v) if isinstance(v, np.ndarray) and v.ndim == 1 else v,
    "own generator for": lambda v: np.random.default_rng(0) if isinstance(v, np.random.Generator) else v,
    "only the first two axes of": lambda v: v.reshape(v.shape[0], -1) if isinstance(v, np.ndarray) and v.ndim > 2 else v,
}  # fmt: skip


def _after(function, slip):
    return lambda *args, **named: slip(function(*args, **named))


def _before(function, slip, i):
    return lambda *args, **named: function(*(slip(arg) if k == i else arg for k, arg in enumerate(args)), **named)


def _kept(function, i):
    store: list = []

    def kept(*args, **named):
        if i >= len(args):
            return function(*args, **named)
        if not store or np.shape(store[0]) != np.shape(args[i]) or type(store[0]) is not type(args[i]):
            store[:] = [copy.deepcopy(args[i]) if isinstance(args[i], np.ndarray) else args[i]]
        return function(*args[:i], store[0], *args[i + 1 :], **named)

    return kept


def _spoiling(function, i):
    def spoiling(*args, **named):
        result = copy.deepcopy(function(*args, **named)) if i < len(args) and _float_array(args[i]) else function(*args, **named)
        if i < len(args) and _float_array(args[i]) and args[i].flags.writeable:
            args[i][...] += 1.0
        return result

    return spoiling


def _handing_out(function, i):
    def handing_out(*args, **named):
        result = function(*args, **named)
        same = i < len(args) and isinstance(result, np.ndarray) and isinstance(args[i], np.ndarray)
        return args[i] if same and result.dtype == args[i].dtype and np.array_equal(result, args[i]) else result

    return handing_out


def _typed_as(function, i):
    def typed(*args, **named):
        result = function(*args, **named)
        both = i < len(args) and isinstance(result, np.ndarray) and isinstance(args[i], np.ndarray)
        return result.astype(args[i].dtype) if both and result.dtype.kind == "f" and args[i].dtype.kind == "i" else result

    return typed


def _ignoring(function, i):
    return lambda *args, **named: function(*args[:i])


def _key(value):
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, (list, tuple)):
        return tuple(map(_key, value))
    if isinstance(value, dict):
        return tuple((key, _key(part)) for key, part in value.items())
    return repr(value) if isinstance(value, (int, float, complex, str, bool, type(None))) else type(value).__name__


def _cached(function, i):
    """Results kept by all arguments but number `i`; functions are told apart by nothing."""
    store: dict = {}

    def cached(*args, **named):
        if i is None and not any(callable(arg) for arg in args):
            return function(*args, **named)
        key = tuple(_key(arg) for k, arg in enumerate(args) if k != i), tuple(named)
        if key not in store:
            store[key] = function(*args, **named)
        return copy.deepcopy(store[key])

    return cached


def _by_functions(function):
    """Results kept by the functions among the arguments, and by the form of the others."""
    store: dict = {}

    def cached(*args, **named):
        if not any(callable(arg) for arg in args):
            return function(*args, **named)
        key = tuple(arg if callable(arg) else (type(arg), np.shape(arg)) for arg in args if not isinstance(arg, (list, dict)))
        if key not in store:
            store[key] = function(*args, **named)
        return copy.deepcopy(store[key])

    return cached


def _same_again(function):
    """The array of the call before, where the arguments are those of the call before."""
    last: list = []

    def again(*args, **named):
        key = [arg if callable(arg) else _key(arg) for arg in args]
        if not last or last[0] != key or named or not isinstance(last[1], np.ndarray):
            last[:] = key, function(*args, **named)
        return last[1]

    return again


def _one_buffer(function):
    store: dict = {}

    def buffered(*args, **named):
        result = function(*args, **named)
        if not isinstance(result, np.ndarray) or not result.ndim:
            return result
        buffer = store.setdefault((result.shape, result.dtype), np.empty_like(result))
        buffer[...] = result
        return buffer

    return buffered


def in_the_text(tree: ast.AST, first: int, last: int) -> Iterator[tuple[str, ast.AST]]:
    """(what was done, tree) for every slip at one spot of the lines `first` to `last`."""
    spots = [node for node in ast.walk(tree) if first <= getattr(node, "lineno", -1) <= last]
    for index, spot in enumerate(spots):
        for number in range(len(list(_rewritten(spot)))):
            changed = copy.deepcopy(tree)
            node = [n for n in ast.walk(changed) if first <= getattr(n, "lineno", -1) <= last][index]
            new = list(_rewritten(node))[number]
            before = ast.unparse(node)
            _Replace(node, new).visit(changed)
            ast.fix_missing_locations(changed)
            yield f"line {spot.lineno - first + 1}: {before}  ->  {ast.unparse(new)}", changed


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST):
        self.old, self.new = old, new

    def visit(self, node):
        return ast.copy_location(self.new, node) if node is self.old else self.generic_visit(node)


_FREED = {"asarray", "array", "copy", "abs", "float", "asfarray", "astype"}  # calls whose argument may seem to do as well
_OPPOSITE = {ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt}


def _rewritten(node: ast.AST) -> Iterator[ast.AST]:
    """What a student may write in place of one node."""
    if isinstance(node, ast.Call):
        word = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        inner = node.args[0] if node.args else None
        if isinstance(node.func, ast.Attribute) and not node.args and word == "copy":
            inner = node.func.value
        if word in _FREED and inner is not None and not isinstance(inner, ast.Starred):
            yield inner
        if word == "range" and len(node.args) == 1:
            yield ast.Call(node.func, [ast.Call(ast.Name("min", ast.Load()), [node.args[0], ast.Constant(3)], [])], [])
        for key in node.keywords:
            if key.arg in ("axis", "keepdims", "dtype"):
                yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not key])
    elif isinstance(node, ast.Constant) and isinstance(node.value, float) and 0 < abs(node.value) < 0.1:
        yield from (ast.Constant(node.value * factor) for factor in (1e3, 1e-3))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not isinstance(node.right, ast.Constant):
        yield ast.BinOp(node.left, ast.Div(), ast.BinOp(node.right, ast.Add(), ast.Constant(1e-8)))
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _OPPOSITE:
        yield ast.UnaryOp(ast.Not(), ast.Compare(node.left, [_OPPOSITE[type(node.ops[0])]()], node.comparators))
