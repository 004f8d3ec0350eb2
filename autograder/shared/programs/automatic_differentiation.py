"""Programs of lesson 08: they build the learner's nodes, let the answer work on them, and bring back plain numbers."""

from __future__ import annotations

from collections import deque

import numpy as np

from ..values import same
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
    return out.data, [_along(out, node) for node in nodes], [number for node in nodes for number in (node.data, node.grad)]


@program(promise="returns a Value")
def value_node(names, numbers, kinds):
    """The answer makes a Value of its inputs: its data, its slope along each Value that it was given, and data and grad of these afterwards."""
    return value_node_together(names, [(numbers, kinds)])[0]


@program
def value_node_together(names, calls):
    """Several such Values, all made before the first is looked at."""
    given = [_inputs(names.Value, numbers, kinds) for numbers, kinds in calls]
    made = [names.answer(*arguments) for arguments, _ in given]
    return [_facts(names, out, nodes) for out, (_, nodes) in zip(made, given)]


_SYMBOLS: dict = {
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
    """The answer gives the class its operators: what one of them makes of its inputs, and whether the answer returned the class."""
    return value_operator_together(names, [(symbol, numbers, kinds)])[0]


@program
def value_operator_together(names, calls):
    """Several inputs, and the operators given anew for each, before the first result is looked at. Afterwards the class is as it was."""
    cls = names.Value
    kept = _take_operators(cls)
    try:
        made = []
        for symbol, numbers, kinds in calls:
            returned = names.answer(cls)
            given, nodes = _inputs(cls, numbers, kinds)
            made.append((_SYMBOLS[symbol](*given), nodes, returned is cls))
        return [(*_facts(names, out, nodes), returned) for out, nodes, returned in made]
    finally:
        _take_operators(cls)
        for name, function in kept.items():
            setattr(cls, name, function)


class Node:
    """A node of arrays with two entries: like a Tensor it has a pull and no slopes. Along a slope of 1 it hands on the very array it gets."""

    def __init__(self, data, parents=(), slopes=(), weights=None):
        self.data, self.parents, self.grad = data, tuple(parents), 0.0

        def pull(g):
            g = np.asarray(g) if weights is None else g * weights
            return tuple(g if slope == 1 else slope * g for slope in slopes)

        self.pull = pull


WEIGHTS = (1.0, -2.0)  # with which the root of a graph of arrays adds up the entries of its parents


# Graphs that stay alive, as in a notebook: else new nodes lie where old ones lay, or not, by chance, and an answer that remembers
# nodes by their id from one call to the next is seen once and not the next time.
_ALIVE: deque = deque(maxlen=100)
_ROUNDS = 3  # how often graphs come and go


def _graph(names, parents, slopes, kind="numbers", fleeting=False):
    """The nodes of a graph; node k holds 1.5 + k, as a number or in every entry; of the kind "alike" all hold the same number."""
    nodes: list = []
    rows = list(zip(np.asarray(parents).tolist(), np.asarray(slopes).tolist()))
    for number, (row, weights) in enumerate(rows):
        used = [k for k in range(len(row)) if row[k] >= 0]
        past = [nodes[row[k]] for k in used], [weights[k] for k in used]
        if kind != "arrays":
            nodes.append(names.Value(1.5 + number * (kind != "alike"), *past))
        elif number < len(rows) - 1:
            nodes.append(Node(np.full(2, 1.5 + number), *past))
        else:
            nodes.append(Node(np.array(1.5 + number), *past, np.array(WEIGHTS)))
    if not fleeting:
        _ALIVE.append(nodes)
    return nodes


@program(promise="returns a list of the graph's nodes")
def order_of_graph(names, parents, roots, kind):
    """The answer puts nodes in order, once for each of `roots`: their numbers, -1 for what is no node of the graph, -2 between two orders."""
    return order_of_graph_together(names, [(parents, roots, kind)])[0]


@program
def order_of_graph_together(names, calls):
    """Several graphs, all of which are there before the first is put in order."""
    graphs = [_graph(names, parents, np.ones(np.shape(parents)), kind) for parents, _, kind in calls]
    found = [[names.answer(nodes[root]) for root in roots] for nodes, (_, roots, _) in zip(graphs, calls)]
    together = [_numbers(nodes, orders) for nodes, orders in zip(graphs, found)]
    if len(calls) > 1:
        _as_before(together, [_fleeting_order(names, call) for call in calls * _ROUNDS])
    return together


def _fleeting_order(names, call):
    parents, roots, kind = call
    nodes = _graph(names, parents, np.ones(np.shape(parents)), kind, fleeting=True)
    return _numbers(nodes, [names.answer(nodes[root]) for root in roots])


def _as_before(together, fleeting):
    """Raises `WrongKind` where graphs that come and go get another answer: then new nodes lie where old ones lay, and have their ids."""
    if any(not same(again, together[k % len(together)]) for k, again in enumerate(fleeting)):
        raise WrongKind(
            "A graph that is gone changed what a new one gets. The id of an object may be that of another one, once it is gone."
        )


def _numbers(nodes, orders):
    if not all(hasattr(order, "__iter__") for order in orders):
        raise WrongKind("The result should be a list of nodes.")
    number = {id(node): k for k, node in enumerate(nodes)}
    return [k for order in orders for k in (-2, *(number.get(id(node), -1) for node in order))][1:]


@program(promise="leaves a number in every grad")
def grads_after(names, parents, slopes, start, roots, kind):
    """Set all gradients to `start` ("refilled": before each call), call the answer on each of `roots`: what the nodes hold then."""
    return grads_after_together(names, [(parents, slopes, start, roots, kind)])[0]


@program
def grads_after_together(names, calls):
    """Several graphs, all of which are there before the answer gets the first."""
    graphs = [_graph(names, parents, slopes, kind) for parents, slopes, _, _, kind in calls]
    for nodes, call in zip(graphs, calls):
        _sweep(names, nodes, *call[2:])
    together = [_held(nodes, kind) for nodes, (*_, kind) in zip(graphs, calls)]
    if len(calls) > 1:
        _as_before(together, [_fleeting_sweep(names, call) for call in calls * _ROUNDS])
    return together


def _sweep(names, nodes, start, roots, kind):
    for number, root in enumerate(roots):
        if number == 0 or kind == "refilled":
            for node, grad in zip(nodes, np.asarray(start).tolist()):
                node.grad = np.full(np.shape(node.data), grad) if grad and kind == "arrays" else grad
        names.answer(nodes[root])


def _fleeting_sweep(names, call):
    parents, slopes, start, roots, kind = call
    nodes = _graph(names, parents, slopes, kind, fleeting=True)
    _sweep(names, nodes, start, roots, kind)
    return _held(nodes, kind)


def _held(nodes, kind):
    grads = [np.broadcast_to(node.grad, 2) if kind == "arrays" and np.ndim(node.grad) == 0 else node.grad for node in nodes]
    return grads, [np.sum(node.data) for node in nodes], [len(node.parents) for node in nodes]


@program(promise="returns a Tensor")
def tensor_node(names, arrays, pattern, settings, upstream):
    """The answer makes a Tensor: its data, what `upstream` becomes at each input, and shapes and entries of the inputs afterwards."""
    out, tensors = _tensor(names, arrays, pattern, settings)
    return out.data, _pulled(out, tensors, upstream), _contents(tensors)


@program
def tensor_node_together(names, calls):
    """Several such Tensors, all made before the first is looked at; each pull is used three times, and what came must stay."""
    made = [_tensor(names, arrays, pattern, settings) for arrays, pattern, settings, _ in calls]
    _, totals, _ = (
        [_pulled(out, tensors, factor * np.asarray(upstream)) for (out, tensors), (*_, upstream) in zip(made, calls)]
        for factor in (2, 1, -1)
    )
    return [(out.data, total, _contents(tensors)) for (out, tensors), total in zip(made, totals)]


def _contents(tensors):
    return [number for tensor in tensors for number in (*np.shape(tensor.data), *np.ravel(tensor.data))]


def _tensor(names, arrays, pattern, settings):
    tensors = [names.Tensor(array) for array in arrays]
    out = names.answer(*(tensors[k] for k in pattern), **settings)
    if not isinstance(out, names.Tensor):
        raise WrongKind("The result should be a Tensor.")
    return out, tensors


def _pulled(out, tensors, upstream):
    """What `upstream` becomes at each of `tensors`, through whatever lies between; None where nothing arrives."""
    if np.shape(out.data) != np.shape(upstream):
        return [None] * len(tensors)
    arrived, order, waiting, met = {id(out): upstream}, [], [(out, False)], set()
    while waiting:
        node, ready = waiting.pop()
        if ready:
            order.append(node)
        elif id(node) not in met:
            met.add(id(node))
            waiting += [(node, True), *((parent, False) for parent in node.parents)]
    for node in reversed(order):
        if node.parents and id(node) in arrived:
            for parent, piece in zip(node.parents, node.pull(arrived[id(node)])):
                arrived[id(parent)] = arrived[id(parent)] + piece if id(parent) in arrived else piece
    return [arrived.get(id(tensor)) for tensor in tensors]
