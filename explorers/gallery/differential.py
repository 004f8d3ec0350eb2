"""The differential explorer: how a function of a matrix changes along dA, and which formula follows it (MC21)."""

from __future__ import annotations

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..inputs.checks import finite
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import differential_yours

STEPS = tuple(float(f"{m}e-{k}") for k in (4, 3, 2, 1) for m in (1, 2, 5)) + (1.0,)
A_, TURN = np.array([[1.0, 2.0], [0.5, -1.5]]), np.array([[0.4, -1.0], [0.8, 0.3]])
DIRECTIONS = {"dA as it is": TURN, "dA = A / 2": A_ / 2, "dA = the identity": np.eye(2)}
RIGHT, HABIT = (BLUE, "-"), (ORANGE, "--")


def _inverse(A):
    return np.linalg.inv(A)


# name: the function, its differential, and what the habit of plain numbers writes
MAPS = {
    "A²": (lambda A: A @ A, lambda A, dA: A @ dA + dA @ A, lambda A, dA: 2 * A @ dA, "A dA + dA A", "2A dA"),
    "A³": (lambda A: A @ A @ A, lambda A, dA: dA @ A @ A + A @ dA @ A + A @ A @ dA, lambda A, dA: 3 * A @ A @ dA, "three terms", "3A² dA"),
    "A⁻¹": (
        _inverse,
        lambda A, dA: -_inverse(A) @ dA @ _inverse(A),
        lambda A, dA: -_inverse(A) @ _inverse(A) @ dA,
        "−A⁻¹ dA A⁻¹",
        "−A⁻² dA",
    ),
    "AᵀA": (lambda A: A.T @ A, lambda A, dA: dA.T @ A + A.T @ dA, lambda A, dA: 2 * A.T @ dA, "dAᵀ A + Aᵀ dA", "2Aᵀ dA"),
}
VIEW = Chart((7e-5, 1.5), (1e-6, 1e2), title="distance from (f(A + t dA) − f(A)) / t", xlabel="t", ylabel="distance", xlog=True, ylog=True, width=400, height=300)  # fmt: skip
TABLE = Chart((-0.3, 8.2), (-3.3, 0.9), title="entry by entry, at this t", ticks=False, left=8, width=330, height=300)


def change(function: str, A: np.ndarray, dA: np.ndarray, t: float) -> np.ndarray:
    """The change along dA, over t."""
    f = MAPS[function][0]
    return (f(A + t * dA) - f(A)) / t


def distances(function: str, A: np.ndarray, dA: np.ndarray, t: float) -> tuple[float, float]:
    """How far the differential, and the habit, are from the change over t: the root of the summed squares."""
    measured, (_, right, habit, *_) = change(function, A, dA, t), MAPS[function]
    return tuple(float(np.linalg.norm(measured - formula(A, dA))) for formula in (right, habit))


def draw_still(axes, A: np.ndarray, dA: np.ndarray, function: str) -> None:
    """Both distances for every t, and a line that falls like t."""
    ts = np.geomspace(1e-4, 1, 50)
    table = np.array([distances(function, A, dA, t) for t in ts])
    axes[0].plot(ts, 0.3 * ts, color=GREEN, linestyle=":", linewidth=2)
    note(axes[0], "falls like t", (1e-4, 0.3e-4), (6, -10))
    for column, (color, line) in zip(table.T, (RIGHT, HABIT)):
        axes[0].plot(ts, np.where((column > 1e-9) & (column < 1e6), column, np.nan), color=color, linestyle=line, linewidth=2.5)


def draw(axes, t: float, A: np.ndarray, dA: np.ndarray, function: str) -> None:
    """The dots of this t, and the matrices themselves."""
    for size, (color, _), marker in zip(distances(function, A, dA, t), (RIGHT, HABIT), "os"):
        if 1e-9 < size < 1e6:
            axes[0].plot([t], [size], color=color, linestyle="", marker=marker, markersize=9)
    _, right, habit, name, other = MAPS[function]
    for row, (title, M) in enumerate((("change / t", change(function, A, dA, t)), (name, right(A, dA)), (other, habit(A, dA)))):
        note(axes[1], title, (0, 0.1 - 1.25 * row), (0, 0))
        for i, j in np.ndindex(2, 2):
            note(axes[1], number(round(float(M[i, j]), 3), 4), (5.2 + 2.4 * j, 0.1 - 1.25 * row - 0.5 * i), (0, 0), ha="center")
        axes[1].plot([0, 8], [-0.75 - 1.25 * row] * 2, color=INK, linewidth=0.6)


