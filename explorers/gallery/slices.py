"""The slices explorer: freeze one variable of a surface, and what is left is an ordinary curve with a tangent (S1.13 to S1.15)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number, round_stops
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, INK, ORANGE
from ..inputs.checks import finite, fitting, stops
from ..inputs.plane import Plane, window
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import slices_yours

SPAN = (-1.5, 1.5)
MAP = Chart(SPAN, SPAN, title="f from above, and two cuts", xlabel="x", ylabel="z", width=300, height=280)
PLACES = tuple(round(float(v), 1) for v in np.arange(-1.3, 1.31, 0.1))


@dataclass(frozen=True, eq=False)
class Surface:
    """A function of x and z with its partial derivatives, and what its slices need of axes. `measured` ones are no formulas."""

    f: object
    dx: object
    dz: object
    ylim: tuple
    levels: tuple
    xlim: tuple = SPAN
    zlim: tuple = SPAN
    name: str = ""
    measured: bool = False

    def __str__(self):
        return self.name


SURFACES = {
    "4x⁴z³": Surface(lambda x, z: 4 * x**4 * z**3, lambda x, z: 16 * x**3 * z**3, lambda x, z: 12 * x**4 * z**2, (-12, 12), (-20, -8, -3, -1, -0.2, 0.2, 1, 3, 8, 20)),
    "x² + xz + 2z²": Surface(lambda x, z: x**2 + x * z + 2 * z**2, lambda x, z: 2 * x + z, lambda x, z: x + 4 * z, (-2, 8), (0.25, 0.5, 1, 2, 3, 4.5, 6)),
    "eˣ sin z": Surface(lambda x, z: np.exp(x) * np.sin(z), lambda x, z: np.exp(x) * np.sin(z), lambda x, z: np.exp(x) * np.cos(z), (-5, 5), (-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3)),
}  # fmt: skip
ALONG_X, ALONG_Z, STEP = (BLUE, "-"), (ORANGE, "-"), (INK, "--")


def own_surface(plane, x: float, z: float) -> Surface:
    """A learner's f (a `Plane`) around the point, its axes by the values it takes there."""
    xlim, zlim = window(x), window(z)
    values = plane(*np.meshgrid(np.linspace(*xlim, 41), np.linspace(*zlim, 41)))
    values = values[np.isfinite(values)]
    low, high = np.percentile(values, [2, 98])
    pad = 0.15 * (high - low) or 1.0
    return Surface(
        plane, lambda a, b: plane.gradient(a, b)[0], lambda a, b: plane.gradient(a, b)[1], (float(low - pad), float(high + pad)),
        tuple(np.unique(np.quantile(values, np.linspace(0.05, 0.95, 10)))), xlim, zlim, plane.name, not plane.given,
    )  # fmt: skip


def surface_of(surface) -> Surface:
    """The surface of a name in the menu, or the learner's own."""
    return surface if isinstance(surface, Surface) else SURFACES[surface]


def map_chart(surface) -> Chart:
    """The axes of the map."""
    return replace(MAP, xlim=surface_of(surface).xlim, ylim=surface_of(surface).zlim)


def slice_charts(surface) -> tuple[Chart, Chart]:
    """The axes of the two slices."""
    s = surface_of(surface)
    return (
        Chart(s.xlim, s.ylim, title="cut along x: z is frozen", xlabel="x", width=300, height=280),
        Chart(s.zlim, s.ylim, title="cut along z: x is frozen", xlabel="z", width=300, height=280),
    )


def cuts(surface, x: float, z: float):
    """The two slices as functions of one number, with the point and the slope of each: (g, t₀, g′(t₀))."""
    s = surface_of(surface)
    return (lambda t: s.f(t, z), x, float(s.dx(x, z))), (lambda t: s.f(x, t), z, float(s.dz(x, z)))


def draw_map(ax, surface, x: float, z: float) -> None:
    """Contours, the two cuts, and the point where they cross."""
    s = surface_of(surface)
    draw_contours(ax, s.f, s.xlim, s.zlim, s.levels)
    ax.plot(s.xlim, [z, z], color=BLUE, linewidth=2.5)
    ax.plot([x, x], s.zlim, color=ORANGE, linewidth=2.5)
    ax.plot([x], [z], color=INK, linestyle="", marker="o", markersize=9)


