"""Graphs as plain data: the ones that tell right orders and sweeps from wrong ones, and ways through them."""

from __future__ import annotations

import numpy as np

# Each row of a graph lists the parents of a node by number. The last node is the root.
CHAIN = ((), (0,), (1,), (2,))
TREE = ((), (), (0, 1), (), (2, 3))
TWICE = ((), (0, 0), (1, 1))
DIAMOND = ((), (0,), (1,), (1,), (2, 3))
TWO_WAYS = ((), (0,), (), (2,), (1, 3))
UNEQUAL = ((), (0,), (1,), (1, 2))  # node 1 is shared, has a past of its own, and its two ways to the root differ in length
BEHIND = (*UNEQUAL, (3,))  # the same, and what comes after its end
LADDER = ((), (), (0, 1), (2,), (3, 2), (4, 2, 1), (5, 3))
WIDE = ((), (0,), (0, 1), (2, 1, 0), (0, 3, 3, 1))  # nodes with three parents and more
LONG = 5000


def table(graph, fill=-1) -> np.ndarray:
    """The graph as an array, one row of parents a node."""
    width = max(map(len, graph)) or 1
    return np.array([[*row, *[fill] * (width - len(row))] for row in graph])


def random_graph(rng) -> tuple:
    """A few nodes with one or two parents each, all of which the root depends on."""
    n = int(rng.integers(5, 8))
    rows = [(), ()]
    for k in range(2, n):
        rows.append(tuple(int(p) for p in ([k - 1] if k > 2 else [0]) + [int(rng.integers(0, k))]))
    rows[2] = (0, 1)
    return tuple(rows)


def ancestors(parents, root: int) -> list[int]:
    """The numbers of all nodes that `root` depends on, and its own, in rising order."""
    found, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += [int(p) for p in parents[node] if p >= 0]
    return sorted(found)


def weights(rng, parents: np.ndarray) -> np.ndarray:
    """Two-digit slopes, none of them 0 or 1."""
    values = np.round(rng.uniform(0.4, 1.8, size=parents.shape) * rng.choice([-1, 1], size=parents.shape), 2)
    return np.where(np.abs(values) == 1, 1.3, values)


def walk(root, depth_first: bool, reverse: bool = True):
    """Nodes in the order in which they are first met, for the mistakes below."""
    waiting, seen = [root], []
    while waiting:
        node = waiting.pop(-1 if depth_first else 0)
        if any(node is other for other in seen):
            continue
        seen.append(node)
        waiting += node.parents
    return seen[::-1] if reverse else seen


def in_order(root):
    """Nodes in a right order, by repeatedly taking those whose parents are all taken."""
    found, taken, order = {}, set(), []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) not in found:
            found[id(node)] = node
            waiting += node.parents
    children = {key: [] for key in found}
    missing = {key: len({id(p) for p in node.parents}) for key, node in found.items()}
    for key, node in found.items():
        for parent in {id(p) for p in node.parents}:
            children[parent].append(key)
    ready = [key for key, count in missing.items() if count == 0]
    while ready:
        key = ready.pop()
        taken.add(key)
        order.append(found[key])
        for child in children[key]:
            missing[child] -= 1
            if missing[child] == 0:
                ready.append(child)
    return order


def unless_long(root, walk):
    """`walk`, but on a long chain the right order: searching a list 5000 times would take seconds."""
    order = in_order(root)
    return order if len(order) > 100 else walk(root)
