"""The compass: a unit vector turns in the domain, and the slope along it traces a cosine (S1.16, MC10, MC11)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..drawing.arrows import draw_arrow
from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..drawing.symbols import GRADIENT
from ..inputs.checks import finite, stops
from ..inputs.plane import Plane, window
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from .compass_yours import beside, offer

SPAN = (-1.6, 1.6)
MAP = Chart(SPAN, SPAN, title="the domain: contours of f, ∇f and v", xlabel="x", ylabel="z", width=360, height=364)
LEVELLED = float(np.degrees(np.arctan(0.5)))  # across the bowl's gradient, (1, −2) in its direction; ∇f is 270° further
# every 5 degrees, and exactly along and across the gradients of the bowl and of the plane
ANGLES = tuple(sorted({*range(0, 360, 5), *(90 * k + angle for k in range(4) for angle in (LEVELLED, 90 - LEVELLED))}))
V, G, LEVEL = (ORANGE, "-"), GRADIENT, (GREEN, ":")
# name: (f, gradient, point)
FIELDS = {
    "a bowl, x² + xz + 2z²": (lambda x, z: x**2 + x * z + 2 * z**2, lambda x, z: np.array([2 * x + z, x + 4 * z]), (0.6, -0.5)),
    "a plane, x + 2z": (lambda x, z: x + 2 * z, lambda x, z: np.array([1.0, 2.0]), (0.0, 0.0)),
    "4x⁴z³": (lambda x, z: 4 * x**4 * z**3, lambda x, z: np.array([16 * x**3 * z**3, 12 * x**4 * z**2]), (0.7, 0.8)),
    "a saddle, x² − z², at its centre": (lambda x, z: x**2 - z**2, lambda x, z: np.array([2 * x, -2 * z]), (0.0, 0.0)),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class CompassField:
    """A learner's f (a `Plane`) at a point; `smooth` where it has one gradient there."""

    plane: object
    point: tuple
    smooth: bool

    def __str__(self):
        return f"{self.plane.name} at ({number(self.point[0])}, {number(self.point[1])})"


def field_of(field) -> tuple:
    """(f, gradient, point) of a name in the menu, or of the learner's own."""
    return (field.plane, field.plane.gradient, field.point) if isinstance(field, CompassField) else FIELDS[field]


def map_chart(field) -> Chart:
    """The axes of the map: around the point, one scale for both."""
    x, z = field_of(field)[2]
    spans = window(x, SPAN[1]), window(z, SPAN[1])
    return MAP if spans == (SPAN, SPAN) else replace(MAP, xlim=spans[0], ylim=spans[1])


def gradient_of(field) -> np.ndarray:
    """∇f at the field's point, shape ``(2,)``; NaN where an own f has none."""
    if isinstance(field, CompassField) and not field.smooth:
        return np.full(2, np.nan)
    _, g, point = field_of(field)
    return np.asarray(g(*point), dtype=float)


def unit(angle: float) -> np.ndarray:
    """The unit vector in a direction given in degrees."""
    return np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])


def slope(field, angle: float) -> float:
    """The directional derivative along the unit vector, ∇f · v; measured along v where an own f has no gradient."""
    if isinstance(field, CompassField) and not field.smooth:
        p, h = np.array(field.point), 1e-6 * (1 + np.abs(field.point).max())
        return (float(field.plane(*(p + h * unit(angle)))) - float(field.plane(*p))) / h
    return float(gradient_of(field) @ unit(angle))


def slope_chart(field) -> Chart:
    """The axes of slope against angle."""
    size = float(np.hypot(*gradient_of(field)))
    if isinstance(field, CompassField):
        size = float(np.nan_to_num(np.abs([slope(field, a) for a in range(0, 360, 15)])).max())
    top = 1.25 * (max(1.0, size) if not isinstance(field, CompassField) else size if size > 1e-9 else 1.0)
    return Chart(
        (0, 360), (-top, top), title="the slope along v, against its direction", xlabel="direction of v in degrees", width=360, height=364
    )


def draw_map(ax, field) -> None:
    """Contours around the point, and the gradient as an arrow in the domain."""
    f, _, (x, z) = field_of(field)
    chart = map_chart(field)
    xlim, zlim = chart.xlim, chart.ylim
    values = f(*np.meshgrid(np.linspace(*xlim, 60), np.linspace(*zlim, 60)))
    draw_contours(ax, f, xlim, zlim, np.nanquantile(values, np.linspace(0.06, 0.94, 10)))
    level = float(f(x, z))
    draw_contours(ax, f, xlim, zlim, [level], color=GREEN, linewidth=2.5, alpha=1)
    g = gradient_of(field)
    size = np.hypot(*g)
    if size and np.isfinite(size):
        # long enough to see, short enough to fit: the read-out has the length
        draw_arrow(ax, (x, z), np.array([x, z]) + g / size * 0.85, color=BLUE, linewidth=4)
        note(ax, "∇f", np.array([x, z]) + g / size * 0.98, ha="center")
    ax.plot([x], [z], color=INK, linestyle="", marker="o", markersize=8)


