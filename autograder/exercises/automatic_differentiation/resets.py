"""Back to zero between two sweeps. Sources: E-W04, MC25."""

from __future__ import annotations

import numpy as np

from autograder.writing import choice

from ._lesson import STAND_INS, graph_code, lesson
from .graphs import TREE, UNEQUAL, in_order, random_graph, table, weights
from .sweeps import _GRADS

zero_grad = lesson.exercise(
    "zero_grad",
    1,
    "all gradients back to zero",
    signature="parents, slopes, start, times",
    minutes=4,
    difficulty=1,
    program="grads_after",
    needs=("Value",),
    stand_ins=STAND_INS,
    returns=_GRADS,
    show=lambda parents, slopes, start, times: graph_code(
        parents, slopes, "".join(f"n{k}.grad = {value:g}\n" for k, value in enumerate(start)) + "zero_grad(root)"
    ),
    hints=("topological_order(root) lists all nodes.", "Set .grad of each to 0.0. Nothing is returned."),
)


@zero_grad.cases
def full_graphs(rng):
    for graph in (TREE, UNEQUAL, random_graph(rng), ((),)):
        parents = table(graph)
        yield parents, weights(rng, parents), np.round(rng.uniform(1, 3, size=len(parents)), 2), 1


@zero_grad.check(weight=2)
def leaves_are_zero(t, parents, slopes, start, times):
    """The leaves' gradients are 0"""
    t.assume(np.all(start != 0))
    t.equal(t(parents, slopes, start, times)[np.all(parents < 0, axis=1)], np.zeros(int(np.sum(np.all(parents < 0, axis=1)))))


@zero_grad.check(needs=("leaves_are_zero",))
def all_are_zero(t, parents, slopes, start, times):
    """All other gradients are 0 too"""
    t.assume(np.all(start != 0))
    t.equal(t(parents, slopes, start, times), np.zeros(len(parents)))


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
