"""A live graph: L = x·y + sin x, where x is used twice; and a diamond of unequal depth in two orders. Pure (MC29, MC30, W8, W8b)."""

from __future__ import annotations

import numpy as np

from .digits import number
from .nodes import draw_edge, draw_node
from .palette import BLUE, INK, ORANGE, PINK
from .panel import Panel
from .scene import Told

LEAVES = tuple(round(float(v), 1) for v in np.arange(-2, 2.01, 0.5))
SPACE = Panel((-1.2, 7.4), (-0.75, 3.4), title="L = x y + sin x", ticks=False, left=12, width=700, bottom=8, height=262)
PLACES = {"x": (0, 2.4), "y": (0, 0), "p": (2.6, 0.5), "q": (2.6, 2.6), "L": (5.8, 1.5)}
EDGES = (("x", "p"), ("y", "p"), ("x", "q"), ("p", "L"), ("q", "L"))
NAMES = {"x": "x", "y": "y", "p": "p = x y", "q": "q = sin x", "L": "L = p + q"}
# (node whose backward runs, {child: name of the contribution})
BACK = (("L", ("p", "q")), ("p", ("x", "y")), ("q", ("x",)))
STEPS = 1 + len(BACK)  # the seed, then one for each node that passes its gradient on


def values(x: float, y: float) -> dict[str, float]:
    """The forward pass."""
    return {"x": x, "y": y, "p": x * y, "q": float(np.sin(x)), "L": x * y + float(np.sin(x))}


def gradients(x: float, y: float, step: int) -> dict[str, list[float]]:
    """The contributions that each node has received after `step` backward steps; its gradient is their sum."""
    slopes = {("L", "p"): 1.0, ("L", "q"): 1.0, ("p", "x"): y, ("p", "y"): x, ("q", "x"): float(np.cos(x))}
    got: dict[str, list[float]] = {name: [] for name in PLACES}
    if step:
        got["L"].append(1.0)
    for node, children in BACK[: max(0, step - 1)]:
        for child in children:
            got[child].append(sum(got[node]) * slopes[node, child])
    return got


def draw(axes, step: int, x: float, y: float) -> None:
    """The graph with values, and the gradients as sums of what has arrived."""
    ax, v, got = axes[0], values(x, y), gradients(x, y, step)
    active = BACK[step - 2] if step >= 2 else (None, ())
    for a, b in EDGES:
        now = b == active[0] and a in active[1]
        draw_edge(ax, PLACES[a], PLACES[b], ORANGE if now else INK, 4 if now else 1.5, width=2.0, height=1.15, backward=now)
    for name, place in PLACES.items():
        lines = [NAMES[name], f"value {number(v[name], 4)}"]
        if got[name]:
            parts = " + ".join(number(round(g, 4), 4) for g in got[name])
            lines.append(f"grad {parts}")
        fresh = name in active[1] or (step == 1 and name == "L")
        draw_node(
            ax, place, lines, ORANGE if got[name] else BLUE, 0.3 if fresh else 0.1, width=2.0, height=1.15, border=4 if fresh else 1.5
        )


def tell(step: int, x: float, y: float) -> Told:
    """The words of a state."""
    got, v = gradients(x, y, step), values(x, y)
    cells = (
        (None, "backward step", f"{step} of {STEPS}"), (None, "L", number(v["L"], 5)), ((ORANGE, "-"), "x.grad so far", number(sum(got["x"]), 5)),
        (None, "contributions to x", str(len(got["x"]))), (None, "true ∂L/∂x", number(y + np.cos(x), 5)),
    )  # fmt: skip
    labels = (
        f"the graph of x y + sin x at x = {number(x)}, y = {number(y)} after {step} backward steps; x has received {len(got['x'])} contributions, together {number(sum(got['x']), 5)}",
    )
    words = (
        "The forward pass has left its values. Now seed the end: ∂L/∂L = 1.",
        "Seeded: the gradient of L by itself is 1. Next, L passes it to both of its inputs.",
        "A sum hands its gradient on unchanged, to p and to q.",
        "A product hands on the upstream gradient times the other factor. x has its first contribution.",
        "The second way from x to L arrives, and is added: x.grad += …, not =. Only now is it ∂L/∂x.",
    )[step]
    return Told(labels, cells, words)


# --- two orders on a diamond whose arms are not equally long ------------------------------------------------------------
DIAMOND = {"w": (0, 0.8), "x": (2.1, 0.8), "y": (4.0, 2.6), "L": (6.0, 0.8)}
DIAMOND_EDGES = (("w", "x"), ("x", "y"), ("y", "L"), ("x", "L"))
DIAMOND_NAMES = {"w": "w = 2", "x": "x = w²", "y": "y = 3x", "L": "L = x + y"}
LOCAL = {("w", "x"): 4.0, ("x", "y"): 3.0, ("y", "L"): 1.0, ("x", "L"): 1.0}
ORDERS = {"topological": ("L", "y", "x", "w"), "breadth first": ("L", "x", "y", "w")}
DIAMOND_SPACE = Panel(
    (-1.2, 7.2), (-0.2, 3.6), title="two ways from L to x, one of them longer", ticks=False, left=12, width=700, bottom=8, height=266
)
TRUE = 16.0  # L = w² + 3w², so dL/dw = 8w


def sweep(order: str, step: int) -> dict[str, float]:
    """The gradients after the first `step` nodes of the order have passed theirs on."""
    grad = dict.fromkeys(DIAMOND, 0.0)
    grad["L"] = 1.0
    for node in ORDERS[order][:step]:
        for (child, parent), slope in LOCAL.items():
            if parent == node:
                grad[child] += grad[node] * slope
    return grad


def draw_diamond(axes, step: int, order: str) -> None:
    """The diamond with the gradients so far; the node that has just passed its gradient on is framed."""
    grad, done = sweep(order, step), ORDERS[order][:step]
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


def tell_order(step: int, order: str) -> Told:
    """The words of a state."""
    grad, done = sweep(order, step), ORDERS[order][:step]
    late = [name for name in done if grad[name] != sweep(order, done.index(name))[name]]
    cells = (
        (None, "step", f"{step} of 4"), (None, "passed on", " → ".join(done) or "nothing yet"), ((ORANGE, "-"), "w.grad", number(grad["w"])), (None, "true", number(TRUE)),
        ((PINK, "-"), "passed on too early", ", ".join(late) or "none"),
    )  # fmt: skip
    labels = (f"a diamond in {order} order after {step} steps: the gradient of w is {number(grad['w'])}, the true one {number(TRUE)}",)
    if late:
        words = f"{late[0]} received a contribution after it had passed its gradient on: that part never reaches w."
    elif step == 4:
        words = "Every node waited until all its users had passed their gradients on. The sum is complete."
    else:
        words = "A node may pass its gradient on when everything that uses it has done so. Which node is next?"
    return Told(labels, cells, words)
