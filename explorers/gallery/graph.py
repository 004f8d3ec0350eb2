"""The graph explorer: L = x·y + sin x, and the gradients that add up where x is used twice (MC29)."""

from __future__ import annotations

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.nodes import draw_edge, draw_node
from ..drawing.overlay import note
from ..drawing.palette import BLUE, INK, ORANGE
from ..drawing.symbols import BACKWARD
from ..inputs.checks import counts, finite, stops
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from .order_yours import beside, offer

LEAVES = tuple(round(float(v), 1) for v in np.arange(-2, 2.01, 0.5))
SPACE = Chart((-1.35, 3.95), (-0.85, 4.6), title="L = x y + sin x", ticks=False, left=12, width=400, bottom=8, height=330)
PLACES = {"x": (0, 3.9), "y": (2.6, 3.9), "p": (2.6, 2.0), "q": (0, 2.0), "L": (1.3, 0.05)}
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
        if now:  # what travels along the edge
            (x0, y0), (x1, y1) = PLACES[a], PLACES[b]
            note(ax, f"+ {number(round(got[a][-1], 4), 4)}", ((x0 + x1) / 2, (y0 + y1) / 2), (8, 0))
    for name, place in PLACES.items():
        lines = [NAMES[name], f"value {number(v[name], 4)}"]
        if got[name]:
            parts = " + ".join(number(round(g, 4), 4) for g in got[name])
            lines.append(f"grad {parts}")
        fresh = name in active[1] or (step == 1 and name == "L")
        draw_node(
            ax, place, lines, ORANGE if got[name] else BLUE, 0.3 if fresh else 0.1, width=2.0, height=1.15, border=4 if fresh else 1.5
        )


def describe(step: int, x: float, y: float) -> Description:
    """The words of a state."""
    got, v = gradients(x, y, step), values(x, y)
    cells = (
        (None, "backward step", f"{step} of {STEPS}"), (None, "L", number(v["L"], 5)), (BACKWARD, "x.grad so far", number(sum(got["x"]), 5)),
        (None, "contributions to x", str(len(got["x"]))), (None, "true ∂L/∂x", number(y + np.cos(x), 5)),
    )  # fmt: skip
    labels = (
        f"the graph of x y + sin x at x = {number(x)}, y = {number(y)} after {step} backward steps; x has received {len(got['x'])} contributions, together {number(sum(got['x']), 5)}",
    )
    slope = lambda f, at: float(np.imag(f(at + 1e-30j)) / 1e-30)  # a complex step: no rule of the sweep is used
    words = (
        told("The forward pass has left its values. Now seed the end: ∂L/∂L = 1.", lambda: not any(got.values())),
        told(
            "Seeded: the gradient of L by itself is 1. Next, L passes it to both of its inputs.",
            lambda: got["L"] == [1.0] and sum(map(len, got.values())) == 1,
        ),
        told("A sum hands its gradient on unchanged, to p and to q.", lambda: got["p"] == got["q"] == got["L"]),
        told(
            "A product hands on the upstream gradient times the other factor. x has its first contribution.",
            lambda: (
                len(got["x"]) == 1
                and np.isclose(got["x"][0], slope(lambda x: x * y, x))
                and np.isclose(got["y"][0], slope(lambda y: x * y, y))
            ),
        ),
        told(
            "The second way from x to L arrives, and is added: x.grad += …, not =. Only now is it ∂L/∂x.",
            lambda: len(got["x"]) == 2 and np.isclose(sum(got["x"]), slope(lambda x: x * y + np.sin(x), x)),
        ),
    )[step]
    return Description(labels, cells, words)


def graph_explorer(step: int = 0, x: float = 1.0, y: float = 2.0, yours=None):
    """Move the leaves, step backward, and watch the gradient of x being added up.

    `x` and `y` are the leaves, any numbers; `step` is 0 to 4. `yours` is your backward(root): what it leaves in the nodes is compared, in the end.
    What to find out: what happens at a value that is used twice?
    """
    return scene(step, x, y, yours).explorer()


def scene(step: int = 0, x: float = 1.0, y: float = 2.0, yours=None) -> Scene:
    """The scene of the explorer."""
    xs, ys = (stops(LEAVES, float(finite(leaf, name, ()))) for leaf, name in ((x, "x"), (y, "y")))
    if step != 0:
        counts((1,), step, "step", STEPS)
    return Scene(
        "graph",
        (Control("step", "step", "backward, node by node", tuple(range(STEPS + 1)), step, str), Control("x", "x", "a leaf", xs, float(x)), Control("y", "y", "a leaf", ys, float(y))),
        (SPACE,), draw, describe,
        presets=(Preset("forward only", "no gradients yet", {}), Preset("first contribution", "by way of p", {"step": 3}), Preset("both", "by way of q too", {"step": 4})),
        goal=Goal("go back until the gradient of x is complete.", lambda step, x, y: len(gradients(x, y, step)["x"]) == 2),
        shown=("x.grad so far", "true ∂L/∂x"),
        prints=({}, {"step": 3}, {"step": 4}),
        yours=yours and Yours(
            asked(yours), lambda step, x, y: offer([[], [], [0, 1], [0], [2, 3]], [[], [], [y, x], [np.cos(x)], [1.0, 1.0]]),
            lambda one, value, step, x, y: beside(one, value, np.array([sum(got) for got in gradients(x, y, STEPS).values()]), list(PLACES.values()), list(PLACES), 2.0),
        ),
    )  # fmt: skip
