"""The landscape explorer: where gradient descent ends, on four landscapes or a learner's own f (MC36, E-W01)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import handle
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..drawing.symbols import PATH
from ..inputs.checks import counts, finite
from ..inputs.plane import Plane, window
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.yours import Yours
from .landscape_words import of_menu, of_own
from .landscape_yours import beside, offer

STEPS = 200
STAY = 1e3  # beyond this the path has left every picture, and squares would overflow soon
SHOWN = tuple(range(0, 21)) + tuple(range(25, 205, 5))


@dataclass(frozen=True, eq=False)
class Landscape:
    """A function of x and z with its gradient, a learning rate that suits it, and starts with names; `zspan` where z has another."""

    f: object
    gradient: object
    eta: float
    starts: dict
    span: tuple
    levels: tuple
    zspan: tuple = ()
    heights: tuple = (-8, 8)
    name: str = ""
    measured: bool = False

    def __str__(self):
        return self.name


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
HEIGHT = Chart((0, STEPS), (-8, 8), title="f along the path", xlabel="step", ylabel="f", width=380, height=300)


def own_landscape(plane, start: tuple, eta: float) -> Landscape:
    """A learner's f (a `Plane`) with a start, and two more starts a little beside it."""
    (x, z), span, zspan = start, window(start[0], 1.6), window(start[1], 1.6)
    values = plane(*np.meshgrid(np.linspace(*span, 41), np.linspace(*zspan, 41)))
    values = values[np.isfinite(values)]
    low, high = np.percentile(values, [2, 98])
    pad = 0.2 * (high - low) or 1.0
    starts = dict(zip(STARTS, ((x, z), (x + 0.1, z), (x, z + 0.1))))
    levels = tuple(np.unique(np.quantile(values, np.linspace(0.03, 0.95, 10))))
    return Landscape(
        plane, plane.gradient, eta, starts, span, levels, zspan, (float(low - pad), float(high + pad)), plane.name, not plane.given
    )


def landscape_of(landscape) -> Landscape:
    """The landscape of a name in the menu, or the learner's own."""
    return landscape if isinstance(landscape, Landscape) else LANDSCAPES[landscape]


def height_chart(landscape) -> Chart:
    """The axes of f along the path."""
    return replace(HEIGHT, ylim=landscape_of(landscape).heights)


def map_chart(landscape) -> Chart:
    """The axes of the map."""
    span, zspan = landscape_of(landscape).span, landscape_of(landscape).zspan or landscape_of(landscape).span
    return Chart(span, zspan, title=f"{landscape}, from above", xlabel="x", ylabel="z", width=380, height=300)


@lru_cache(maxsize=64)  # every stop asks for it, and an own f may be slow
def path(landscape, start: str, steps: int = STEPS) -> np.ndarray:
    """The points of gradient descent, shape ``(n, 2)``, n ≤ steps + 1: it stops where it has left the map for good."""
    one = landscape_of(landscape)
    points = [np.array(one.starts[start])]
    for _ in range(steps):
        if np.abs(points[-1]).max() > STAY + np.abs(points[0]).max():
            break
        following = points[-1] - one.eta * np.array(one.gradient(*points[-1]))
        if not np.isfinite(following).all():
            break  # an own f has ended; the menu's never do
        points.append(following)
    return np.array(points)


@lru_cache(maxsize=64)
def heights_of(landscape, start: str) -> np.ndarray:
    """f at every point of the path, shape ``(n,)``."""
    return np.array([float(landscape_of(landscape).f(*p)) for p in path(landscape, start)])


def draw_map(ax, landscape) -> None:
    """Contours."""
    one = landscape_of(landscape)
    draw_contours(ax, one.f, one.span, one.zspan or one.span, one.levels)


def draw_path(axes, landscape, start: str, step: int) -> None:
    """The whole path thin, the way to the step strong, and f along it."""
    one, points = landscape_of(landscape), path(landscape, start)
    heights = heights_of(landscape, start)
    at = min(step, len(points) - 1)
    near = 20 + np.abs(points[0]).max() * isinstance(landscape, Landscape)
    clipped = np.clip(points, -near, near)
    low, high = (-50, 50) if not isinstance(landscape, Landscape) else (one.heights[0] - 1e6, one.heights[1] + 1e6)
    axes[0].plot(*clipped.T, color=BLUE, linewidth=1, linestyle=":")
    axes[0].plot(*clipped[: at + 1].T, color=ORANGE, linewidth=2.5)
    axes[0].plot(*clipped[:1].T, color=INK, linestyle="", marker="s", markersize=8)
    axes[0].plot(*clipped[at : at + 1].T, color=ORANGE, linestyle="", marker="o", markersize=10)
    axes[1].plot(np.arange(len(points)), np.clip(heights, low, high), color=BLUE, linewidth=1.5, linestyle=":")
    axes[1].plot(np.arange(at + 1), np.clip(heights[: at + 1], low, high), color=ORANGE, linewidth=2.5)
    axes[1].plot([at], [np.clip(heights[at], low, high)], color=ORANGE, linestyle="", marker="o", markersize=9)
    handle(axes[0], *clipped[at])
    handle(axes[1], at, heights[at])
    axes[1].plot([0, STEPS], [0, 0], color=GREEN, linewidth=1, linestyle="--")