def draw_slices(axes, surface, x: float, z: float) -> None:
    """Each slice with its tangent."""
    for ax, (g, t0, slope), color, span in zip(
        axes, cuts(surface, x, z), (BLUE, ORANGE), (surface_of(surface).xlim, surface_of(surface).zlim)
    ):
        ts = np.linspace(*span, 200)
        ax.plot(ts, g(ts), color=INK, linewidth=2)
        ax.plot(ts, g(t0) + slope * (ts - t0), color=color, linewidth=2.5)
        ax.plot([t0], [g(t0)], color=INK, linestyle="", marker="o", markersize=8)


def draw_secants(axes, surface, x: float, z: float, h: float) -> None:
    """The secant of each slice for the step h; on the map, where the second points are."""
    top, *slices = axes
    top.plot([x + h], [z], color=BLUE, linestyle="", marker="s", markersize=8)
    top.plot([x], [z + h], color=ORANGE, linestyle="", marker="s", markersize=8)
    spans = (surface_of(surface).xlim, surface_of(surface).zlim)
    for ax, (g, t0, _), span in zip(slices, cuts(surface, x, z), spans):
        ts = np.array(span)
        slope = (g(t0 + h) - g(t0)) / h
        ax.plot(ts, g(t0) + slope * (ts - t0), color=INK, linewidth=1.5, linestyle="--")
        ax.plot([t0 + h], [g(t0 + h)], color=INK, linestyle="", marker="s", markersize=7)
        handle(ax, t0 + h, g(t0 + h))
    note(slices[0], "- - secant", (spans[0][1], slices[0].get_ylim()[0]), (-6, 10), ha="right")


def describe(h: float, x: float, z: float, surface) -> Description:
    """The words of a state."""
    (g, _, dx), (k, _, dz) = cuts(surface, x, z)
    qx, qz = (g(x + h) - g(x)) / h, (k(z + h) - k(z)) / h
    about = "≈ " if surface_of(surface).measured else ""
    cells = (
        (ALONG_X, about + "∂f/∂x", number(dx, 5)), (ALONG_X, "secant along x", number(qx, 5)),
        (ALONG_Z, about + "∂f/∂z", number(dz, 5)), (ALONG_Z, "secant along z", number(qz, 5)), (None, "h", number(h, 4)),
    )  # fmt: skip
    rise, climb = (
        (lambda: float((g(x + 1e-6) - g(x - 1e-6)) / 2e-6)),
        (lambda: float((k(z + 1e-6) - k(z - 1e-6)) / 2e-6)),
    )  # not the formulas
    at = f"x = {number(x)}, z = {number(z)}"
    labels = (
        f"contours of {surface} with two cuts through {at}",
        f"the slice along x at {at}: tangent slope {number(dx, 5)}, secant slope {number(qx, 5)}",
        f"the slice along z at {at}: tangent slope {number(dz, 5)}, secant slope {number(qz, 5)}",
    )
    if not np.isfinite([dx, dz]).all():
        words = told(
            f"f has no slope here along {'x' if not np.isfinite(dx) else 'z'}: it has no value beside the point.",
            lambda: not np.isfinite((rise if not np.isfinite(dx) else climb)()),
        )
    elif max(abs(dx), abs(dz)) < (1e-9 * (1 + abs(float(g(x)))) if surface_of(surface).measured else 1e-300):
        words = told(
            "Flat in both cuts. That alone does not say whether it is flat in every direction in between.",
            lambda: max(abs(rise()), abs(climb())) < 1e-4 * (1 + abs(float(g(x)))),
        )
    else:
        steeper = "x" if abs(dx) > abs(dz) else "z"
        words = told(
            f"Each cut is a curve of one variable, and its slope is a partial derivative. Here the cut along {steeper} is the steeper one.",
            lambda: (abs(rise()) - abs(climb())) * (1 if steeper == "x" else -1) > -1e-6 * (abs(rise()) + abs(climb())),
        )
        if abs(abs(dx) - abs(dz)) < 1e-9 * abs(dx):
            words = told(
                "Each cut is a curve of one variable, and its slope is a partial derivative. Here both cuts are equally steep.",
                lambda: abs(abs(rise()) - abs(climb())) < 1e-6 * (abs(rise()) + abs(climb())),
            )
    if surface_of(surface).measured:
        words += told(" The partial derivatives are measured, by central differences.", lambda: surface_of(surface).measured)
    return Description(labels, cells, words)