def draw_cosine(ax, field) -> None:
    """The slope in every direction, and where the gradient points."""
    angles = np.arange(0, 361, 3)
    ax.plot(angles, [slope(field, a) for a in angles], color=INK, linewidth=2)
    ax.plot([0, 360], [0, 0], color=GREEN, linewidth=1.5, linestyle=":")
    g = gradient_of(field)
    if 0 < np.hypot(*g) < np.inf:
        at = float(np.degrees(np.arctan2(g[1], g[0])) % 360)
        ax.plot([at, at], [-np.hypot(*g), np.hypot(*g)], color=BLUE, linewidth=1.5, linestyle="--")
        note(ax, "direction of ∇f", (at, np.hypot(*g)), (0, 10), ha="center" if 60 < at < 300 else "left" if at <= 60 else "right")


def draw_v(axes, field, angle: float) -> None:
    """The vector in the domain, and its dot on the cosine."""
    point = np.array(field_of(field)[2])
    draw_arrow(axes[0], point, point + 0.75 * unit(angle), color=ORANGE, linewidth=3)
    note(axes[0], "v", point + 0.9 * unit(angle), ha="center")
    axes[1].plot([angle], [slope(field, angle)], color=ORANGE, linestyle="", marker="s", markersize=11)
    handle(axes[0], *(point + 0.75 * unit(angle)))
    handle(axes[1], angle, slope(field, angle))


def describe(angle: float, field) -> Description:
    """The words of a state."""
    g, s = gradient_of(field), slope(field, angle)
    size = float(np.hypot(*g))
    cells = (
        (V, "v", f"({number(round(unit(angle)[0], 3))}, {number(round(unit(angle)[1], 3))})"), (V, "slope along v", number(round(s, 12), 5)),
        (G, "∇f" if not isinstance(field, CompassField) or field.plane.given else "≈ ∇f", f"({number(g[0], 4)}, {number(g[1], 4)})"), (G, "length of ∇f", number(size, 5)),
    )  # fmt: skip
    labels = (
        f"contours of {field}, its gradient and v at {number(angle, 5)} degrees",
        f"the slope along v against the direction, a cosine; at {number(angle, 5)} degrees it is {number(round(s, 12), 5)}",
    )
    tiny = 1e-9 * (1 + abs(float(field_of(field)[0](*field_of(field)[2])))) if isinstance(field, CompassField) else 0.0
    f, _, point = field_of(field)
    around = lambda: np.array([walked(f, point, a) for a in range(0, 360, 15)])  # slopes by walking, not by ∇f
    flat = lambda: np.abs(around()).max() < 1e-4 * (1 + abs(float(f(*point))))
    here = lambda: walked(f, point, angle)
    if isinstance(field, CompassField) and not field.smooth:
        words = told(
            "f has no gradient at this point: its slopes in the directions are not those of one vector, so the cosine does not hold here.",
            lambda: not fits_a_cosine(np.array([walked(f, point, a, back=False) for a in range(0, 360, 15)])),
        )
    elif isinstance(field, CompassField) and size <= tiny:
        words = told(
            "The gradient is zero, so the slope is zero in every direction. Whether this is a minimum, a maximum or a saddle, the contours tell.",
            flat,
        )
    elif size == 0:
        words = told("The gradient is zero, so the slope is zero in every direction. The function still curves: up one way, down the other.",
            lambda: flat() and {-1, 1} <= {np.sign(float(f(*(np.array(point) + 0.1 * unit(a))) - f(*point))) for a in range(0, 360, 15)})  # fmt: skip
    elif s > 0.995 * size:
        words = told(
            "v points along ∇f: the steepest way up. The slope is the length of the gradient.",
            lambda: here() > 0.99 * np.abs(around()).max() and 0.99 < here() / size < 1.01,
        )
    elif s < -0.995 * size:
        words = told(
            "v points against ∇f: the steepest way down. This is the direction of gradient descent.", lambda: here() < 0.99 * around().min()
        )
    elif abs(s) < 0.05 * size:
        words = (
            told("v runs along the contour, at right angles to ∇f: f does not change in this direction.", lambda: abs(here()) < 1e-6 * size)
            if abs(s) <= 1e-9 * size
            else told(
                "v runs almost along the contour, almost at right angles to ∇f: f hardly changes in this direction.",
                lambda: 0 < abs(here()) < 0.06 * size,
            )
        )
    else:
        words = told(
            "Between: only the part of v that points along ∇f counts. The slope is the length of ∇f times the cosine of the angle between them.",
            lambda: abs(here() - size * np.cos(np.radians(angle) - np.arctan2(g[1], g[0]))) < 1e-4 * size,
        )
    if isinstance(field, CompassField) and field.smooth and not field.plane.given:
        words += told(" ∇f is measured, by central differences.", lambda: not field.plane.given)
    return Description(labels, cells, words)