def describe(t: float, function: str, A: np.ndarray, dA: np.ndarray) -> Description:
    """The words of a state."""
    off, habit = distances(function, A, dA, t)
    commute = float(np.abs(A @ dA - dA @ A).max())
    _, _, _, name, other = MAPS[function]
    cells = (
        (None, "t", number(t)), (RIGHT, f"{name} is off by", number(off, 3)), (HABIT, f"{other} is off by", number(habit, 3)),
        (None, "max |A dA − dA A|", number(round(commute, 6), 4)),
    )  # fmt: skip
    labels = (
        f"distance of two formulas from the change of {function} over t, logarithmic; at t = {number(t)} they are off by {number(off, 3)} and {number(habit, 3)}",
        f"the change of {function} over t and both formulas as tables of two rows and two columns",
    )
    if not np.isfinite([off, habit]).all():
        words = told("A + t dA has no inverse here: choose another t.", lambda: not np.isfinite([off, habit]).all())
    elif np.abs(MAPS[function][1](A, dA) - MAPS[function][2](A, dA)).max() < 1e-9:
        words = told(
            "Here both formulas are the same matrix: with this dA the order does not matter. A test in this direction would prove nothing.",
            lambda: np.isclose(off, habit, rtol=1e-6, atol=1e-9),
        )
    elif off < 0.1 * habit:
        words = told(
            "One formula closes in, step by step. The other stays where it is: it is wrong, however small t gets.",
            lambda: distances(function, A, dA, t / 2)[0] < 0.7 * off and distances(function, A, dA, t / 2)[1] > 0.7 * habit,
        )
    else:
        words = told("t is still large: the parts with t² blur both. Make t smaller.", lambda: distances(function, A, dA, t / 10)[0] < off)
    return Description(labels, cells, words)


def differential_explorer(A=None, dA=None, t: float = 0.5, yours=None):
    """Let a matrix move along dA and see which formula for the change of f(A) closes in.

    `A` and `dA` are matrices of shape (2, 2), `t` is how far A moves, from 0.0001 to 1. `yours` is a function of yours that takes A
    and dA and returns the change of f(A) to first order. What to find out: which formula is right to
    first order, and in which directions does a wrong one look right?
    """
    return scene(A, dA, t, yours).explorer()


def scene(A=None, dA=None, t: float = 0.5, yours=None) -> Scene:
    """The scene of the explorer."""
    own = A_ if A is None else finite(A, "A", (2, 2))
    t = float(finite(t, "t", ()))
    if not 1e-4 <= t <= 1:
        raise ValueError(f"t is {t:g}. It should be from 0.0001 to 1; try t=0.1.")
    if abs(np.linalg.det(own)) < 1e-9 * max(1.0, float(np.abs(own).max()) ** 2):
        raise ValueError("A has no inverse, and one of the functions is the inverse; choose an A whose determinant is not 0.")
    table = {"dA as it is": TURN if dA is None else finite(dA, "dA", (2, 2)), "dA = A / 2": own / 2, "dA = the identity": np.eye(2)}
    return Scene(
        "differential",
        (
            Control("t", "t", "how far A moves along dA", tuple(sorted({*STEPS, t})), t),
            Control("function", "f(A)", "which function of the matrix", tuple(MAPS), "A²", str, "menu"),
            Control("direction", "dA", "along which matrix", tuple(table), "dA as it is", str, "menu"),
        ),
        (VIEW, TABLE), lambda axes, t, function, direction: draw(axes, t, own, table[direction], function),
        lambda t, function, direction: describe(t, function, own, table[direction]), lambda axes, function, direction: draw_still(axes, own, table[direction], function),
        presets=(
            Preset("a small t", "t = 0.001", {"t": 0.001}), Preset("a direction that proves nothing", "dA = A/2", {"direction": "dA = A / 2", "t": 0.01}),
            Preset("the inverse", "f(A) = A⁻¹", {"function": "A⁻¹", "t": 0.01}),
        ),
        goal=Goal("find a t with which the better formula is off by less than 0.01.", lambda t, function, direction: min(distances(function, own, table[direction], t)) < 0.01),
        shown=("A dA + dA A is off by", "2A dA is off by"), prints=({}, {"t": 0.01}, {"t": 0.01, "direction": "dA = A / 2"}),
        yours=yours and Yours(
            asked(yours), lambda t, function, direction: differential_yours.offer(own, table[direction]),
            lambda one, value, t, function, direction: differential_yours.beside(one, value, own, table[direction], function, MAPS[function][1], lambda t: change(function, own, table[direction], t), STEPS),
        ),
    )  # fmt: skip
