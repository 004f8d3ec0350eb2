"""Where gradient descent ends: four landscapes, their paths and their words. Pure (W9d, MC36, E-W01)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .contours import draw_contours
from .digits import number
from .palette import BLUE, GREEN, INK, ORANGE
from .panel import Panel
from .scene import Told

STEPS = 200
STAY = 1e3  # beyond this the path has left every picture, and squares would overflow soon


@dataclass(frozen=True)
class Landscape:
    """A function of x and z with its gradient, a learning rate that suits it, and starts with names."""

    f: object
    gradient: object
    eta: float
    starts: dict
    span: tuple
    levels: tuple


LANDSCAPES = {
    "saddle x² − z²": Landscape(lambda x, z: x**2 - z**2, lambda x, z: (2 * x, -2 * z), 0.1,
                                {"on the ridge": (1.0, 0.0), "beside it": (1.0, 1e-12), "to one side": (1.0, 0.1)}, (-1.6, 1.6), (-2, -1, -0.5, -0.1, 0.1, 0.5, 1, 2)),
    "Rosenbrock": Landscape(lambda x, z: (1 - x) ** 2 + 100 * (z - x**2) ** 2,
                            lambda x, z: (-2 * (1 - x) - 400 * x * (z - x**2), 200 * (z - x**2)), 1e-3,
                            {"on the ridge": (-1.2, 1.0), "beside it": (0.0, 1.2), "to one side": (1.4, 0.2)}, (-1.6, 1.6), (0.5, 3, 10, 40, 120, 300, 700)),
    "2x³ + 5 with a bowl in z": Landscape(lambda x, z: 2 * x**3 + 5 + z**2, lambda x, z: (6 * x**2, 2 * z), 0.1,
                                          {"on the ridge": (0.5, 0.5), "beside it": (-0.1, 0.5), "to one side": (1.2, -0.5)}, (-1.6, 1.6), (1, 3, 4.5, 5, 5.5, 7, 9, 12)),
    "two valleys": Landscape(lambda x, z: (x**2 - 1) ** 2 + 0.3 * x + z**2, lambda x, z: (4 * x * (x**2 - 1) + 0.3, 2 * z), 0.05,
                             {"on the ridge": (0.0767, 0.8), "beside it": (0.2, 0.8), "to one side": (-0.1, 0.8)}, (-1.6, 1.6), (-0.2, 0, 0.3, 0.7, 1.1, 1.6, 2.5)),
}  # fmt: skip
STARTS = ("on the ridge", "beside it", "to one side")
HEIGHT = Panel((0, STEPS), (-8, 8), title="f along the path", xlabel="step", ylabel="f", width=380, height=300)
PATH = (ORANGE, "-")


def map_panel(landscape: str) -> Panel:
    """The axes of the map."""
    span = LANDSCAPES[landscape].span
    return Panel(span, span, title=f"{landscape}, from above", xlabel="x", ylabel="z", width=380, height=300)


def path(landscape: str, start: str, steps: int = STEPS) -> np.ndarray:
    """The points of gradient descent, shape ``(n, 2)``, n ≤ steps + 1: it stops where it has left the map for good."""
    one = LANDSCAPES[landscape]
    points = [np.array(one.starts[start])]
    for _ in range(steps):
        if np.abs(points[-1]).max() > STAY:
            break
        points.append(points[-1] - one.eta * np.array(one.gradient(*points[-1])))
    return np.array(points)


def draw_map(ax, landscape: str) -> None:
    """Contours."""
    one = LANDSCAPES[landscape]
    draw_contours(ax, one.f, one.span, one.span, one.levels)


def draw_path(axes, landscape: str, start: str, step: int) -> None:
    """The whole path thin, the way to the step strong, and f along it."""
    one, points = LANDSCAPES[landscape], path(landscape, start)
    heights = np.array([one.f(*p) for p in points])
    at = min(step, len(points) - 1)
    clipped = np.clip(points, -20, 20)
    axes[0].plot(*clipped.T, color=BLUE, linewidth=1, linestyle=":")
    axes[0].plot(*clipped[: at + 1].T, color=ORANGE, linewidth=2.5)
    axes[0].plot(*clipped[:1].T, color=INK, linestyle="", marker="s", markersize=8)
    axes[0].plot(*clipped[at : at + 1].T, color=ORANGE, linestyle="", marker="o", markersize=10)
    axes[1].plot(np.arange(len(points)), np.clip(heights, -50, 50), color=BLUE, linewidth=1.5, linestyle=":")
    axes[1].plot(np.arange(at + 1), np.clip(heights[: at + 1], -50, 50), color=ORANGE, linewidth=2.5)
    axes[1].plot([at], [np.clip(heights[at], -50, 50)], color=ORANGE, linestyle="", marker="o", markersize=9)
    axes[1].plot([0, STEPS], [0, 0], color=GREEN, linewidth=1, linestyle="--")


def tell(step: int, landscape: str, start: str) -> Told:
    """The words of a state."""
    one, points = LANDSCAPES[landscape], path(landscape, start)
    at = min(step, len(points) - 1)
    x, z = points[at]
    size = float(np.hypot(*one.gradient(x, z)))
    cells = (
        (None, "step", str(at)), (PATH, "x", number(x, 4)), (PATH, "z", number(z, 4)), (PATH, "f", number(one.f(x, z), 4)), (None, "length of ∇f", number(size, 3)),
    )  # fmt: skip
    labels = (f"contours of {landscape} with the path of gradient descent that starts {start}", f"f along the path; at step {at} it is {number(one.f(x, z), 4)}")
    end = points[-1]
    if np.abs(end).max() > STAY and at == len(points) - 1:
        words = "It falls without end: there is no minimum in this direction. A falling loss is no promise of a place to arrive."
    elif landscape.startswith("saddle") and start == "on the ridge":
        words = "Straight to the centre, and there it stays: the gradient is zero, and it is no minimum. Beside the ridge it would leave."
    elif landscape.startswith("saddle"):
        words = "A hair's breadth beside the ridge is enough. It comes close to the centre, lingers, and leaves for good."
    elif landscape == "Rosenbrock":
        words = "Quickly into the curved valley, then in tiny steps along its floor. The minimum is at (1, 1), and it takes thousands of steps."
    elif landscape.startswith("2x³"):
        words = "It creeps towards the flat point x = 0 and takes ever smaller steps: zero gradient, no minimum." if end[0] > -0.05 else "Left of 0 the cubic falls away. The steps grow and grow."
    else:
        words = f"It ends in the valley at x = {number(end[0], 3)}. Which valley depends on the start alone; only one of them is the deeper."
    return Told(labels, cells, words)
