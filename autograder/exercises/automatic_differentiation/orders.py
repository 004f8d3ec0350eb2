"""All nodes of a graph, parents first. Source: MC30."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Miss, view

from ._lesson import STAND_INS, graph_code, lesson
from .graphs import CHAIN, DIAMOND, LADDER, LONG, TREE, TWICE, UNEQUAL, in_order, random_graph, table, unless_long, walk

topological_order = lesson.exercise(
    "topological_order",
    3,
    "all nodes, parents before children",
    signature="parents",
    minutes=15,
    difficulty=4,
    program="order_of_graph",
    needs=("Value",),
    stand_ins=STAND_INS,
    returns=Array(None),
    tolerance=None,
    show=lambda parents: graph_code(parents, np.ones(np.shape(parents)), "topological_order(root)"),
    hints=(
        "A node may be written down when all its parents are. Walk from the root towards the leaves and write on the way back.",
        "A recursive walk is short, but Python gives up after about 1000 calls inside each other. Keep your own stack: a list.",
        "Put pairs (node, ready) on the stack. The first time a node comes off, put it back as ready, and its parents on top of it.",
        "Remember the nodes you have seen in a set, or each of them is visited once for every way to it.",
    ),
)


@topological_order.cases
def small_graphs(rng):
    for graph in (CHAIN, TREE, TWICE, DIAMOND, UNEQUAL, LADDER):
        yield (table(graph),)
    for _ in range(3):
        yield (table(random_graph(rng)),)


@topological_order.picture
def picture(parents):
    return view("order_explorer", parents=[[int(p) for p in row if p >= 0] for row in parents]) if len(parents) <= 8 else None


@topological_order.check()
def every_node_once(t, parents):
    """Every node that the root depends on is there once"""
    with np.errstate(invalid="ignore"):  # NaN becomes the number of no node, and is seen
        order = np.ravel(t(parents)).astype(int).tolist()
    if sorted(order) != list(range(len(parents))):
        raise Miss(
            f"nodes {order}",
            f"the nodes 0 to {len(parents) - 1}, each once",
            "Count the nodes of this graph: some are missing, twice there, or strangers.",
        )


@topological_order.check(weight=2, needs=("every_node_once",))
def parents_first(t, parents):
    """Every node comes after its parents"""
    order = np.ravel(t(parents)).astype(int).tolist()
    place = {node: k for k, node in enumerate(order)}
    for node, row in enumerate(np.asarray(parents).tolist()):
        for parent in row:
            if parent >= 0 and place[parent] > place[node]:
                raise Miss(f"order {order}", f"node {parent} before node {node}", f"Node {parent} is a parent of node {node}.")


def long_chain(rng):
    """A chain of 5000 nodes."""
    yield (np.arange(-1, LONG - 1)[:, None],)


@topological_order.check(cases=long_chain, needs=("parents_first",))
def survives_a_long_chain(t, parents):
    """A chain of 5000 nodes is no problem"""
    t.equal(
        np.ravel(t(parents)),
        np.arange(float(len(parents))),
        "A function that calls itself 5000 times deep ends in RecursionError. Keep a stack of your own.",
    )


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
