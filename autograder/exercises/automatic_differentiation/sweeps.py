"""The backward sweep, and back to zero. Sources: E-W04, MC25, MC29, MC31."""

from __future__ import annotations

import numpy as np

from autograder.writing import Tolerance, view

from ._held import HELD, gradients, holds_what_it_held, suits, sweep_code, truth, weighted
from ._lesson import STAND_INS, lesson
from .graphs import BEHIND, CHAIN, DIAMOND, LADDER, LONG, TREE, TWICE, TWO_WAYS, UNEQUAL, WIDE, random_graph, table, weights

backward = lesson.exercise(
    "backward",
    4,
    "the gradient of every node, in one sweep",
    seconds=10,
    signature="parents, slopes, start, roots, kind",
    minutes=18,
    difficulty=4,
    program="grads_after",
    needs=("Value",),
    stand_ins=STAND_INS,
    returns=HELD,
    show=lambda *case: sweep_code("backward", *case),
    clauses={
        "Sets .grad of every node": "slopes_multiply_along_a_way ways_add_up waits_for_all_children survives_a_chain of_any_root any_slopes changes_nothing_else",
        "Returns nothing": "prose",
        "Leaves (nodes without parents) add to the .grad that they have; all others start at 0": "leaves_accumulate repeats",
        "A node may hold an array": "nodes_may_hold_arrays shares_no_arrays",
        "Data and parents of all nodes stay as they are": "changes_nothing_else",
    },
    hints=(
        "Take the nodes in topological order, from the root to the leaves. Each passes on node.pull(node.grad) to its parents.",
        "The root's own gradient is 1: of the root with respect to itself.",
        "A parent that is used twice gets two contributions. They add up.",
        "Nodes that have parents start every sweep at 0; leaves keep what they have. Set those gradients to 0 before the sweep begins.",
    ),
)


@backward.cases
def trees(rng):
    yield from weighted(rng, (TREE, CHAIN))


@backward.picture
def picture(parents, slopes, start, roots, kind):
    if len(parents) > 8 or len(roots) != 1 or kind != "numbers" or np.any(start):
        return None  # the explorer has room for eight nodes, and knows one sweep over gradients that were zero
    graph = [[int(p) for p in row if p >= 0] for row in parents]
    return view(
        "order_explorer", yours=True, parents=graph, slopes=[[float(s) for p, s in zip(*rows) if p >= 0] for rows in zip(parents, slopes)]
    )


@backward.check(weight=1)
def slopes_multiply_along_a_way(t, parents, slopes, start, roots, kind):
    """Along a way the slopes multiply"""
    t.equal(
        t(parents, slopes, start, roots, kind)[0],
        truth(parents, slopes),
        "These are the gradients of all nodes, n0 first. No node of this graph is used twice.",
    )


def shared(rng):
    """Nodes that are used more than once, at equal distances from the root."""
    yield from weighted(rng, (TWICE, DIAMOND))


@backward.check(cases=shared, needs=("slopes_multiply_along_a_way",))
def ways_add_up(t, parents, slopes, start, roots, kind):
    """Over several ways the contributions add up"""
    t.equal(t(parents, slopes, start, roots, kind)[0], truth(parents, slopes), "A node is used twice here. Each use contributes.")


def unequal(rng):
    """Ways of different lengths."""
    yield from weighted(rng, (UNEQUAL, LADDER, WIDE, random_graph(rng), random_graph(rng)))


@backward.check(cases=unequal, needs=("ways_add_up",))
def waits_for_all_children(t, parents, slopes, start, roots, kind):
    """A node passes its gradient on only when it is complete"""
    t.equal(
        t(parents, slopes, start, roots, kind)[0],
        truth(parents, slopes),
        "One way to the root is longer than the other. A node must wait for both.",
    )


def again(rng):
    """Two sweeps, and leaves that hold something already."""
    yield from weighted(rng, (TREE, DIAMOND, UNEQUAL), times=2)
    yield from weighted(rng, (TREE, LADDER), started=True)
    yield from weighted(rng, (((),),), times=2)
    yield from weighted(rng, (BEHIND,), times=3, started=True, kind="arrays")
    for graph in (LADDER, TREE):  # inner nodes that a descent has lost: times 0 they are nan
        for parents, slopes, start, roots, kind in weighted(rng, (graph,), started=True):
            yield parents, slopes, np.where(np.all(parents < 0, axis=1), start, np.resize([np.nan, np.inf], len(start))), roots, kind


