"""The order explorer: two orders of the backward sweep, on a diamond of unequal arms or a learner's own graph (MC29, MC30)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.nodes import draw_edge, draw_node, draw_row
from ..drawing.palette import BLUE, INK, ORANGE, PINK
from ..drawing.symbols import BACKWARD
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from .order_yours import beside, offer

# --- two orders on a diamond whose arms are not equally long ---
DIAMOND = {"w": (0.8, 5.2), "x": (0.8, 3.6), "y": (2.9, 2.6), "L": (0.8, 1.2)}
DIAMOND_EDGES = (("w", "x"), ("x", "y"), ("y", "L"), ("x", "L"))
DIAMOND_NAMES = {"w": "w = 2", "x": "x = w²", "y": "y = 3x", "L": "L = x + y"}
LOCAL = {("w", "x"): 4.0, ("x", "y"): 3.0, ("y", "L"): 1.0, ("x", "L"): 1.0}
DIAMOND_ORDERS = {"topological": ("L", "y", "x", "w"), "breadth first": ("L", "x", "y", "w")}
DIAMOND_SPACE = Chart(
    (-0.9, 4.3), (-0.5, 5.9), title="two ways from L to x, one of them longer", ticks=False, left=12, width=400, bottom=8, height=330
)
TRUE = 16.0  # L = w² + 3w², so dL/dw = 8w


def sweep(order: str, step: int) -> dict[str, float]:
    """The gradients after the first `step` nodes of the order have passed theirs on."""
    grad = dict.fromkeys(DIAMOND, 0.0)
    grad["L"] = 1.0
    for node in DIAMOND_ORDERS[order][:step]:
        for (child, parent), slope in LOCAL.items():
            if parent == node:
                grad[child] += grad[node] * slope
    return grad


def draw_diamond(axes, step: int, order: str) -> None:
    """The diamond with the gradients so far; the node that has just passed its gradient on is framed."""
    grad, done = sweep(order, step), DIAMOND_ORDERS[order][:step]
    for a, b in DIAMOND_EDGES:
        now = bool(done) and b == done[-1]
        draw_edge(axes[0], DIAMOND[a], DIAMOND[b], ORANGE if now else INK, 4 if now else 1.5, width=1.7, backward=now)
    for name, place in DIAMOND.items():
        late = name in done and grad[name] != sweep(order, done.index(name))[name]
        color = PINK if late else ORANGE if name in done else BLUE
        draw_node(
            axes[0],
            place,
            [DIAMOND_NAMES[name], f"grad {number(grad[name])}"],
            color,
            0.35 if late else 0.12,
            width=1.7,
            border=4 if done and name == done[-1] else 1.5,
        )
    draw_row(axes[0], (-0.75, -0.05), list(DIAMOND_ORDERS[order]), len(done))


def describe_diamond(step: int, order: str) -> Description:
    """The words of a state."""
    grad, done = sweep(order, step), DIAMOND_ORDERS[order][:step]
    late = [name for name in done if grad[name] != sweep(order, done.index(name))[name]]
    cells = (
        (None, "step", f"{step} of 4"), (None, "passed on", " → ".join(done) or "nothing yet"), (BACKWARD, "w.grad", number(grad["w"])), (None, "true", number(TRUE)),
        ((PINK, "-"), "passed on too early", ", ".join(late) or "none"),
    )  # fmt: skip
    labels = (f"a diamond in {order} order after {step} steps: the gradient of w is {number(grad['w'])}, the true one {number(TRUE)}",)
    if late:
        words = told(
            f"{late[0]} received a contribution after it had passed its gradient on: that part never reaches w.",
            lambda: sweep(order, 4)["w"] != TRUE,
        )
    elif step == 4:
        words = told("Every node waited until all its users had passed their gradients on. The sum is complete.", lambda: grad["w"] == TRUE)
    else:
        words = told("A node may pass its gradient on when everything that uses it has done so. Which node is next?", lambda: len(done) < 4)
    return Description(labels, cells, words)


# --- a learner's own graph ---
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
        """A row for each depth, the end below; within a row from the left."""
        depth = []
        for mine in self.parents:
            depth.append(1 + max((depth[p] for p in mine), default=-1))
        seen, found = {}, []
        for level in depth:
            row = seen.get(level, 0)
            seen[level] = row + 1
            found.append((2.0 * row + 1.0 * (level % 2), float(level)))  # every other row further right: an edge past a node stays visible
        deepest = max(depth)
        return [(x, 1.2 + 1.5 * (deepest - level)) for x, level in found]

    def late(self, name: str, step: int) -> list[int]:
        """The nodes that received a contribution after they had passed their gradient on."""
        done = self.order(name)[:step]
        return [node for k, node in enumerate(done) if self.sweep(name, step)[node] != self.sweep(name, k)[node]]


def graph_chart(graph: Graph) -> Chart:
    """The axes: as large as the layout."""
    xs, ys = zip(*graph.places())
    right, top = max(max(xs) + 0.95, 4.3), max(ys) + 0.7
    width, height = 24 + round(72 * (right + 0.9)), 36 + round(46 * (top + 0.5))
    return Chart((-0.9, right), (-0.5, top), title="your graph", ticks=False, left=12, width=width, bottom=8, height=height)


def draw_graph(axes, graph: Graph, step: int, order: str) -> None:
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
    draw_row(axes[0], (-0.75, -0.05), [str(node) for node in graph.order(order)], len(done))


def describe_graph(graph: Graph, step: int, order: str) -> Description:
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
        words = told(
            f"Node {late[0]} received a contribution after it had passed its gradient on: that part goes no further.",
            lambda: any(late[0] in graph.parents[node] for node in nodes[nodes.index(late[0]) + 1 : step]),
        )
    elif step == len(nodes):
        words = told(
            "Every node waited until all its users had passed their gradients on. The sums are complete.", lambda: np.allclose(grad, true)
        )
    else:
        words = told(
            "A node may pass its gradient on when everything that uses it has done so. Which node is next?", lambda: step < len(nodes)
        )
    return Description(labels, cells, words)


# --- the explorer ---
def order_explorer(parents=None, slopes=None, step: int = 0, order: str = "topological", yours=None):
    """Sweep backward in two orders over a graph whose ways are not equally long.

    `parents` is a graph of your own, up to 8 nodes: for each node a list of the earlier ones it was made from, as
    [[], [], [0, 1]]; the last node is the end. `slopes` are its slopes by them, in the same places (1 everywhere without).
    `order` is "topological" or "breadth first". `yours` is your backward(root): what it leaves in the nodes is compared, in the end. What to find out: which node passes its gradient on too early, and what is lost?
    """
    return (scene(step, order, yours) if parents is None else own_scene(parents, slopes, step, order, yours)).explorer()


def own_scene(parents, slopes=None, step: int = 0, order: str = "topological", yours=None) -> Scene:
    """The scene of the explorer for a learner's own graph."""
    try:
        slopes = [[1.0] * len(mine) for mine in parents] if slopes is None else [[float(s) for s in mine] for mine in slopes]
        graph = Graph(tuple(tuple(mine) for mine in parents), tuple(map(tuple, slopes)))
    except TypeError:
        raise ValueError(
            f"parents is {parents!r:.60}. It should hold one list for each node, of numbers of earlier nodes; try [[], [], [0, 1]]."
        ) from None
    last = len(graph.order(order if order in ORDERS else "topological"))
    return Scene(
        "order",
        (Control("step", "step", "which nodes have passed their gradient on", tuple(range(last + 1)), step, str),
         Control("order", "order", "of the sweep", ORDERS, order, str, "toggle")),
        (graph_chart(graph),), lambda axes, step, order: draw_graph(axes, graph, step, order), lambda step, order: describe_graph(graph, step, order),
        presets=(Preset("topological, done", "right", {"step": last, "order": "topological"}), Preset("breadth first, done", "is a part lost?", {"step": last, "order": "breadth first"})),
        shown=("leaves now", "true"),
        prints=({}, {"step": last, "order": "topological"}, {"step": last, "order": "breadth first"}),
        yours=yours and Yours(
            asked(yours), lambda step, order: offer(graph.parents, graph.slopes),
            lambda one, value, step, order: beside(one, value, graph.sweep(ORDERS[0], last), graph.places(), [f"node {k}" for k in range(len(graph.parents))], 1.6),
        ),
    )  # fmt: skip


def scene(step: int = 0, order: str = "topological", yours=None) -> Scene:
    """The scene of the explorer."""
    return Scene(
        "order",
        (Control("step", "step", "which nodes have passed their gradient on", tuple(range(5)), step, str),
         Control("order", "order", "of the sweep", tuple(DIAMOND_ORDERS), order, str, "toggle")),
        (DIAMOND_SPACE,), draw_diamond, describe_diamond,
        presets=(Preset("topological, done", "right", {"step": 4}), Preset("breadth first, done", "a part is lost", {"step": 4, "order": "breadth first"})),
        goal=Goal("go on until w has its whole gradient.", lambda step, order: sweep(order, step)["w"] == TRUE),
        shown=("w.grad", "true"),
        prints=({"step": 4}, {"step": 4, "order": "breadth first"}),
        yours=yours and Yours(
            asked(yours), lambda step, order: offer([[], [0], [1], [2, 1]], [[], [4.0], [3.0], [1.0, 1.0]]),
            lambda one, value, step, order: beside(one, value, np.array(list(sweep("topological", 4).values())), list(DIAMOND.values()), list(DIAMOND), 1.7),
        ),
    )  # fmt: skip
