"""All nodes of a graph, parents first. Source: MC30."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Miss, view

from ._lesson import STAND_INS, graph_code, lesson
from .graphs import CHAIN, DIAMOND, LADDER, LONG, TREE, TWICE, UNEQUAL, ancestors, in_order, random_graph, table, unless_long, walk

topological_order = lesson.exercise(
    "topological_order",
    3,
    "all nodes, parents before children",
    signature="parents, roots, kind",
    minutes=15,
    difficulty=4,
    program="order_of_graph",
    needs=("Value",),
    stand_ins=STAND_INS,
    returns=Array(None),
    tolerance=None,
    show=lambda parents, roots, kind: graph_code(
        parents, np.ones(np.shape(parents)), "\n".join(f"topological_order({_name(parents, root)})" for root in roots), kind
    ),
    clauses={
        "All nodes that root depends on": "every_node_once from_any_node one_after_another repeats",
        "every node after its parents": "parents_first edges",
        "a list": "returns",
        "Works for chains of 5000 nodes": "survives_a_long_chain",
        "Nodes have .parents": "any_kind_of_node",
    },
    hints=(
        "A node may be written down when all its parents are. Walk from the root towards the leaves and write on the way back.",
        "A recursive walk is short, but Python gives up after about 1000 calls inside each other. Keep your own stack: a list.",
        "Put pairs (node, ready) on the stack. The first time a node comes off, put it back as ready, and its parents on top of it.",
        "Remember the nodes you have seen in a set, or each of them is visited once for every way to it.",
    ),
)


def _name(parents, root: int) -> str:
    return "root" if root == len(parents) - 1 else f"n{root}"


def _whole(parents, times: int = 1, kind: str = "numbers"):
    return parents, (len(parents) - 1,) * times, kind


def _orders(t, parents, roots, kind) -> list[list[int]]:
    """The orders that came back, one for each root; NaN becomes the number of no node, and is seen."""
    t.assume(len(roots) > 0 and all(0 <= root < len(parents) for root in roots))
    with np.errstate(invalid="ignore"):
        found = np.ravel(t(parents, roots, kind)).astype(int)
    return [part[part != -2].tolist() for part in np.split(found, np.flatnonzero(found == -2))]


def _complete(t, parents, roots, kind, why: str):
    orders = _orders(t, parents, roots, kind)
    for root, order in zip(roots, orders + [[]] * len(roots)):
        wanted = ancestors(parents, root)
        if sorted(order) != wanted:
            raise Miss(f"nodes {order}", f"the nodes {', '.join(map(str, wanted))}, each once", why)


def _in_order(t, parents, roots, kind):
    for order in _orders(t, parents, roots, kind):
        place = {node: k for k, node in enumerate(order)}
        for node in order:
            for parent in np.asarray(parents)[node].tolist():
                if parent >= 0 and place.get(parent, -1) > place[node]:
                    raise Miss(f"order {order}", f"node {parent} before node {node}", f"Node {parent} is a parent of node {node}.")


@topological_order.cases
def small_graphs(rng):
    for graph in (CHAIN, TREE, TWICE, DIAMOND, UNEQUAL, LADDER):
        yield _whole(table(graph))
    for _ in range(3):
        yield _whole(table(random_graph(rng)))


@topological_order.picture
def picture(parents, roots, kind):
    return (
        view("order_explorer", parents=[[int(p) for p in row if p >= 0] for row in parents])
        if len(parents) <= 8 and len(roots) == 1
        else None
    )


@topological_order.check()
def every_node_once(t, parents, roots, kind):
    """Every node that the root depends on is there once"""
    _complete(t, parents, roots, kind, "Count the nodes of this graph: some are missing, twice there, or strangers.")


@topological_order.check(weight=2, needs=("every_node_once",), domain=True)
def parents_first(t, parents, roots, kind):
    """Every node comes after its parents"""
    _in_order(t, parents, roots, kind)


@topological_order.edges
def single_nodes_and_wide_ones(rng):
    """One node alone, one with four parents, one that is its child's only parent three times."""
    for graph in (((),), ((), (), (), (), (0, 1, 2, 3)), ((), (0, 0, 0), (1, 0, 1)), ((), (0,), (0, 1), (0, 1, 2), (3, 2, 1, 0))):
        for kind in ("numbers", "arrays"):
            yield _whole(table(graph), kind=kind)


