"""The backward sweep, and back to zero. Sources: E-W04, MC25, MC29, MC31."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Tolerance, view

from ._lesson import STAND_INS, graph_code, lesson
from .graphs import CHAIN, DIAMOND, LADDER, LONG, TREE, TWICE, UNEQUAL, in_order, random_graph, table, walk, weights


def truth(parents: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """The slope of the root along every node: (I - S)^-1 sums over all ways through the graph at once."""
    n = len(parents)
    if n > 100:  # a chain: the product of what lies between
        return np.append(np.cumprod(slopes[:0:-1, 0])[::-1], 1.0)
    S = np.zeros((n, n))
    for node, (row, steps) in enumerate(zip(parents, slopes)):
        for parent, slope in zip(row, steps):
            if parent >= 0:
                S[node, parent] += slope
    return np.linalg.inv(np.eye(n) - S)[-1]


def _weighted(rng, graphs, times: int = 1, started: bool = False):
    for graph in graphs:
        parents = table(graph)
        leaves = np.all(parents < 0, axis=1)
        start = np.round(rng.uniform(1, 3, size=len(parents)), 2) * leaves if started else np.zeros(len(parents))
        yield parents, weights(rng, parents), start, times


_GRADS = Array(lambda parents, slopes, start, times: (len(parents),))

backward = lesson.exercise(
    "backward",
    4,
    "the gradient of every node, in one sweep",
    signature="parents, slopes, start, times",
    minutes=18,
    difficulty=4,
    program="grads_after",
    needs=("Value",),
    stand_ins=STAND_INS,
    returns=_GRADS,
    show=lambda parents, slopes, start, times: graph_code(
        parents,
        slopes,
        "".join(
            [f"n{k}.grad = {value:g}\n" for k, value in enumerate(start) if value and len(start) < 15] + ["backward(root)\n"] * times
        ).rstrip(),
    ),
    hints=(
        "Take the nodes in topological order, from the root to the leaves. Each passes on node.pull(node.grad) to its parents.",
        "The root's own gradient is 1: of the root with respect to itself.",
        "A parent that is used twice gets two contributions. They add up.",
        "Nodes that have parents start every sweep at 0; leaves keep what they have. Set those gradients to 0 before the sweep begins.",
    ),
)


@backward.cases
def trees(rng):
    yield from _weighted(rng, (TREE, CHAIN))


@backward.picture
def picture(parents, slopes, start, times):
    if len(parents) > 8 or times != 1 or np.any(start):
        return None  # the explorer has room for eight nodes, and knows one sweep over gradients that were zero
    graph = [[int(p) for p in row if p >= 0] for row in parents]
    return view("order_explorer", parents=graph, slopes=[[float(s) for p, s in zip(*rows) if p >= 0] for rows in zip(parents, slopes)])


@backward.check(weight=1)
def slopes_multiply_along_a_way(t, parents, slopes, start, times):
    """Along a way the slopes multiply"""
    t.equal(
        t(parents, slopes, start, times),
        truth(parents, slopes),
        "These are the gradients of all nodes, n0 first. No node of this graph is used twice.",
    )


def shared(rng):
    """Nodes that are used more than once, at equal distances from the root."""
    yield from _weighted(rng, (TWICE, DIAMOND))


@backward.check(cases=shared, needs=("slopes_multiply_along_a_way",))
def ways_add_up(t, parents, slopes, start, times):
    """Over several ways the contributions add up"""
    t.equal(t(parents, slopes, start, times), truth(parents, slopes), "A node is used twice here. Each use contributes.")


def unequal(rng):
    """Ways of different lengths."""
    yield from _weighted(rng, (UNEQUAL, LADDER, random_graph(rng), random_graph(rng)))


@backward.check(cases=unequal, needs=("ways_add_up",))
def waits_for_all_children(t, parents, slopes, start, times):
    """A node passes its gradient on only when it is complete"""
    t.equal(
        t(parents, slopes, start, times), truth(parents, slopes), "One way to the root is longer than the other. A node must wait for both."
    )


def again(rng):
    """Two sweeps, and leaves that hold something already."""
    yield from _weighted(rng, (TREE, DIAMOND, UNEQUAL), times=2)
    yield from _weighted(rng, (TREE, LADDER), started=True)
    yield from _weighted(rng, (((),),), times=2)


@backward.check(weight=1.5, cases=again, needs=("waits_for_all_children",))
def leaves_accumulate(t, parents, slopes, start, times):
    """Leaves add every sweep to what they hold, inner nodes start afresh"""
    once, leaves = truth(parents, slopes), np.all(parents < 0, axis=1)
    t.equal(
        t(parents, slopes, start, times),
        np.where(leaves, start + times * once, once),
        "After two sweeps the leaves hold twice the gradient. The inner nodes hold it once: what they had belongs to the sweep before.",
    )


def long(rng):
    """A chain of 5000 nodes."""
    parents = np.arange(-1, LONG - 1)[:, None]
    yield parents, np.full((LONG, 1), 1 + round(float(rng.uniform(1, 9)), 1) * 1e-4), np.zeros(LONG), 1


_PRODUCT = Tolerance(1e-11, 1e-12, "a product of 5000 factors: 5000 roundings of eps/2 each")


@backward.check(weight=0.5, cases=long, needs=("slopes_multiply_along_a_way",))
def survives_a_chain(t, parents, slopes, start, times):
    """A chain of 5000 nodes is no problem"""
    t.equal(t(parents, slopes, start, times), truth(parents, slopes), "Use your topological_order, which needs no recursion.", _PRODUCT)


def _sweep(root, order=None, seed=1.0, reset=True, zero_all=False, accumulate=True, upstream=True):
    """A sweep with one thing changed, for the mistakes below."""
    order = order or in_order(root)
    for node in order:
        if zero_all or (reset and node.parents):
            node.grad = 0.0
    root.grad += seed
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad if upstream else 1.0)):
            parent.grad = parent.grad + piece if accumulate else piece


@backward.mistake("Everything is 0: the root's own gradient has to be 1 before anything can be passed on.")
def forgets_seed(root):
    _sweep(root, seed=0.0)


@backward.mistake("Each node passes on its slopes alone. It should pass on its own gradient times the slope.")
def ignores_upstream(root):
    _sweep(root, upstream=False)


@backward.mistake("You assign where you should add: of a node that is used twice only the last use counts.")
def overwrites(root):
    _sweep(root, accumulate=False)


@backward.mistake(
    "A second sweep gives too much: inner nodes still hold the gradients of the first, and pass them on again. Only leaves accumulate."
)
def interior_accumulates(root):
    _sweep(root, reset=False)


@backward.mistake("You set all gradients to 0, those of the leaves too. Leaves accumulate until somebody calls zero_grad.")
def zeroes_inside_backward(root):
    _sweep(root, zero_all=True)


@backward.mistake(
    "You go through the nodes breadth first. A shared node then passes on its gradient before its last contribution has come."
)
def no_order(root):
    order = in_order(root)
    _sweep(root, order if len(order) > 100 else walk(root, False))


@backward.mistake(
    "Every contribution is passed on with all that came before it: too much. Wait until a node's gradient is complete, then pass it on once."
)
def passes_on_at_once(root):
    for node in in_order(root):
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for parent, piece in zip(node.parents, node.pull(node.grad)):
            parent.grad += piece
            waiting.append(parent)
