"""Slices of a surface: freeze one variable, and what is left is an ordinary curve with a tangent. Pure (S1.13 to S1.15, W3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .contours import draw_contours
from .digits import number
from .overlay import note
from .own import window
from .palette import BLUE, INK, ORANGE
from .panel import Panel
from .scene import Told

SPAN = (-1.5, 1.5)
MAP = Panel(SPAN, SPAN, title="f from above, and two cuts", xlabel="x", ylabel="z", width=300, height=280)


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
ALONG_X, ALONG_Z, SECANT = (BLUE, "-"), (ORANGE, "-"), (INK, "--")


def own(plane, x: float, z: float) -> Surface:
    """A learner's f (an `own.Plane`) around the point, its axes by the values it takes there."""
    xlim, zlim = window(x), window(z)
    values = plane(*np.meshgrid(np.linspace(*xlim, 41), np.linspace(*zlim, 41)))
    values = values[np.isfinite(values)]
    low, high = np.percentile(values, [2, 98])
    pad = 0.15 * (high - low) or 1.0
    return Surface(
        plane, lambda a, b: plane.gradient(a, b)[0], lambda a, b: plane.gradient(a, b)[1], (float(low - pad), float(high + pad)),
        tuple(np.unique(np.quantile(values, np.linspace(0.05, 0.95, 10)))), xlim, zlim, plane.name, not plane.given,
    )  # fmt: skip


def of(surface) -> Surface:
    """The surface of a name in the menu, or the learner's own."""
    return surface if isinstance(surface, Surface) else SURFACES[surface]


def map_panel(surface) -> Panel:
    """The axes of the map."""
    return replace(MAP, xlim=of(surface).xlim, ylim=of(surface).zlim)


def slice_panels(surface) -> tuple[Panel, Panel]:
    """The axes of the two slices."""
    s = of(surface)
    return (
        Panel(s.xlim, s.ylim, title="cut along x: z is frozen", xlabel="x", width=300, height=280),
        Panel(s.zlim, s.ylim, title="cut along z: x is frozen", xlabel="z", width=300, height=280),
    )


def cuts(surface, x: float, z: float):
    """The two slices as functions of one number, with the point and the slope of each: (g, t₀, g′(t₀))."""
    s = of(surface)
    return (lambda t: s.f(t, z), x, float(s.dx(x, z))), (lambda t: s.f(x, t), z, float(s.dz(x, z)))


def draw_map(ax, surface, x: float, z: float) -> None:
    """Contours, the two cuts, and the point where they cross."""
    s = of(surface)
    draw_contours(ax, s.f, s.xlim, s.zlim, s.levels)
    ax.plot(s.xlim, [z, z], color=BLUE, linewidth=2.5)
    ax.plot([x, x], s.zlim, color=ORANGE, linewidth=2.5)
    ax.plot([x], [z], color=INK, linestyle="", marker="o", markersize=9)


def draw_slices(axes, surface, x: float, z: float) -> None:
    """Each slice with its tangent."""
    for ax, (g, t0, slope), color, span in zip(axes, cuts(surface, x, z), (BLUE, ORANGE), (of(surface).xlim, of(surface).zlim)):
        ts = np.linspace(*span, 200)
        ax.plot(ts, g(ts), color=INK, linewidth=2)
        ax.plot(ts, g(t0) + slope * (ts - t0), color=color, linewidth=2.5)
        ax.plot([t0], [g(t0)], color=INK, linestyle="", marker="o", markersize=8)


def draw_secants(axes, surface, x: float, z: float, h: float) -> None:
    """The secant of each slice for the step h; on the map, where the second points are."""
    top, *slices = axes
    top.plot([x + h], [z], color=BLUE, linestyle="", marker="s", markersize=8)
    top.plot([x], [z + h], color=ORANGE, linestyle="", marker="s", markersize=8)
    spans = (of(surface).xlim, of(surface).zlim)
    for ax, (g, t0, _), span in zip(slices, cuts(surface, x, z), spans):
        ts = np.array(span)
        slope = (g(t0 + h) - g(t0)) / h
        ax.plot(ts, g(t0) + slope * (ts - t0), color=INK, linewidth=1.5, linestyle="--")
        ax.plot([t0 + h], [g(t0 + h)], color=INK, linestyle="", marker="s", markersize=7)
    note(slices[0], "- - secant", (spans[0][0], slices[0].get_ylim()[1]), (6, -10))


def tell(h: float, x: float, z: float, surface) -> Told:
    """The words of a state."""
    (g, _, dx), (k, _, dz) = cuts(surface, x, z)
    qx, qz = (g(x + h) - g(x)) / h, (k(z + h) - k(z)) / h
    about = "≈ " if of(surface).measured else ""
    cells = (
        (ALONG_X, about + "∂f/∂x", number(dx, 5)), (ALONG_X, "secant along x", number(qx, 5)),
        (ALONG_Z, about + "∂f/∂z", number(dz, 5)), (ALONG_Z, "secant along z", number(qz, 5)), (None, "h", number(h, 4)),
    )  # fmt: skip
    at = f"x = {number(x)}, z = {number(z)}"
    labels = (
        f"contours of {surface} with two cuts through {at}",
        f"the slice along x at {at}: tangent slope {number(dx, 5)}, secant slope {number(qx, 5)}",
        f"the slice along z at {at}: tangent slope {number(dz, 5)}, secant slope {number(qz, 5)}",
    )
    if not np.isfinite([dx, dz]).all():
        words = f"f has no slope here along {'x' if not np.isfinite(dx) else 'z'}: it has no value beside the point."
    elif max(abs(dx), abs(dz)) < (1e-9 * (1 + abs(float(g(x)))) if of(surface).measured else 1e-300):
        words = "Flat in both cuts. That alone does not say whether it is flat in every direction in between."
    else:
        steeper = "x" if abs(dx) > abs(dz) else "z"
        words = (
            f"Each cut is a curve of one variable, and its slope is a partial derivative. Here the cut along {steeper} is the steeper one."
        )
        if abs(abs(dx) - abs(dz)) < 1e-9 * abs(dx):
            words = "Each cut is a curve of one variable, and its slope is a partial derivative. Here both cuts are equally steep."
    if of(surface).measured:
        words += " The partial derivatives are measured, by central differences."
    return Told(labels, cells, words)
