"""The graph explorers: gradients that add up where a value is used twice, and why the order of the sweep matters (W8, W8b)."""

from __future__ import annotations

from . import graph_picture as picture
from .scene import Control, Preset, Scene


def graph_explorer(step: int = 0, x: float = 1.0, y: float = 2.0):
    """Move the leaves, step backward, and watch the gradient of x being added up.

    What to find out: what happens at a value that is used twice?
    """
    return graph_scene(step, x, y).explorer()


def order_explorer(step: int = 0, order: str = "topological"):
    """Sweep backward in two orders over a graph whose ways are not equally long.

    What to find out: which node passes its gradient on too early, and what is lost?
    """
    return order_scene(step, order).explorer()


def graph_scene(step: int = 0, x: float = 1.0, y: float = 2.0) -> Scene:
    """The description of `graph_explorer`, for tests."""
    return Scene(
        "graph",
        (Control("step", "step", "backward, node by node", tuple(range(picture.STEPS + 1)), step, str), Control("x", "x", "a leaf", picture.LEAVES, x), Control("y", "y", "a leaf", picture.LEAVES, y)),
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
