"""The graph explorers: gradients that add up where a value is used twice, and why the order of the sweep matters (W8, W8b)."""

from __future__ import annotations

from . import graph_own
from . import graph_picture as picture
from .own import counts, finite, stops
from .scene import Control, Preset, Scene


def graph_explorer(step: int = 0, x: float = 1.0, y: float = 2.0):
    """Move the leaves, step backward, and watch the gradient of x being added up.

    `x` and `y` are the leaves, any numbers; `step` is 0 to 4.
    What to find out: what happens at a value that is used twice?
    """
    return graph_scene(step, x, y).explorer()


def order_explorer(parents=None, slopes=None, step: int = 0, order: str = "topological"):
    """Sweep backward in two orders over a graph whose ways are not equally long.

    `parents` is a graph of your own, up to 8 nodes: for each node a list of the earlier ones it was made from, as
    [[], [], [0, 1]]; the last node is the end. `slopes` are its slopes by them, in the same places (1 everywhere without).
    `order` is "topological" or "breadth first". What to find out: which node passes its gradient on too early, and what is lost?
    """
    return (order_scene(step, order) if parents is None else own_order_scene(parents, slopes, step, order)).explorer()


def own_order_scene(parents, slopes=None, step: int = 0, order: str = "topological") -> Scene:
    """The description of `order_explorer` for a learner's own graph, for tests."""
    try:
        slopes = [[1.0] * len(mine) for mine in parents] if slopes is None else [[float(s) for s in mine] for mine in slopes]
        graph = graph_own.Graph(tuple(tuple(mine) for mine in parents), tuple(map(tuple, slopes)))
    except TypeError:
        raise ValueError(
            f"parents is {parents!r:.60}. It should hold one list for each node, of numbers of earlier nodes; try [[], [], [0, 1]]."
        ) from None
    last = len(graph.order(order if order in graph_own.ORDERS else "topological"))
    return Scene(
        "order",
        (Control("step", "step", "which nodes have passed their gradient on", tuple(range(last + 1)), step, str),
         Control("order", "order", "of the sweep", graph_own.ORDERS, order, str, "toggle")),
        (graph_own.panel(graph),), lambda axes, step, order: graph_own.draw(axes, graph, step, order), lambda step, order: graph_own.tell(graph, step, order),
        presets=(Preset("topological, done", "right", {"step": last, "order": "topological"}), Preset("breadth first, done", "is a part lost?", {"step": last, "order": "breadth first"})),
        prints=({}, {"step": last, "order": "topological"}, {"step": last, "order": "breadth first"}),
    )  # fmt: skip


def graph_scene(step: int = 0, x: float = 1.0, y: float = 2.0) -> Scene:
    """The description of `graph_explorer`, for tests."""
    xs, ys = (stops(picture.LEAVES, float(finite(leaf, name, ()))) for leaf, name in ((x, "x"), (y, "y")))
    if step != 0:
        counts((1,), step, "step", picture.STEPS)
    return Scene(
        "graph",
        (Control("step", "step", "backward, node by node", tuple(range(picture.STEPS + 1)), step, str), Control("x", "x", "a leaf", xs, float(x)), Control("y", "y", "a leaf", ys, float(y))),
        (picture.SPACE,), picture.draw, picture.tell,
        presets=(Preset("forward only", "no gradients yet", {}), Preset("first contribution", "by way of p", {"step": 3}), Preset("both", "by way of q too", {"step": 4})),
        prints=({}, {"step": 3}, {"step": 4}),
    )  # fmt: skip


def order_scene(step: int = 0, order: str = "topological") -> Scene:
    """The description of `order_explorer`, for tests."""
    return Scene(
        "order",
        (Control("step", "step", "which nodes have passed their gradient on", tuple(range(5)), step, str),
         Control("order", "order", "of the sweep", tuple(picture.ORDERS), order, str, "toggle")),
        (picture.DIAMOND_SPACE,), picture.draw_diamond, picture.tell_order,
        presets=(Preset("topological, done", "right", {"step": 4}), Preset("breadth first, done", "a part is lost", {"step": 4, "order": "breadth first"})),
        prints=({"step": 4}, {"step": 4, "order": "breadth first"}),
    )  # fmt: skip