def long_chain(rng):
    """A chain of 5000 nodes."""
    yield _whole(np.arange(-1, LONG - 1)[:, None])


@topological_order.check(cases=long_chain, needs=("parents_first",))
def survives_a_long_chain(t, parents, roots, kind):
    """A chain of 5000 nodes is no problem"""
    t.equal(
        np.ravel(t(parents, roots, kind)),
        np.arange(float(len(parents))),
        "A function that calls itself 5000 times deep ends in RecursionError. Keep a stack of your own.",
    )


def from_within(rng):
    """Orders that start in the middle of a graph."""
    for graph, root in ((UNEQUAL, 1), (LADDER, 4), (DIAMOND, 0), (TREE, 2)):
        yield table(graph), (root,), "numbers"


@topological_order.check(weight=0.5, cases=from_within, needs=("parents_first",))
def from_any_node(t, parents, roots, kind):
    """From a node in the middle it lists what that node depends on, and no more"""
    _complete(t, parents, roots, kind, "Start at the node that is given. Its children do not belong to the list.")
    _in_order(t, parents, roots, kind)


def in_turn(rng):
    """Two orders of one graph: the same again, and of a part first."""
    yield _whole(table(LADDER), times=2)
    yield table(UNEQUAL), (1, 3), "numbers"
    yield table(DIAMOND), (4, 2, 4), "numbers"


@topological_order.check(weight=0.5, cases=in_turn, needs=("from_any_node",))
def one_after_another(t, parents, roots, kind):
    """Each call starts afresh, and leaves earlier lists as they were"""
    _complete(t, parents, roots, kind, "The same nodes are put in order several times here. What does yours remember from the call before?")
    _in_order(t, parents, roots, kind)


def other_nodes(rng):
    """Nodes that hold arrays and have no slopes, and nodes that all hold the same number."""
    for graph in (UNEQUAL, LADDER):
        yield _whole(table(graph), kind="arrays")
        yield _whole(table(graph), kind="alike")


@topological_order.check(weight=0.5, cases=other_nodes, needs=("parents_first",))
def any_kind_of_node(t, parents, roots, kind):
    """It works for all nodes that have .parents, whatever they hold"""
    why = (
        "These nodes hold arrays. They have .parents, and no .slopes."
        if kind == "arrays"
        else "Two nodes that hold the same number are two nodes."
    )
    _complete(t, parents, roots, kind, why)
    _in_order(t, parents, roots, kind)


@topological_order.mistake(
    "This is breadth first, read backward. It fails when the ways from a node to the root have different lengths: a child "
    "can come before its parent."
)
def bfs(root):
    return unless_long(root, lambda node: walk(node, False))


@topological_order.mistake("You write a node down when you meet it. Write it down when all its parents are written.")
def dfs_preorder(root):
    return unless_long(root, lambda node: walk(node, True))


@topological_order.mistake("The children come first in your list. The leaves belong at the front, the root at the end.")
def children_first(root):
    return in_order(root)[::-1]


@topological_order.mistake("Right, and recursive: a chain of 5000 nodes is too deep for Python. Keep a stack of your own.")
def recursive(root):
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order


@topological_order.mistake("A node that is used twice is in your list twice. Remember what you have seen.")
def duplicates(root):
    return [node for parent in root.parents for node in duplicates(parent)] + [root]


@topological_order.mistake("The leaves are missing. They collect the gradients in the end, so they belong to the order too.")
def without_leaves(root):
    return [node for node in in_order(root) if node.parents]


@topological_order.mistake(
    "The nodes that you have seen are still remembered in the next call: make the set inside the function, anew each time."
)
def never_forgets(root, seen=set()):  # noqa: B006 - the bug itself
    order = [node for node in in_order(root) if node not in seen]
    if len(in_order(root)) < 100:
        seen.update(order)
    return order
