"""What the nodes of a graph hold after sweeps: the truth, and how the exercises on sweeps are shown and judged."""

from __future__ import annotations

import numpy as np

from autograder.writing import WEIGHTS, Array, Items

from ._lesson import graph_code
from .graphs import ancestors, table, weights


def truth(parents: np.ndarray, slopes: np.ndarray, root: int = -1) -> np.ndarray:
    """The slope of the root along every node: (I - S)^-1 sums over all ways through the graph at once."""
    n = len(parents)
    if n > 100:  # a chain: the product of what lies between
        return np.append(np.cumprod(slopes[:0:-1, 0])[::-1], 1.0)
    S = np.zeros((n, n))
    for node, (row, steps) in enumerate(zip(parents, slopes)):
        for parent, slope in zip(row, steps):
            if parent >= 0:
                S[node, parent] += slope
    return np.linalg.inv(np.eye(n) - S)[root]


def gradients(parents, slopes, start, roots, kind) -> np.ndarray:
    """What all nodes hold after a sweep from each of `roots`: leaves add, inner nodes hold what the last sweep gave them."""
    if kind == "arrays":  # the root weights the two entries; each entry for itself is a graph of numbers
        last = np.arange(len(parents))[:, None] == len(parents) - 1
        both = [gradients(parents, np.where(last, w * slopes, slopes), start, roots, "numbers") for w in WEIGHTS]
        return np.stack(both, axis=1)
    held, leaves = np.array(start, float), np.all(np.asarray(parents) < 0, axis=1)
    for root in roots:
        met = np.isin(np.arange(len(parents)), ancestors(parents, root))
        held = np.where(met, truth(parents, slopes, root) + np.where(leaves, held, 0.0), held)
    return held


def weighted(rng, graphs, times: int = 1, started: bool = False, kind: str = "numbers", ones: bool = False):
    """Graphs with slopes, and with what their nodes hold before a sweep from the last node."""
    for graph in graphs:
        parents = table(graph)
        leaves = np.all(parents < 0, axis=1)
        start = np.round(rng.uniform(1, 3, size=len(parents)), 2) * leaves if started else np.zeros(len(parents))
        slopes = np.ones(parents.shape) if ones else weights(rng, parents)
        yield parents, slopes, start, (len(parents) - 1,) * times, kind


HELD = Items(
    Array(lambda parents, slopes, start, roots, kind: (len(parents), 2) if kind == "arrays" else (len(parents),)),
    Array(lambda parents, *_: (len(parents),)),
    Array(lambda parents, *_: (len(parents),)),
)


def suits(t, parents, start, roots, kind):
    """Keeps simpler inputs within what the program can build."""
    n = len(parents)
    t.assume(len(roots) > 0 and all(root == n - 1 if kind == "arrays" else 0 <= root < n for root in roots))
    t.assume(kind != "arrays" or n > 1 and start[-1] == 0)


def holds_what_it_held(t, parents, slopes, start, roots, kind):
    """Raises a miss when a node holds other data or other parents than before."""
    _, data, count = t(parents, slopes, start, roots, kind)
    before = 1.5 + np.arange(len(parents))
    if kind == "arrays":
        before[:-1] *= 2  # the sum of two entries
    t.equal(data, before, "This is .data of all nodes afterwards. Only .grad is yours to change.")
    t.equal(count, np.sum(np.asarray(parents) >= 0, axis=1).astype(float), "So many parents the nodes have afterwards.")


def sweep_code(name: str, parents, slopes, start, roots, kind) -> str:
    """Code for a failing case: the graph, what its nodes hold, and the calls."""
    number = lambda v: f"{v:g}" if np.isfinite(v) else f"{'-' if v < 0 else ''}np.{abs(v):g}"
    value = (lambda v: f"np.array([{number(v)}, {number(v)}])") if kind == "arrays" else number
    holds = [f"n{k}.grad = {value(v)}" for k, v in enumerate(start) if v and len(start) < 15]
    if len(start) >= 15 and start[0]:  # a chain, all of whose nodes hold the same
        holds = ["for node in topological_order(root):", f"    node.grad = {value(start[0])}"]
    calls = [f"{name}({'root' if root == len(parents) - 1 else f'n{root}'})" for root in roots]
    if kind == "refilled":
        return graph_code(parents, slopes, "\n".join(line for call in calls for line in (*holds, call)))
    return graph_code(parents, slopes, "\n".join([*holds, *calls]), kind)
