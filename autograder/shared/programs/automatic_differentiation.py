"""Programs of lesson 08: they build the learner's nodes, let the answer work on them, and bring back plain numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import WrongKind, program

_OPERATORS = [f"__{side}{name}__" for name in ("add", "sub", "mul", "truediv", "pow") for side in ("", "r")] + ["__neg__"]


def _inputs(make, numbers, kinds: str):
    """Arguments for the answer, by kind: v a node, n the plain number, s the first node once more. And the nodes among them."""
    nodes, given = [], []
    for number, kind in zip(numbers, kinds):
        if kind == "v":
            nodes.append(make(number))
        given.append(number if kind == "n" else nodes[0] if kind == "s" else nodes[-1])
    return given, nodes


def _along(node, leaf) -> float:
    """The slope of a small graph's last node along one of its leaves: a sum over all ways between them."""
    if node is leaf:
        return 1.0
    return float(sum(slope * _along(parent, leaf) for parent, slope in zip(node.parents, node.slopes)))


def _facts(names, out, nodes):
    if not isinstance(out, names.Value):
        raise WrongKind("The result should be a Value.")
    return out.data, [_along(out, node) for node in nodes]


@program(promise="returns a Value")
def value_node(names, numbers, kinds):
    """The answer makes a Value of its inputs: its data, and its slope along each Value that it was given."""
    given, nodes = _inputs(names.Value, numbers, kinds)
    return _facts(names, names.answer(*given), nodes)


_SYMBOLS: dict[str, Callable] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "truediv": lambda a, b: a / b,
    "pow": lambda a, n: a**n, "neg": lambda a: -a,
}  # fmt: skip


def _take_operators(cls) -> dict:
    """Take from the class what operators it has, and return them."""
    taken = {name: cls.__dict__[name] for name in _OPERATORS if name in cls.__dict__}
    for name in taken:
        delattr(cls, name)
    return taken


@program(promise="gives the class operators that make Values")
def value_operator(names, symbol, numbers, kinds):
    """The answer gives the class its operators: what one of them makes of its inputs. Afterwards the class is as it was."""
    cls = names.Value
    kept = _take_operators(cls)
    try:
        names.answer(cls)
        given, nodes = _inputs(cls, numbers, kinds)
        return _facts(names, _SYMBOLS[symbol](*given), nodes)
    finally:
        _take_operators(cls)
        for name, function in kept.items():
            setattr(cls, name, function)


def _graph(names, parents, slopes):
    nodes: list = []
    make = names.Value
    for row, weights in zip(np.asarray(parents).tolist(), np.asarray(slopes).tolist()):
        used = [k for k in range(len(row)) if row[k] >= 0]
        nodes.append(make(0.0, [nodes[row[k]] for k in used], [weights[k] for k in used]))
    return nodes


@program(promise="returns a list of the graph's nodes")
def order_of_graph(names, parents):
    """The answer puts the nodes of a graph in order: their numbers in that order, -1 for what is no node of it."""
    nodes = _graph(names, parents, np.ones(np.shape(parents)))
    number = {id(node): k for k, node in enumerate(nodes)}
    return [number.get(id(node), -1) for node in names.answer(nodes[-1])]


@program(promise="leaves a number in every grad")
def grads_after(names, parents, slopes, start, times):
    """Build a graph, set all gradients to `start`, call the answer on the last node several times: all gradients."""
    nodes = _graph(names, parents, slopes)
    for node, grad in zip(nodes, np.asarray(start).tolist()):
        node.grad = grad
    for _ in range(times):
        names.answer(nodes[-1])
    return [node.grad for node in nodes]


@program(promise="returns a Tensor")
def tensor_node(names, arrays, pattern, settings, upstream):
    """The answer makes a Tensor: its data, and what `upstream` becomes at each array that it was given."""
    tensors = [names.Tensor(array) for array in arrays]
    out = names.answer(*(tensors[k] for k in pattern), **settings)
    if not isinstance(out, names.Tensor):
        raise WrongKind("The result should be a Tensor.")
    totals = [None] * len(arrays)
    if np.shape(out.data) == np.shape(upstream):
        for parent, piece in zip(out.parents, out.pull(upstream)):
            for k, tensor in enumerate(tensors):
                if parent is tensor:
                    totals[k] = piece if totals[k] is None else totals[k] + piece
    return out.data, totals


def _dual(names, out):
    if not isinstance(out, names.Dual):
        raise WrongKind("The result should be a Dual.")
    return out.data, out.slope


@program(promise="returns a Dual")
def dual_node(names, pairs, kinds):
    """The answer makes a Dual of Duals (v) and plain numbers (n): its data and its slope."""
    return _dual(names, names.answer(*(names.Dual(*pair) if kind == "v" else pair[0] for pair, kind in zip(pairs, kinds))))


@program(promise="returns a Dual")
def dual_function(names, pair, f, fprime):
    """The answer applies a function to a Dual: data and slope of the result."""
    return _dual(names, names.answer(names.Dual(*pair), f, fprime))


@program(promise="returns one slope for each output")
def dual_run(names, x, v, values, J):
    """The answer pushes x and v through a function whose Jacobian at x is J: the result, the places it was called at."""
    calls = []

    def f(inputs):
        calls.append([one.data for one in inputs])
        slopes = [sum(J[i, k] * one.slope for k, one in enumerate(inputs)) for i in range(len(values))]
        return [names.Dual(value, slope) if np.any(row) else value for value, slope, row in zip(values.tolist(), slopes, J)]

    return names.answer(f, x, v), calls