def slices_explorer(f=None, gradient=None, x: float = 1.0, z: float = 1.0, h: float = 0.2, yours=None):
    """Freeze one variable, and a surface becomes a curve: two cuts, each with its tangent and its secant.

    `f` is any function of a vector of length 2, or of two numbers x and z; `gradient` takes the same and returns both partial
    derivatives, shape (2,). Without it they are measured by central differences. Without `f` there is a menu. `yours` is a function of yours: it takes f, x (a vector)
    and i and returns the partial derivative, or the slice as a function, or it takes the numbers x and z and returns both partial derivatives of the
    menu's first function. What to find out: which cut is steeper where, and what is a partial derivative in this picture?
    """
    return scene(x, z, h, f, gradient, yours).explorer()


def _places(centre: float) -> tuple:
    """Where the cuts can be: the usual places, or as many around a point that lies elsewhere."""
    low, high = window(centre)
    return PLACES if (low, high) == SPAN else tuple(round(low + 0.2 + 0.1 * k, 10) for k in range(27))


def scene(x: float = 1.0, z: float = 1.0, h: float = 0.2, f=None, gradient=None, yours=None) -> Scene:
    """The scene of the explorer."""
    surfaces, menu = tuple(SURFACES), tuple(SURFACES)
    x, z, h = (float(finite(v, name, ())) for v, name in ((x, "x"), (z, "z"), (h, "h")))
    if h == 0:
        raise ValueError("h = 0 leaves one point on each cut, and through one point there is no secant; try h=0.01")
    if f is not None:
        surfaces = (own_surface(Plane(f, gradient, (x, z)), x, z), *menu)
    elif max(abs(x), abs(z)) > 1.4:  # the menu's own axes end at 1.5
        known = SURFACES[menu[0]]
        lim = {"xlim": window(x), "zlim": window(z), "name": menu[0]}
        top = max(12.0, 1.3 * abs(float(known.f(x, z))))
        surfaces = (replace(known, ylim=(-top, top), **lim), *menu[1:])
    steps = stops(round_stops(0.01, 1), h)
    xs, zs = stops(_places(x), x), stops(_places(z), z)

    def draw(axes, h, x, z, surface):
        draw_secants(axes, surface, x, z, h)
        handle(axes[0], x, z, x_of=(1, xs), y_of=(2, zs))

    def still(axes, x, z, surface):
        draw_map(axes[0], surface, x, z)
        draw_slices(axes[1:], surface, x, z)

    controls = (
            Control("h", "h", "the step of the secants", steps, h, lambda v: number(v, 3)),
            Control("x", "x", "where the cut along z is", xs, x), Control("z", "z", "where the cut along x is", zs, z),
            Control("surface", "f", "which function", surfaces, surfaces[0], str, "menu"),
    )  # fmt: skip
    presets = (
        Preset("x = z = 1", "which slice is steeper?", {"x": 1.0, "z": 1.0}), Preset("flat", "x = 0: both partials vanish", {"x": 0.0, "z": 1.0}),
        Preset("a bowl", "at its side", {"surface": menu[1], "x": 0.5, "z": -1.0}),
    )  # fmt: skip
    if f is not None:
        presets = (Preset("back to the start", "your f where it began", {}),)
    who = asked(yours)
    return Scene(
        "slices", controls,
        lambda x, z, surface: (map_chart(surface), *slice_charts(surface)), draw, describe, still,
        goal=Goal("find an h with which both secants are off from their slopes by less than 2 %.", lambda h, x, z, surface: all(abs((g(t + h) - g(t)) / h - slope) < 0.02 * abs(slope) for g, t, slope in cuts(surface, x, z))),
        presets=fitting(presets, controls), shown=("∂f/∂x", "∂f/∂z"), prints=({},) if f is not None else fitting(({}, {"x": 0.5, "z": 1.0}, {"x": 0.0}), controls),
        yours=who and Yours(
            who, lambda h, x, z, surface: slices_yours.offer(who, surface_of(surface), x, z),
            lambda one, value, h, x, z, surface: slices_yours.beside(one, value, surface_of(surface), cuts(surface, x, z), f is None and surface == surfaces[0]),
        ),
    )  # fmt: skip