@backward.check(weight=1.5, cases=again, needs=("waits_for_all_children",))
def leaves_accumulate(t, parents, slopes, start, roots, kind):
    """Leaves add every sweep to what they hold, inner nodes start afresh"""
    suits(t, parents, start, roots, kind)
    t.equal(
        t(parents, slopes, start, roots, kind)[0],
        gradients(parents, slopes, start, roots, kind),
        "After two sweeps the leaves hold twice the gradient. The inner nodes hold it once: what they had belongs to the sweep before.",
    )


def steep_and_flat(rng):
    """Slopes of 0 on one way, and slopes whose product is large."""
    for last in ((0.0, 1.0), (1.0, 0.0)):
        parents = table(TWO_WAYS)
        slopes = weights(rng, parents)
        slopes[-1] = last
        yield parents, slopes, np.zeros(len(parents)), (len(parents) - 1,), "numbers"
    yield table(CHAIN), 40 + np.abs(weights(rng, table(CHAIN))), np.zeros(len(CHAIN)), (len(CHAIN) - 1,), "numbers"


@backward.check(weight=0.25, cases=steep_and_flat, needs=("ways_add_up",))
def any_slopes(t, parents, slopes, start, roots, kind):
    """Slopes may be 0, and they may be large"""
    t.equal(
        t(parents, slopes, start, roots, kind)[0], truth(parents, slopes), "A slope of 0 stops one way only, and no gradient is too long."
    )


def long(rng):
    """A chain of 5000 nodes."""
    parents = np.arange(-1, LONG - 1)[:, None]
    yield parents, np.full((LONG, 1), 1 + round(float(rng.uniform(1, 9)), 1) * 1e-4), np.zeros(LONG), (LONG - 1,), "numbers"


_PRODUCT = Tolerance(1e-11, 1e-12, "a product of 5000 factors: 5000 roundings of eps/2 each")


@backward.check(weight=0.5, cases=long, needs=("slopes_multiply_along_a_way",))
def survives_a_chain(t, parents, slopes, start, roots, kind):
    """A chain of 5000 nodes is no problem"""
    t.equal(
        t(parents, slopes, start, roots, kind)[0], truth(parents, slopes), "Use your topological_order, which needs no recursion.", _PRODUCT
    )


def of_arrays(rng):
    """Nodes that hold arrays: they have a pull and no slopes."""
    yield from weighted(rng, (CHAIN, TREE, LADDER), kind="arrays")


@backward.check(weight=0.5, cases=of_arrays, needs=("waits_for_all_children",))
def nodes_may_hold_arrays(t, parents, slopes, start, roots, kind):
    """It asks node.pull, so it works for nodes that hold arrays"""
    suits(t, parents, start, roots, kind)
    why = "These nodes have .pull and no .slopes; a pull takes and returns arrays."
    t.equal(t(parents, slopes, start, roots, kind)[0], gradients(parents, slopes, start, roots, kind), why)


def handed_on(rng):
    """Sums of arrays: a pull hands both parents the very array that it gets."""
    yield from weighted(rng, (BEHIND, (*DIAMOND, (4,)), (*LADDER, (6,))), kind="arrays", ones=True)


@backward.check(weight=0.5, cases=handed_on, needs=("nodes_may_hold_arrays",))
def shares_no_arrays(t, parents, slopes, start, roots, kind):
    """What one node gets changes no other node's gradient"""
    suits(t, parents, start, roots, kind)
    why = "A pull may give the same array to two parents, as that of a sum does. Added to in place, it changes for both."
    t.equal(t(parents, slopes, start, roots, kind)[0], gradients(parents, slopes, start, roots, kind), why)


def from_several(rng):
    """Sweeps from a node in the middle, and from two roots one after the other."""
    for graph, roots in ((UNEQUAL, (1,)), (LADDER, (4,)), (DIAMOND, (2, 4)), (UNEQUAL, (3, 1)), (TREE, (2, 4, 2))):
        parents = table(graph)
        yield parents, weights(rng, parents), np.zeros(len(parents)), roots, "numbers"
    yield *next(weighted(rng, (LADDER,), started=True))[:3], (3,), "numbers"


@backward.check(weight=0.5, cases=from_several, needs=("leaves_accumulate",))
def of_any_root(t, parents, slopes, start, roots, kind):
    """The root may be any node; nodes that it does not depend on keep what they hold"""
    suits(t, parents, start, roots, kind)
    why = "These are all gradients, also of nodes behind the last root."
    t.equal(t(parents, slopes, start, roots, kind)[0], gradients(parents, slopes, start, roots, kind), why)


@backward.check(weight=0.25, cases=again, needs=("slopes_multiply_along_a_way",))
def changes_nothing_else(t, parents, slopes, start, roots, kind):
    """Data and parents of all nodes stay as they were"""
    suits(t, parents, start, roots, kind)
    holds_what_it_held(t, parents, slopes, start, roots, kind)
