"""The linear-map explorer: a square shrinks until its image is the parallelogram of the Jacobian (S0.12, S0.14)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..drawing.arrows import draw_arrow
from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import handle
from ..drawing.palette import BLUE, INK, ORANGE, PINK
from ..inputs.checks import finite
from ..inputs.plane import plane_map
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from .linear_map_yours import beside, offer

SIDES = (1.0, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01)


@dataclass(frozen=True, eq=False)
class PlaneMap:
    """A map R² → R² with its Jacobian, the window of its inputs and that of its outputs, and the points to stand on.

    `near` is how far the third picture reaches, in sides of the square; `measured` says that J is no formula.
    """

    f: object
    J: object
    inputs: tuple
    outputs: tuple
    points: dict
    near: float = 2.6
    name: str = ""
    measured: bool = False

    def __str__(self):
        return self.name


MAPS = {
    "polar (r cos φ, r sin φ)": PlaneMap(
        lambda a, b: np.array([a * np.cos(b), a * np.sin(b)]), lambda a, b: np.array([[np.cos(b), -a * np.sin(b)], [np.sin(b), a * np.cos(b)]]),
        ((0, 3), (-0.5, 2.5)), ((-2.6, 3.2), (-1.6, 3.2)), {"r = 2, φ = 0.5": (2.0, 0.5), "r = 0.5, φ = 0.5": (0.5, 0.5), "r = 1, φ = 1": (1.0, 1.0)}),
    "(x₁ + x₂, x₁x₂)": PlaneMap(
        lambda a, b: np.array([a + b, a * b]), lambda a, b: np.array([[1.0, 1.0], [b, a]]),
        ((-1, 3), (-1, 3)), ((-2.2, 6), (-3.2, 6)), {"x = (2, 0.5)": (2.0, 0.5), "x = (0.5, 2)": (0.5, 2.0), "x = (1, 1)": (1.0, 1.0)}),
    "a fold (x₁, x₂² − x₁)": PlaneMap(
        lambda a, b: np.array([a, b**2 - a]), lambda a, b: np.array([[1.0, 0.0], [-1.0, 2 * b]]),
        ((-2, 2), (-2, 2)), ((-3, 3), (-3, 5)), {"x₂ = 1": (0.0, 1.0), "x₂ = 0": (0.0, 0.0), "x₂ = −1": (0.0, -1.0)}),
}  # fmt: skip
SPOTS = ("first point", "second point", "third point")
FIRST, SECOND, PATCH = (BLUE, "-"), (ORANGE, "-"), (PINK, "-")


def own_map(name: str, f, J, at: tuple, measured: bool) -> PlaneMap:
    """A learner's map, its axes by the values that it takes around the point; `f` and `J` take two numbers."""

    def everywhere(a, b):
        a, b = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
        return np.array([f(u, v) for u, v in zip(a.ravel(), b.ravel())], dtype=float).T.reshape((2, *a.shape))

    a, b = at
    points = {f"x = ({number(u)}, {number(v)})": (u, v) for u, v in ((a, b), (a + 0.5, b), (a, b + 0.5))}
    inputs = ((a - 2, a + 2), (b - 2, b + 2))
    values = everywhere(*np.meshgrid(np.linspace(*inputs[0], 17), np.linspace(*inputs[1], 17)))
    outputs = []
    for row, here in zip(values, f(a, b)):
        low, high = np.percentile(seen, [3, 97]) if (seen := row[np.isfinite(row)]).size else (here, here)
        low, high = min(low, here), max(high, here)
        pad = 0.1 * (high - low) or 1.0
        outputs.append((float(low - pad), float(high + pad)))
    sizes = [np.abs(J(*p)).sum(axis=1).max() for p in points.values()]
    largest = max(filter(np.isfinite, sizes), default=0)
    return PlaneMap(everywhere, J, inputs, tuple(outputs), points, max(2.6, 0.75 * largest), name, measured)


def map_of(map) -> PlaneMap:
    """The map of a name in the menu, or the learner's own."""
    return map if isinstance(map, PlaneMap) else MAPS[map]


def point_of(map, spot: str) -> tuple[str, tuple]:
    """The name and the coordinates of a spot on a map."""
    return list(map_of(map).points.items())[SPOTS.index(spot)]


def charts(map) -> tuple[Chart, Chart, Chart]:
    """The axes: inputs, outputs, and the outputs around the patch in units of the square's side."""
    one = map_of(map)
    ours = {"width": 310, "height": 300, "grid": False}  # it draws its own grids
    left = Chart(*one.inputs, title="inputs, and a square", xlabel="first input", ylabel="second input", **ours)
    right = Chart(*one.outputs, title="outputs, and its image", xlabel="first output", ylabel="second output", **ours)
    return left, right, Chart((-one.near, one.near), (-one.near, one.near), title="the image from near", ticks=False, left=20, **ours)


