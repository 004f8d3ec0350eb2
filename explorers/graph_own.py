"""A learner's own graph, swept backward in two orders: its layout, its gradients, its drawing and its words. Pure (MC29, MC30, W8b)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .digits import number
from .nodes import draw_edge, draw_node
from .palette import BLUE, INK, ORANGE, PINK
from .panel import Panel
from .scene import Told

MOST = 8
ORDERS = ("topological", "breadth first")


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes 0, 1, …, the last of them the end; `parents[i]` are what node i was made from, `slopes[i]` its slopes by them."""

    parents: tuple
    slopes: tuple

    def __post_init__(self):
        n, given = len(self.parents), list(map(list, self.parents))
        if not 1 <= n <= MOST:
            raise ValueError(f"parents has {n} nodes. The picture has room for 1 to {MOST}; leave out what is not on a way to the end.")
        for i, mine in enumerate(given):
            if any(isinstance(p, bool) or not isinstance(p, (int, np.integer)) or not 0 <= p < i for p in mine):
                raise ValueError(
                    f"parents[{i}] is {mine}. It should list earlier nodes, numbers from 0 to {i - 1}, or be empty for a leaf; try [[], [], [0, 1]]."
                )
        if [len(mine) for mine in self.slopes] != [len(mine) for mine in given]:
            raise ValueError(
                "slopes and parents do not fit together: there should be one slope for each parent, in the same places; leave slopes out for 1 everywhere."
            )

    def order(self, name: str) -> tuple[int, ...]:
        """The nodes that the end depends on, in the order in which they pass their gradient on."""
        found, line = [], [len(self.parents) - 1]
        while line:
            node = line.pop(0)
            if node not in found:
                found.append(node)
                line += self.parents[node]
        # a node's parents come before it, so from large to small every node waits for all its users
        return tuple(found) if name == ORDERS[1] else tuple(sorted(found, reverse=True))

    def sweep(self, name: str, step: int) -> np.ndarray:
        """The gradients after the first `step` nodes have passed theirs on, shape ``(n,)``."""
        grad = np.zeros(len(self.parents))
        grad[-1] = 1.0
        for node in self.order(name)[:step]:
            for parent, slope in zip(self.parents[node], self.slopes[node]):
                grad[parent] += grad[node] * slope
        return grad

    def places(self) -> list[tuple[float, float]]:
        """A column for each depth, the end on the right; within a column from below."""
        depth = []
        for mine in self.parents:
            depth.append(1 + max((depth[p] for p in mine), default=-1))
        seen, found = {}, []
        for level in depth:
            row = seen.get(level, 0)
            seen[level] = row + 1
            found.append((2.2 * level, 2.4 * row + 1.2 * (level % 2)))  # every other column higher: an edge past a node stays visible
        return found

    def late(self, name: str, step: int) -> list[int]:
        """The nodes that received a contribution after they had passed their gradient on."""
        done = self.order(name)[:step]
        return [node for k, node in enumerate(done) if self.sweep(name, step)[node] != self.sweep(name, k)[node]]


def panel(graph: Graph) -> Panel:
    """The axes: as large as the layout."""
    xs, ys = zip(*graph.places())
    return Panel(
        (-1.2, max(max(xs) + 1.2, 7.2)),
        (-0.8, max(max(ys), 2.0) + 0.9),
        title="your graph",
        ticks=False,
        left=12,
        width=700,
        bottom=8,
        height=290,
    )


def draw(axes, graph: Graph, step: int, order: str) -> None:
    """The graph with the gradients so far; the node that has just passed its gradient on is framed."""
    places, grad, done, late = graph.places(), graph.sweep(order, step), graph.order(order)[:step], graph.late(order, step)
    for node, mine in enumerate(graph.parents):
        now = bool(done) and node == done[-1]
        for parent in dict.fromkeys(mine):
            draw_edge(axes[0], places[parent], places[node], ORANGE if now else INK, 4 if now else 1.5, width=1.6, backward=now)
    for node, place in enumerate(places):
        color = PINK if node in late else ORANGE if node in done else BLUE
        lines = [f"node {node}", f"grad {number(round(grad[node], 10), 4)}"]
        draw_node(axes[0], place, lines, color, 0.35 if node in late else 0.12, width=1.6, border=4 if done and node == done[-1] else 1.5)


def tell(graph: Graph, step: int, order: str) -> Told:
    """The words of a state."""
    nodes, grad, late = graph.order(order), graph.sweep(order, step), graph.late(order, step)
    true, step = graph.sweep(ORDERS[0], len(nodes)), min(step, len(nodes))
    leaves = [i for i, mine in enumerate(graph.parents) if not mine]
    cells = (
        (None, "step", f"{step} of {len(nodes)}"), (None, "passed on", " → ".join(map(str, nodes[:step])) or "nothing yet"),
        ((ORANGE, "-"), "leaves now", ", ".join(number(round(grad[i], 10), 4) for i in leaves)), (None, "true", ", ".join(number(round(true[i], 10), 4) for i in leaves)),
        ((PINK, "-"), "passed on too early", ", ".join(map(str, late)) or "none"),
    )  # fmt: skip
    labels = (
        f"your graph of {len(graph.parents)} nodes in {order} order after {step} steps: the gradients of nodes 0 to {len(graph.parents) - 1} are {', '.join(number(round(g, 10), 4) for g in grad)}",
    )
    if late:
        words = f"Node {late[0]} received a contribution after it had passed its gradient on: that part goes no further."
    elif step == len(nodes):
        words = "Every node waited until all its users had passed their gradients on. The sums are complete."
    else:
        words = "A node may pass its gradient on when everything that uses it has done so. Which node is next?"
    return Told(labels, cells, words)
