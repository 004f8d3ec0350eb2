"""The backpropagation stepper: one hidden unit, values on the way out, gradients on the way back (S1.06).

The numbers are those of lesson 7's worked example, on a batch of one; with several examples the shapes gain a leading axis.
"""

from __future__ import annotations

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.nodes import draw_edge, draw_node
from ..drawing.overlay import note
from ..drawing.palette import BLUE, INK, ORANGE
from ..drawing.symbols import BACKWARD, FORWARD
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told

W1, B1, W2, B2, X0 = 0.5, -0.6, 1.5, -0.2, 2.0
LABELS = (1, 0)
SPACE = Chart(
    (-0.84, 4.04), (-0.62, 6.12), title="forward: values; backward: gradients", ticks=False, left=12, width=400, bottom=8, height=340
)
PLACES = {
    "x": (0, 5.5), "w1": (1.6, 5.5), "b1": (3.2, 5.5), "Z": (1.6, 4.12), "A": (1.6, 2.75), "w2": (0, 2.75), "b2": (3.2, 2.75), "z": (1.6, 1.38),
    "L": (1.6, 0), "y": (3.2, 0),
}  # fmt: skip
EDGES = (("x", "Z"), ("w1", "Z"), ("b1", "Z"), ("Z", "A"), ("A", "z"), ("w2", "z"), ("b2", "z"), ("z", "L"), ("y", "L"))
NAMES = {
    "x": "x",
    "w1": "w₁",
    "b1": "b₁",
    "Z": "Z = w₁x + b₁",
    "A": "A = tanh Z",
    "w2": "w₂",
    "b2": "b₂",
    "z": "z = w₂A + b₂",
    "L": "loss L",
    "y": "label y",
}
# (node, direction, what the step reads, rule)
STEPS = (
    ("Z", "forward", "x, w₁, b₁", "multiply and add"), ("A", "forward", "Z", "tanh"), ("z", "forward", "A, w₂, b₂", "multiply and add"),
    ("L", "forward", "z and the label", "cross-entropy of the logit"), ("z", "backward", "z and the label", "∂L/∂z = s − y"),
    ("w2", "backward", "∂L/∂z and A", "∂L/∂w₂ = ∂L/∂z · A"), ("b2", "backward", "∂L/∂z", "∂L/∂b₂ = ∂L/∂z"), ("A", "backward", "∂L/∂z and w₂", "∂L/∂A = ∂L/∂z · w₂"),
    ("Z", "backward", "∂L/∂A and A", "∂L/∂Z = ∂L/∂A · (1 − A²)"), ("w1", "backward", "∂L/∂Z and x", "∂L/∂w₁ = ∂L/∂Z · x"),
    ("b1", "backward", "∂L/∂Z", "∂L/∂b₁ = ∂L/∂Z"), ("x", "backward", "∂L/∂Z and w₁", "∂L/∂x = ∂L/∂Z · w₁: only if asked for"),
)  # fmt: skip


def values(y: int) -> dict[str, float]:
    """All values of the forward pass."""
    Z = W1 * X0 + B1
    A = float(np.tanh(Z))
    z = W2 * A + B2
    return {"x": X0, "w1": W1, "b1": B1, "Z": Z, "A": A, "w2": W2, "b2": B2, "z": z, "L": float(np.logaddexp(0, z) - y * z), "y": float(y)}


def gradients(y: int) -> dict[str, float]:
    """∂L by every node, by the rules of the steps."""
    v = values(y)
    dz = 1 / (1 + np.exp(-v["z"])) - y
    dA = dz * W2
    dZ = dA * (1 - v["A"] ** 2)
    return {"L": 1.0, "z": dz, "w2": dz * v["A"], "b2": dz, "A": dA, "Z": dZ, "w1": dZ * X0, "b1": dZ, "x": dZ * W1}


def draw(axes, step: int, y: int) -> None:
    """The graph after `step` steps: values and gradients that exist by now, and what the last step read."""
    ax, v, g = axes[0], values(y), gradients(y)
    done = STEPS[:step]
    known = {"x", "w1", "b1", "w2", "b2", "y"} | {node for node, way, *_ in done if way == "forward"}
    back = {node for node, way, *_ in done if way == "backward"}
    last, lit = STEPS[step - 1] if step else None, None
    for a, b in EDGES:
        if last and last[1] == "forward" and b == last[0]:
            draw_edge(ax, PLACES[a], PLACES[b], BLUE, 4, height=1.1)
        elif last and last[1] == "backward" and a == last[0]:
            draw_edge(ax, PLACES[a], PLACES[b], ORANGE, 4, height=1.1, backward=True)
            lit = (a, b)
        else:
            draw_edge(ax, PLACES[a], PLACES[b], ORANGE if a in back else INK, 1.5, height=1.1, backward=a in back)
    for name, place in PLACES.items():
        lines = [NAMES[name], number(v[name], 4) if name in known else "·"]
        if name in back:
            lines.append(f"∂L: {number(g[name], 4)}")
        now = last and last[0] == name
        draw_node(
            ax,
            place,
            lines,
            ORANGE if name in back else BLUE if name in known else INK,
            0.3 if now else 0.1,
            height=1.1,
            border=4 if now else 1.5,
        )
    if lit:  # above the boxes: the local slope that the gradient is multiplied by
        (x0, y0), (x1, y1) = PLACES[lit[0]], PLACES[lit[1]]
        note(ax, f"× {number(local_slope(*lit, y), 4)}", ((x0 + x1) / 2, (y0 + y1) / 2), (9, 0))