def square(side: float) -> np.ndarray:
    """The outline of a square of this side with its corner at 0, shape ``(n, 2)``; enough points to bend."""
    t = np.linspace(0, 1, 24)[:-1]
    zero = np.zeros_like(t)
    return side * np.concatenate([np.c_[t, zero], np.c_[zero + 1, t], np.c_[1 - t, zero + 1], np.c_[zero, 1 - t], [[0, 0]]])


def areas(map, side: float, spot: str) -> tuple[float, float]:
    """Area of the patch over that of the square (shoelace formula), and det J."""
    one, (_, p) = map_of(map), point_of(map, spot)
    u, v = one.f(*(np.array(p) + square(side)).T)
    patch = 0.5 * float(np.sum(u[:-1] * v[1:] - u[1:] * v[:-1]))
    return patch / side**2, float(np.linalg.det(one.J(*p)))


def strays(map, side: float, spot: str) -> float:
    """How far the bent image leaves the parallelogram of the Jacobian, in units of its longest side: areas alone may agree by chance."""
    one, (_, p) = map_of(map), point_of(map, spot)
    outline, J = square(side), one.J(*p)
    image = np.transpose(one.f(*(np.array(p) + outline).T)) - one.f(*p)
    return float(np.abs(image - outline @ J.T).max() / (side * np.linalg.norm(J, axis=0).max()))


def draw_grids(axes, map) -> None:
    """Lines of constant inputs, and their images."""
    one = map_of(map)
    (x0, x1), (y0, y1) = one.inputs
    for k in np.linspace(0, 1, 9):
        for line in (
            np.c_[np.full(60, x0 + k * (x1 - x0)), np.linspace(y0, y1, 60)],
            np.c_[np.linspace(x0, x1, 60), np.full(60, y0 + k * (y1 - y0))],
        ):
            axes[0].plot(*line.T, color=INK, linewidth=0.8, alpha=0.5)
            axes[1].plot(*one.f(*line.T), color=INK, linewidth=0.8, alpha=0.5)


def draw_patch(axes, map, side: float, spot: str) -> None:
    """The square and its bent image; beside them, in units of the side, the image and the parallelogram of the Jacobian."""
    one, (_, p) = map_of(map), point_of(map, spot)
    p, J, outline = np.array(p), one.J(*p), square(side)
    q, image = one.f(*p), one.f(*(p + outline).T)
    axes[0].fill(*(p + outline).T, color=PINK, alpha=0.5)
    axes[0].plot(*p[:, None], color=INK, linestyle="", marker="o", markersize=7)
    handle(axes[0], *(p + side))
    axes[1].fill(*image, color=PINK, alpha=0.5)
    axes[1].plot(*q[:, None], color=INK, linestyle="", marker="o", markersize=7)
    centre = J @ np.array([0.5, 0.5])
    axes[2].fill(*((image - q[:, None]) / side - centre[:, None]), color=PINK, alpha=0.5)
    axes[2].plot(*(J @ outline.T / side - centre[:, None]), color=INK, linewidth=2, linestyle="--")
    for k, color in enumerate((BLUE, ORANGE)):
        draw_arrow(axes[0], p, p + np.eye(2)[k] * side, color=color, linewidth=3, head=0.2 * side)
        draw_arrow(axes[2], -centre, J[:, k] - centre, color=color, linewidth=3, head=0.25 * one.near / 2.6)


def describe(side: float, map, spot: str) -> Description:
    """The words of a state."""
    name, p = point_of(map, spot)
    J, (ratio, det) = map_of(map).J(*p), areas(map, side, spot)
    flat = 1e-9 * float(np.abs(J).max()) ** 2 if map_of(map).measured else 1e-12
    about = "≈ " if map_of(map).measured else ""
    cells = (
        (FIRST, about + "first column of J", f"({number(round(J[0, 0], 4))}, {number(round(J[1, 0], 4))})"), (SECOND, about + "second column", f"({number(round(J[0, 1], 4))}, {number(round(J[1, 1], 4))})"),
        (None, about + "det J", number(round(det, 6), 5)), (PATCH, "area, out over in", number(round(ratio, 9), 5)), (None, "side", number(side)),
    )  # fmt: skip
    near = f"from near: the bent image and the dashed parallelogram of the Jacobian, {'the same' if abs(ratio - det) < 0.02 * abs(det) and strays(map, side, spot) < 0.1 else 'still different'}"
    labels = (
        f"the inputs of the map {map} with a square of side {number(side)} at {name}",
        f"its image: area ratio {number(round(ratio, 9), 5)}, det J {number(round(det, 6), 5)}",
        near,
    )
    corners = side * np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]])

    # by how much the corners of image and parallelogram lie apart, in units of its longest side
    image = lambda: np.transpose(map_of(map).f(*(np.array(p) + corners).T)) - map_of(map).f(*p)
    off = lambda: float(np.abs(image() - corners @ J.T).max() / (side * np.linalg.norm(J, axis=0).max()))

    if not np.isfinite([ratio, det]).all():
        words = told(
            "The map has no value somewhere on the square: there is no image to compare.",
            lambda: not (np.isfinite(map_of(map).f(*(np.array(p) + square(side)).T)).all() and np.isfinite(J).all()),
        )
    elif abs(det) <= flat:
        words = told(
            "det J is 0: the parallelogram is squashed to a line or a point. To first order nothing is left of the area.",
            lambda: np.linalg.matrix_rank(J, tol=1e-4 * np.abs(J).max()) < 2,
        )
    elif det < 0:
        words = told(
            "det J is negative: the map turns the patch over. The area is stretched by the size of det J, the sign is the orientation.",
            lambda: J[0, 0] * J[1, 1] < J[0, 1] * J[1, 0],
        )
    elif abs(ratio / det - 1) < 0.02 and strays(map, side, spot) < 0.1:
        words = told(
            "Patch and parallelogram agree: seen from near, the map is its Jacobian, and areas are stretched by det J.",
            lambda: off() <= 0.1,
        )
    else:
        words = told(
            "The patch bends, the parallelogram cannot: the square is still too large. Make its side smaller.",
            lambda: abs(ratio / det - 1) >= 0.02 or strays(map, side, spot) >= 0.1,
        )
    kinked = lambda: abs(areas(map, 1e-4, spot)[0] - det) > 0.02 * (abs(det) + 0.02 * float(np.abs(J).max()) ** 2)
    if isinstance(map, PlaneMap) and np.isfinite(det) and kinked():
        words = told(
            "Even a square of side 0.0001 does not have this parallelogram for its image: the map has a kink here, and no Jacobian.",
            lambda: strays(map, 1e-4, spot) > 0.001,
        )
    if map_of(map).measured:
        words += told(" J is measured, by central differences.", lambda: map_of(map).measured)
    return Description(labels, cells, words)