def describe(step: int, landscape, start: str) -> Description:
    """The words of a state."""
    one, points = landscape_of(landscape), path(landscape, start)
    at = min(step, len(points) - 1)
    x, z = points[at]
    size = float(np.hypot(*one.gradient(x, z)))
    cells = (
        (None, "step", str(at)), (PATH, "x", number(x, 4)), (PATH, "z", number(z, 4)), (PATH, "f", number(one.f(x, z), 4)), (None, "length of ∇f", number(size, 3)),
    )  # fmt: skip
    labels = (
        f"contours of {landscape} with the path of gradient descent that starts {start}",
        f"f along the path; at step {at} it is {number(one.f(x, z), 4)}",
    )
    heights = heights_of(landscape, start)
    if isinstance(landscape, Landscape):
        cells = (*cells[:4], (None, ("≈ " if one.measured else "") + "length of ∇f", number(size, 3)), (None, "η", number(one.eta, 4)))
        labels = (labels[0].replace(f"that starts {start}", f"from ({number(points[0][0], 4)}, {number(points[0][1], 4)})"), labels[1])
        return Description(labels, cells, of_own(one, points, heights[: at + 1], at, STEPS, STAY))
    return Description(labels, cells, of_menu(landscape, start, points, heights, at, STAY))


def landscape_explorer(f=None, gradient=None, start=(1.0, 1.0), eta: float = 0.1, step: int = 20, yours=None):
    """Follow gradient descent to where it ends: a saddle, a long valley, no minimum at all, one of two.

    `f` is any function of a vector of length 2 (or of two numbers), `gradient` takes the same and returns shape (2,); without it
    ∇f is measured by central differences. `start` is the first point, shape (2,), `eta` the learning rate; both belong to an own
    f and change nothing in the menu. `step` is how far along the path, 0 to 200. `yours` is a function of yours that takes grad, theta0, eta and n_steps, and returns
    the path, shape (n_steps + 1, 2): it is drawn beside the true one. What to find out: does a zero gradient mean a minimum, and does every path arrive somewhere?
    """
    return scene(step, f, gradient, start, eta, yours).explorer()


def scene(step: int = 20, f=None, gradient=None, start=(1.0, 1.0), eta: float = 0.1, yours=None) -> Scene:
    """The scene of the explorer."""
    landscapes = tuple(LANDSCAPES)
    shown = SHOWN if step in SHOWN else counts(SHOWN, step, "step", STEPS)
    if f is not None:
        begin = tuple(float(c) for c in finite(start, "start", (2,)))
        landscapes = (own_landscape(Plane(f, gradient, begin), begin, float(finite(eta, "eta", ()))), *landscapes)

    def own(landscape):
        return landscape_of(landscape).f, landscape_of(landscape).gradient, landscape_of(landscape).eta

    def draw(axes, step, landscape, start):
        draw_path(axes, landscape, start, step)

    def named(value):
        return value if f is None else dict(zip(STARTS, ("your start", "0.1 to the right", "0.1 up")))[value]

    def still(axes, landscape, start):
        draw_map(axes[0], landscape)

    return Scene(
        "landscape",
        (
            Control("step", "step", "how far along the path", shown, step, str),
            Control("landscape", "f", "which landscape", landscapes, landscapes[0], str, "menu"),
            Control("start", "start", "where it begins", STARTS, STARTS[0], named, "toggle"),
        ),
        lambda landscape, start: (map_chart(landscape), height_chart(landscape)), draw, describe, still,
        presets=(Preset("the start", "no step yet", {"step": 0}), Preset("200 steps", "where it ends", {"step": 200})) if f is not None else (
            Preset("stuck on a saddle", "from the ridge", {"step": 100}), Preset("off the saddle", "from beside the ridge", {"step": 150, "start": "beside it"}),
            Preset("no minimum", "2x³ + 5 from −0.1", {"landscape": landscapes[2], "start": "beside it", "step": 40}),
            Preset("Rosenbrock", "along a curved floor", {"landscape": landscapes[1], "step": 200}),
        ),
        goal=Goal("walk until ∇f is shorter than 10⁻¹⁰.", lambda step, landscape, start: np.hypot(*landscape_of(landscape).gradient(*path(landscape, start)[: step + 1][-1])) < 1e-10),
        shown=("f", "length of ∇f"),
        prints=({}, {"step": 200}) if f is not None else ({"step": 100}, {"step": 200, "start": "beside it"}, {"landscape": landscapes[2], "start": "beside it", "step": 200}),
        yours=yours and Yours(
            asked(yours), lambda step, landscape, start: offer(*own(landscape), path(landscape, start), step),
            lambda one, value, step, landscape, start: beside(one, value, own(landscape)[0], path(landscape, start), step),
        ),
    )  # fmt: skip
