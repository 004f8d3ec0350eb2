"""The eigen explorer: turn a direction and look for the ones that a matrix only stretches, the axes of its bowl."""

from __future__ import annotations

import numpy as np

from ..drawing.arrows import draw_arrow
from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..inputs.checks import finite, stops
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told
from ..widgets.yours import Yours
from . import eigen_yours

ANGLES = tuple(range(0, 181, 3))
MATRICES = {
    "[[2, 1], [1, 2]]": np.array([[2.0, 1.0], [1.0, 2.0]]),
    "[[1, 0], [0, 3]]": np.array([[1.0, 0.0], [0.0, 3.0]]),
    "[[2, 0], [0, 2]]": np.array([[2.0, 0.0], [0.0, 2.0]]),
    "[[1, 2], [2, 1]]": np.array([[1.0, 2.0], [2.0, 1.0]]),
}
GIVEN, MADE = (BLUE, "-"), (ORANGE, "-")


def unit(angle: float) -> np.ndarray:
    """The direction at this angle, in degrees."""
    return np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])


def turned(A: np.ndarray, angle: float) -> float:
    """By how many degrees A turns the direction, from −180 to 180; NaN where it makes it 0."""
    v, w = unit(angle), A @ unit(angle)
    return float(np.degrees(np.arctan2(v[0] * w[1] - v[1] * w[0], v @ w))) if np.hypot(*w) > 1e-12 else float("nan")


def reach(A: np.ndarray) -> float:
    """How far the picture must reach."""
    return 1.15 * max(1.0, float(np.abs(np.linalg.eigvalsh(A)).max()))


def charts(A: np.ndarray) -> tuple[Chart, Chart]:
    """The plane of the directions, and the angle by which each is turned."""
    far, most = reach(A), max(abs(t) for angle in ANGLES if np.isfinite(t := turned(A, angle)))
    high = max(5.0, 1.15 * most)
    return (
        Chart((-far, far), (-far, far), title="v, A v, and the bowl", width=320, height=306, left=40, ticks=True),
        Chart((0, 180), (-high, high), title="how far A turns v", xlabel="angle of v, in degrees", ylabel="degrees", width=340, height=306),
    )


def draw_still(axes, A: np.ndarray) -> None:
    """The bowl's contours, and how far every direction is turned."""
    far, size = reach(A), float(np.abs(np.linalg.eigvalsh(A)).max())
    levels = [0.5 * size * (far * k / 4) ** 2 for k in range(1, 5)]
    levels = levels if np.linalg.eigvalsh(A)[0] >= 0 else sorted({*levels, *(-level for level in levels)})
    draw_contours(axes[0], lambda x, z: (A[0, 0] * x**2 + 2 * A[0, 1] * x * z + A[1, 1] * z**2) / 2, (-far, far), (-far, far), levels)
    angles = np.linspace(0, 180, 181)
    axes[1].plot([0, 180], [0, 0], color=GREEN, linewidth=1.5, linestyle=":")
    axes[1].plot(angles, [turned(A, angle) for angle in angles], color=INK, linewidth=2)


def draw(axes, angle: float, A: np.ndarray) -> None:
    """The direction and where A sends it, and the place on the curve."""
    v = unit(angle)
    draw_arrow(axes[0], (0, 0), A @ v, color=ORANGE, linewidth=7, head=0.24)
    draw_arrow(axes[0], (0, 0), v, color=BLUE, linewidth=3, head=0.18)
    beside = np.array([-v[1], v[0]]) * (-1 if turned(A, angle) > 0 else 1)  # the side of v to which A does not turn it
    note(axes[0], "v", v, tuple(14 * beside), ha="center")
    w = A @ v
    note(axes[0], "A v", w, tuple(14 * w / max(np.hypot(*w), 1e-12)), ha="center")
    axes[1].plot([angle], [turned(A, angle)], color=ORANGE, linestyle="", marker="o", markersize=10)
    handle(axes[0], *v)
    handle(axes[1], angle, turned(A, angle))