def linear_map_explorer(f=None, jacobian=None, x=(1.0, 1.0), side: float = 0.7, spot: str = "first point", yours=None):
    """Shrink a square of inputs and watch its image become the parallelogram of the Jacobian.

    `f` is any map of a vector of length 2 (or of two numbers) to two numbers, or a matrix of shape (2, 2); the square has its
    corner at `x`, shape (2,), and sides of length `side`. `jacobian` takes the same as f and returns shape (2, 2), one row for
    each output; without it J is measured by central differences. `yours` is a function of yours that takes f, x and perhaps v, and returns J
    or J v: it is drawn as a second parallelogram. Without `f` there is a menu. What to find out: what is the area of the image over that of the square, and what has det J to do with it?
    """
    return scene(spot, f, jacobian, x, side, yours).explorer()


def scene(spot: str = "first point", f=None, jacobian=None, x=(1.0, 1.0), side: float = 0.7, yours=None) -> Scene:
    """The scene of the explorer."""
    maps = tuple(MAPS)
    side = float(finite(side, "side", ()))
    if not 1e-3 <= side <= 4:
        raise ValueError(f"side is {side:g}. It should be from 0.001 to 4; try side=0.7.")
    sides = tuple(sorted({*SIDES, side}, reverse=True))
    if f is not None:
        at = tuple(float(c) for c in finite(x, "x", (2,)))
        if callable(f):
            f, J, name, measured = plane_map(f, jacobian, at)
        else:
            matrix = finite(f, "f, which is not a function,", (2, 2))
            f, J, name, measured = lambda a, b: matrix @ (a, b), lambda a, b: matrix, "your matrix", False
        maps = (own_map(name, f, J, at, measured), *maps)
    return Scene(
        "linear-map",
        (
            Control("side", "side of the square", "the smaller, the straighter", sides, side),
            Control("map", "map", "which map of the plane", maps, maps[0], str, "menu"),
            Control("spot", "point", "where the square is", SPOTS, spot, str, "toggle"),
        ),
        lambda map, spot: charts(map),
        lambda axes, side, map, spot: draw_patch(axes, map, side, spot), describe,
        lambda axes, map: draw_grids(axes, map),
        presets=(Preset("back to the start", "your map where it began", {}), Preset("from near", "a small square", {"side": 0.01})) if f is not None else (
            Preset("r = 2: stretched", "the polar map", {"side": 0.2}), Preset("r = 0.5: squeezed", "the polar map", {"side": 0.2, "spot": "second point"}),
            Preset("folded flat", "det J = 0", {"map": maps[2], "spot": "second point"}), Preset("turned over", "det J < 0", {"map": maps[2], "spot": "third point", "side": 0.3}),
        ),
        goal=Goal("find a square so small that its area changes by the factor |det J|, to 2 %.", lambda side, map, spot: (lambda patch, det: abs(patch - det) < 0.02 * abs(det))(*areas(map, side, spot))),
        shown=("det J", "area, out over in"), prints=({}, {"side": 0.01}) if f is not None else ({}, {"side": 0.01}, {"side": 0.01, "spot": "second point"}, {"map": maps[2], "spot": "second point"}),
        yours=yours and Yours(
            asked(yours), lambda side, map, spot: offer(map_of(map), point_of(map, spot)[1]),
            lambda one, value, side, map, spot: beside(one, value, map_of(map), point_of(map, spot)[1]),
        ),
    )  # fmt: skip
