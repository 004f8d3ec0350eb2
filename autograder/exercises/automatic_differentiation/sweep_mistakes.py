"""Mistakes in the backward sweep."""

from __future__ import annotations

from .graphs import in_order, walk
from .sweeps import backward


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


@backward.mistake(
    "Inner nodes are multiplied by 0: one that held inf or nan holds nan then, and passes it on. Let them start at 0.0, whatever they held."
)
def inner_times_zero(root):
    for node in in_order(root):
        if node.parents:
            node.grad = node.grad * 0.0
    _sweep(root, reset=False)


@backward.mistake("You set all gradients to 0, those of the leaves too. Leaves accumulate until somebody calls zero_grad.")
def zeroes_inside_backward(root):
    _sweep(root, zero_all=True)


@backward.mistake("Nodes that hold arrays have no slopes. Ask node.pull(node.grad), which every node has.")
def asks_for_slopes(root):
    order = in_order(root)
    for node in order:
        node.grad = 0.0 if node.parents else node.grad
    root.grad += 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad = parent.grad + node.grad * slope


@backward.mistake(
    "You keep the array that a pull returned and add to it in place. Another node may hold the same array: write grad = grad + piece."
)
def adds_in_place(root):
    order = in_order(root)
    empty, root.grad = {id(node) for node in order if node.parents} - {id(root)}, 1.0 if root.parents else root.grad + 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad)):
            if id(parent) in empty:
                empty.discard(id(parent))
                parent.grad = piece
            else:
                parent.grad += piece


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
        node.grad = 0.0 if node.parents else node.grad
    root.grad += 1.0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for parent, piece in zip(node.parents, node.pull(node.grad)):
            parent.grad += piece
            waiting.append(parent)