def describe(angle: float, A: np.ndarray) -> Description:
    """The words of a state."""
    v, turn = unit(angle), turned(A, angle)
    w, stretch = A @ v, float(np.hypot(*(A @ v)))
    cells = (
        (GIVEN, "v", f"({number(round(v[0], 3))}, {number(round(v[1], 3))})"), (MADE, "A v", f"({number(round(w[0], 3))}, {number(round(w[1], 3))})"),
        (None, "turned by", f"{number(round(turn, 2), 4)}°"), (None, "length of A v", number(round(stretch, 4), 4)), (None, "curvature along v, vᵀA v", number(round(float(v @ w), 4), 4)),
    )  # fmt: skip
    labels = (
        f"contours of a bowl with the direction v at {number(angle)} degrees and A v, turned by {number(round(turn, 2), 4)} degrees",
        f"how far each direction is turned; at {number(angle)} degrees it is {number(round(turn, 2), 4)}",
    )
    return Description(labels, cells, sentence(A, angle))


def sentence(A: np.ndarray, angle: float) -> Told:
    """What there is to see, told by the numbers alone."""
    turn, curvature = turned(A, angle), float(unit(angle) @ A @ unit(angle))
    if not np.isfinite(turn):
        return told(
            "A makes 0 of this direction: it is an eigenvector, with the eigenvalue 0.", lambda: np.abs(A @ unit(angle)).max() < 1e-9
        )
    if abs(turn) < 1e-6 or abs(abs(turn) - 180) < 1e-6:
        if np.ptp(np.linalg.eigvalsh(A)) < 1e-9:
            return told(
                "Every direction is only stretched, and all by the same factor: a round bowl has no axis of its own.",
                lambda: np.allclose(A, A[0, 0] * np.eye(2)),
            )
        how = "A v lies along v" if curvature > 0 else "A v points exactly backward"
        return told(
            f"{how}: v is an eigenvector. Its eigenvalue is {number(round(curvature, 4), 4)}, and this is an axis of the contours.",
            lambda: np.allclose(A @ unit(angle), curvature * unit(angle)) and (unit(angle) @ A @ unit(angle) > 0) == (curvature > 0),
        )
    return told(
        f"A turns v by {number(round(turn, 2), 3)}°: v is no axis. Go on turning until A v lies on the line of v.",
        lambda: abs(unit(angle)[0] * (A @ unit(angle))[1] - unit(angle)[1] * (A @ unit(angle))[0]) > 1e-9,
    )


def eigen_explorer(A=None, angle: float = 15, yours=None):
    """Turn a direction v and watch A v: where is it only stretched?

    `A` is a symmetric matrix, shape (2, 2); without it there is a menu. `angle` is that of v, in degrees from 0 to 180.
    `yours` is a function of yours that takes the bowl's gradient gradf, a place x and v, and returns A v.
    What to find out: how many such directions are there, at which angle to each other, and what have they to do with the bowl?
    """
    return scene(A, angle, yours).explorer()


def scene(A=None, angle: float = 15, yours=None) -> Scene:
    """The scene of the explorer."""
    angle, table = float(finite(angle, "angle", ())), dict(MATRICES)
    if not 0 <= angle <= 180:
        raise ValueError(f"angle is {angle:g}. It should be from 0 to 180 degrees; try angle=45.")
    if A is not None:
        own = finite(A, "A", (2, 2))
        if own[0, 1] != own[1, 0] or not own.any():
            raise ValueError("A should be symmetric and not all 0: a matrix of second derivatives is. Try (A + A.T)/2.")
        table = {"your matrix": own, **table}
    names = tuple(table)
    return Scene(
        "eigen",
        (
            Control("angle", "angle", "the direction v, in degrees", stops(ANGLES, angle), angle),
            Control("matrix", "A", "which matrix", names, names[0], str, "menu"),
        ),
        lambda matrix: charts(table[matrix]), lambda axes, angle, matrix: draw(axes, angle, table[matrix]),
        lambda angle, matrix: describe(angle, table[matrix]), lambda axes, matrix: draw_still(axes, table[matrix]),
        presets=(Preset("back to the start", "where it began", {}), Preset("no bowl", "a saddle", {"matrix": "[[1, 2], [2, 1]]", "angle": 135})),
        goal=Goal("turn v until A v lies on the line of v.", lambda angle, matrix: abs(np.linalg.det([unit(angle), table[matrix] @ unit(angle)])) < 1e-9),
        shown=("turned by", "curvature along v, vᵀA v"), prints=({}, {"angle": 45}, {"angle": 135}),
        yours=yours and Yours(
            asked(yours), lambda angle, matrix: eigen_yours.offer(table[matrix], unit(angle)),
            lambda one, value, angle, matrix: eigen_yours.beside(one, value, table[matrix], unit(angle)),
        ),
    )  # fmt: skip