def local_slope(child: str, parent: str, y: int) -> float:
    """The slope of a node by one of the nodes that it is computed from."""
    v = values(y)
    slopes = {
        ("z", "L"): 1 / (1 + np.exp(-v["z"])) - y,
        ("w2", "z"): v["A"],
        ("A", "z"): W2,
        ("Z", "A"): 1 - v["A"] ** 2,
        ("w1", "Z"): X0,
        ("x", "Z"): W1,
    }
    return float(slopes.get((child, parent), 1.0))


def describe(step: int, y: int) -> Description:
    """The words of a state."""
    v, g = values(y), gradients(y)
    if step == 0:
        node, way, reads, rule = "x", "start", "nothing yet", "the input and the parameters are given"
    else:
        node, way, reads, rule = STEPS[step - 1]
    value = v[node] if way != "backward" else g[node]
    cells = (
        (None, "step", f"{step} of {len(STEPS)}"), (BACKWARD if way == "backward" else FORWARD, "direction", way), (None, "at", NAMES[node].split(" =")[0]),
        (None, "reads", reads), (None, "gives", number(value, 4)),
    )  # fmt: skip
    labels = (f"the graph of one hidden unit after {step} steps; the last one went {way} at {NAMES[node]} and gave {number(value, 4)}",)
    if step == 0:
        words = told("Inputs and parameters are given. Step forward: every node is computed from the nodes before it.", forward_in_order)
    elif way == "forward":
        words = told(f"{rule}.", lambda: abs(recomputed(y)[node] - value) < 1e-12)
    else:
        words = told(f"{rule}.", lambda: abs(nudged(node, y) - value) < 1e-8 and arrived_before(step)) + told(
            " A gradient that has just arrived, times a local slope; the values were left by the forward pass.", forward_in_order
        )
    return Description(labels, cells, words)


def recomputed(y: int, moved: str = "", by: complex = 0.0) -> dict:
    """The values once more, with one node moved on the way: what the rules are compared with."""
    v: dict = {}
    rules = {
        "x": lambda: X0, "y": lambda: y, "w1": lambda: W1, "b1": lambda: B1, "w2": lambda: W2, "b2": lambda: B2, "Z": lambda: v["w1"] * v["x"] + v["b1"],
        "A": lambda: np.tanh(v["Z"]), "z": lambda: v["w2"] * v["A"] + v["b2"], "L": lambda: np.log(1 + np.exp(v["z"])) - v["y"] * v["z"],
    }  # fmt: skip
    for name, rule in rules.items():
        v[name] = rule() + (by if name == moved else 0.0)
    return v


def nudged(node: str, y: int) -> float:
    """∂L by a node, from a complex step: no rule of the backward pass is used."""
    return float(np.imag(recomputed(y, node, 1e-30j)["L"]) / 1e-30)


def forward_in_order() -> bool:
    """Whether every forward step comes after those that make what it reads."""
    made = {"x", "w1", "b1", "w2", "b2", "y"}
    for node, way, *_ in STEPS:
        if way == "forward":
            if not {a for a, b in EDGES if b == node} <= made:
                return False
            made.add(node)
    return made == set(PLACES)


def arrived_before(step: int) -> bool:
    """Whether the gradient that a backward step reads has arrived in an earlier one."""
    node, earlier = STEPS[step - 1][0], {name for name, way, *_ in STEPS[: step - 1] if way == "backward"} | {"L"}
    return {b for a, b in EDGES if a == node} <= earlier


def backprop_stepper(step: int = 0, y: int = 1):
    """Step through a tiny network, forward for the loss and backward for the gradients.

    What to find out: how many steps back are there, compared with forward, and what does each of them read?
    """
    return scene(step, y).explorer()


def scene(step: int = 0, y: int = 1) -> Scene:
    """The scene of the explorer."""
    return Scene(
        "stepper",
        (Control("step", "step", "forward to the loss, then back", tuple(range(len(STEPS) + 1)), step, str),
         Control("y", "label y", "what the network should say", LABELS, y, str, "toggle")),
        (SPACE,), draw, describe,
        presets=(Preset("start", "nothing computed yet", {}), Preset("the loss", "forward is done", {"step": 4}), Preset("all the way back", "every gradient", {"step": 12})),
        goal=Goal("go on until each of the four parameters has its gradient.", lambda step, y: {"w1", "b1", "w2", "b2"} <= {node for node, way, *_ in STEPS[:step] if way == "backward"}),
        shown=("reads", "gives"), prints=({}, {"step": 4}, {"step": 9}, {"step": 12}),
    )  # fmt: skip
