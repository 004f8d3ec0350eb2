"""Back to zero between two sweeps. Sources: E-W04, MC25."""

from __future__ import annotations

import numpy as np

from autograder.writing import choice

from ._held import HELD, holds_what_it_held, suits, sweep_code
from ._lesson import STAND_INS, lesson
from .graphs import LADDER, TREE, UNEQUAL, ancestors, in_order, random_graph, table, weights

zero_grad = lesson.exercise(
    "zero_grad",
    1,
    "all gradients back to zero",
    signature="parents, slopes, start, roots, kind",
    minutes=4,
    difficulty=1,
    program="grads_after",
    needs=("Value",),
    stand_ins=STAND_INS,
    returns=HELD,
    show=lambda *case: sweep_code("zero_grad", *case),
    clauses={
        "Sets .grad of every node that root depends on": "leaves_are_zero all_are_zero only_gradients_of_its_own repeats edges",
        "Returns nothing": "prose",
    },
    hints=("topological_order(root) lists all nodes.", "Set .grad of each to 0.0. Nothing is returned."),
)


def _full(rng, graph, roots=None, kind: str = "numbers"):
    parents = table(graph)
    start = np.round(rng.uniform(1, 3, size=len(parents)), 2)
    if kind == "arrays":
        start[-1] = 0  # the root's is one number
    return parents, weights(rng, parents), start, roots or (len(parents) - 1,), kind


@zero_grad.cases
def full_graphs(rng):
    for graph in (TREE, UNEQUAL, random_graph(rng), ((),)):
        yield _full(rng, graph)


@zero_grad.edges
def other_graphs(rng):
    """Graphs of arrays, several calls with gradients between them, nodes in the middle."""
    yield _full(rng, LADDER, (6, 6), "refilled")
    yield _full(rng, TREE, (4, 2), "refilled")
    yield _full(rng, LADDER, kind="arrays")
    yield _full(rng, TREE, kind="arrays")
    for graph in (LADDER, UNEQUAL):  # leaves behind nodes that hold 0 already
        parents, slopes, start, roots, kind = _full(rng, graph)
        yield parents, slopes, np.where(np.all(parents < 0, axis=1), start, 0.0), roots, kind
    yield np.arange(-1, 399)[:, None], np.ones((400, 1)), np.full(400, 2.0), (399,), "numbers"
    for roots in ((6, 6), (2,), (4, 6), (0,)):
        yield _full(rng, LADDER, roots)


def _zeros(parents, start, roots, kind) -> np.ndarray:
    reached = {node for root in (roots[-1:] if kind == "refilled" else roots) for node in ancestors(parents, root)}
    held = np.array([0.0 if k in reached else value for k, value in enumerate(start)])
    return np.stack([held, held], axis=1) if kind == "arrays" else held


def _gradients(t, parents, slopes, start, roots, kind):
    """What the nodes hold; an array of zeros and the number 0.0 are both zero."""
    suits(t, parents, start, roots, kind)
    return t(parents, slopes, start, roots, kind)[0]


@zero_grad.check(weight=2)
def leaves_are_zero(t, parents, slopes, start, roots, kind):
    """The leaves' gradients are 0"""
    t.assume(np.all(start != 0))
    leaves = np.all(parents < 0, axis=1)
    t.equal(_gradients(t, parents, slopes, start, roots, kind)[leaves], _zeros(parents, start, roots, kind)[leaves])


@zero_grad.check(needs=("leaves_are_zero",), domain=True)
def all_are_zero(t, parents, slopes, start, roots, kind):
    """All other gradients are 0 too"""
    t.assume(np.any(start != 0))
    t.equal(_gradients(t, parents, slopes, start, roots, kind), _zeros(parents, start, roots, kind))


def parts_of_graphs(rng):
    """A node in the middle of a graph."""
    for graph, root in ((LADDER, 3), (UNEQUAL, 1), (TREE, 2)):
        yield _full(rng, graph, (root,))
    yield _full(rng, LADDER)


@zero_grad.check(weight=0.5, cases=parts_of_graphs, needs=("all_are_zero",))
def only_gradients_of_its_own(t, parents, slopes, start, roots, kind):
    """Everything else stays: data, parents, and nodes that the root does not depend on"""
    t.equal(_gradients(t, parents, slopes, start, roots, kind), _zeros(parents, start, roots, kind))
    holds_what_it_held(t, parents, slopes, start, roots, kind)


@zero_grad.mistake("Only the root is set to 0. The gradients that count are in the leaves.")
def root_only(root):
    root.grad = 0.0


@zero_grad.mistake("The leaves are 0, the inner nodes are not. Set every node.")
def leaves_only(root):
    for node in in_order(root):
        node.grad = node.grad if node.parents else 0.0


@zero_grad.mistake("The values are set to 0, or nothing at all; the gradients are as they were. They are in .grad.")
def zeroes_the_data(root):
    for node in in_order(root):
        node.data = 0.0


@zero_grad.mistake("The data of the nodes is gone as well: only .grad goes back to 0.")
def clears_the_data_too(root):
    for node in in_order(root):
        node.grad = node.data = 0.0


@zero_grad.mistake("The gradients become 1. Zero is where sums start.")
def ones_instead(root):
    for node in in_order(root):
        node.grad = 1.0


which_line_is_wrong = lesson.add(
    choice(
        "which_line_is_wrong",
        0.5,
        "the wrong line of a backward sweep",
        wrong={
            "a": "The root's gradient with respect to itself is 1. That line is right.",
            "b": "From the root to the leaves is the right direction: the order lists parents first, and it is read backward.",
            "c": "The upstream gradient times the slope: that line is right.",
        },
        difficulty=2,
        minutes=3,
        hints=("Run it in your head on a node that is used twice.",),
    )
)