def walked(f, point, angle: float, back: bool = True) -> float:
    """The slope along a direction, from two points on the way, or only ahead: ∇f is not asked."""
    step = 1e-6 * (1 + float(np.abs(point).max())) * unit(angle)
    behind = step if back else 0 * step
    return float((f(*(np.array(point) + step)) - f(*(np.array(point) - behind))) / np.hypot(*(step + behind)))


def fits_a_cosine(slopes: np.ndarray) -> bool:
    """Whether slopes at equal angles all round are those of one vector: a cosine has one harmonic."""
    waves = np.abs(np.fft.rfft(slopes)) / len(slopes)
    return bool(np.isfinite(slopes).all() and np.delete(waves, 1).max() < 1e-3 * (waves[1] + 1e-9))


def compass_explorer(f=None, gradient=None, x=(1.0, 1.0), v=None, angle: float = 0, yours=None):
    """Turn the direction v and watch the slope along it.

    `f` is any function of a vector of length 2 (or of two numbers), looked at in the point `x`, shape (2,); `gradient` takes the
    same and returns shape (2,). Without it ∇f is measured by central differences. `angle` is the direction in degrees, or `v` a
    vector that points there, shape (2,); its length does not count. `yours` is a function of yours that takes f, x, perhaps v, or the gradient g, and
    returns a gradient, a slope or a direction: it is drawn beside the true one. Without `f` there is a menu. What to find out: in which direction is the slope largest, how large is it there, and where is it zero?
    """
    return scene(angle, f, gradient, x, v, yours).explorer()


def scene(angle: float = 0, f=None, gradient=None, x=(1.0, 1.0), v=None, yours=None) -> Scene:
    """The scene of the explorer."""
    fields = menu = tuple(FIELDS)
    if v is not None:
        v = finite(v, "v", (2,))
        if not v.any():
            raise ValueError("v is the zero vector, which has no direction; try v=(1.0, 0.0)")
        angle = float(np.degrees(np.arctan2(v[1], v[0])))
    angle = float(finite(angle, "angle", ())) % 360
    angle = round(angle) if abs(angle - round(angle)) < 1e-9 else angle
    angles = stops(ANGLES, angle % 360)
    if f is not None:
        point = tuple(float(c) for c in finite(x, "x", (2,)))
        plane = Plane(f, gradient, point)
        fields = (CompassField(plane, point, plane.smooth(*point)), *menu)

    def draw(axes, angle, field):
        draw_v(axes, field, angle)

    def still(axes, field):
        draw_map(axes[0], field)
        draw_cosine(axes[1], field)

    return Scene(
        "compass",
        (Control("angle", "direction of v", "the direction in degrees", angles, angle % 360, lambda v: f"{v:.4g}°"),
         Control("field", "f", "which function, at which point", fields, fields[0], str, "menu")),
        lambda field: (map_chart(field), slope_chart(field)), draw, describe, still,
        presets=(Preset("back to the start", "your f, and v where it began", {}),) if f is not None else (
            Preset("along ∇f", "the steepest way up", {"angle": 270 + LEVELLED}),
            Preset("along the contour", "at right angles to it", {"angle": LEVELLED}),
            Preset("no gradient", "the centre of a saddle", {"field": fields[3]}),
        ),
        goal=Goal("find a direction in which f falls as steeply as it can, to half a percent.", lambda angle, field: slope(field, angle) < -0.995 * float(np.linalg.norm(gradient_of(field)))),
        shown=("slope along v", "length of ∇f"),
        prints=({}, {"angle": 90}) if f is not None else ({"angle": 0}, {"angle": 90}, {"field": fields[1], "angle": 65}),
        yours=yours and Yours(
            asked(yours), lambda angle, field: offer(field_of(field)[0], gradient_of(field), field_of(field)[2], unit(angle)),
            lambda one, value, angle, field: beside(one, value, gradient_of(field), field_of(field)[2], angle, slope(field, angle)),
        ),
    )  # fmt: skip
