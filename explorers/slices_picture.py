"""Slices of a surface: freeze one variable, and what is left is an ordinary curve with a tangent. Pure (S1.13 to S1.15, W3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .contours import draw_contours
from .digits import number
from .overlay import note
from .palette import BLUE, INK, ORANGE
from .panel import Panel
from .scene import Told

SPAN = (-1.5, 1.5)
MAP = Panel(SPAN, SPAN, title="f from above, and two cuts", xlabel="x", ylabel="z", width=300, height=280)


@dataclass(frozen=True)
class Surface:
    """A function of x and z with its exact partial derivatives, and what its slices need of a vertical axis."""

    f: object
    dx: object
    dz: object
    ylim: tuple
    levels: tuple


SURFACES = {
    "4x⁴z³": Surface(lambda x, z: 4 * x**4 * z**3, lambda x, z: 16 * x**3 * z**3, lambda x, z: 12 * x**4 * z**2, (-12, 12), (-20, -8, -3, -1, -0.2, 0.2, 1, 3, 8, 20)),
    "x² + xz + 2z²": Surface(lambda x, z: x**2 + x * z + 2 * z**2, lambda x, z: 2 * x + z, lambda x, z: x + 4 * z, (-2, 8), (0.25, 0.5, 1, 2, 3, 4.5, 6)),
    "eˣ sin z": Surface(lambda x, z: np.exp(x) * np.sin(z), lambda x, z: np.exp(x) * np.sin(z), lambda x, z: np.exp(x) * np.cos(z), (-5, 5), (-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3)),
}  # fmt: skip
ALONG_X, ALONG_Z, SECANT = (BLUE, "-"), (ORANGE, "-"), (INK, "--")


def slice_panels(surface: str) -> tuple[Panel, Panel]:
    """The axes of the two slices."""
    ylim = SURFACES[surface].ylim
    return (
        Panel(SPAN, ylim, title="cut along x: z is frozen", xlabel="x", width=300, height=280),
        Panel(SPAN, ylim, title="cut along z: x is frozen", xlabel="z", width=300, height=280),
    )


def cuts(surface: str, x: float, z: float):
    """The two slices as functions of one number, with the point and the slope of each: (g, t₀, g′(t₀))."""
    s = SURFACES[surface]
    return (lambda t: s.f(t, z), x, float(s.dx(x, z))), (lambda t: s.f(x, t), z, float(s.dz(x, z)))


def draw_map(ax, surface: str, x: float, z: float) -> None:
    """Contours, the two cuts, and the point where they cross."""
    s = SURFACES[surface]
    draw_contours(ax, s.f, SPAN, SPAN, s.levels)
    ax.plot(SPAN, [z, z], color=BLUE, linewidth=2.5)
    ax.plot([x, x], SPAN, color=ORANGE, linewidth=2.5)
    ax.plot([x], [z], color=INK, linestyle="", marker="o", markersize=9)


def draw_slices(axes, surface: str, x: float, z: float) -> None:
    """Each slice with its tangent."""
    ts = np.linspace(*SPAN, 200)
    for ax, (g, t0, slope), color in zip(axes, cuts(surface, x, z), (BLUE, ORANGE)):
        ax.plot(ts, g(ts), color=INK, linewidth=2)
        ax.plot(ts, g(t0) + slope * (ts - t0), color=color, linewidth=2.5)
        ax.plot([t0], [g(t0)], color=INK, linestyle="", marker="o", markersize=8)


def draw_secants(axes, surface: str, x: float, z: float, h: float) -> None:
    """The secant of each slice for the step h; on the map, where the second points are."""
    top, *slices = axes
    top.plot([x + h], [z], color=BLUE, linestyle="", marker="s", markersize=8)
    top.plot([x], [z + h], color=ORANGE, linestyle="", marker="s", markersize=8)
    ts = np.array(SPAN)
    for ax, (g, t0, _) in zip(slices, cuts(surface, x, z)):
        slope = (g(t0 + h) - g(t0)) / h
        ax.plot(ts, g(t0) + slope * (ts - t0), color=INK, linewidth=1.5, linestyle="--")
        ax.plot([t0 + h], [g(t0 + h)], color=INK, linestyle="", marker="s", markersize=7)
    note(slices[0], "- - secant", (SPAN[0], slices[0].get_ylim()[1]), (6, -10))


def tell(h: float, x: float, z: float, surface: str) -> Told:
    """The words of a state."""
    (g, _, dx), (k, _, dz) = cuts(surface, x, z)
    qx, qz = (g(x + h) - g(x)) / h, (k(z + h) - k(z)) / h
    cells = (
        (ALONG_X, "∂f/∂x", number(dx, 5)), (ALONG_X, "secant along x", number(qx, 5)),
        (ALONG_Z, "∂f/∂z", number(dz, 5)), (ALONG_Z, "secant along z", number(qz, 5)), (None, "h", number(h, 4)),
    )  # fmt: skip
    at = f"x = {number(x)}, z = {number(z)}"
    labels = (
        f"contours of {surface} with two cuts through {at}",
        f"the slice along x at {at}: tangent slope {number(dx, 5)}, secant slope {number(qx, 5)}",
        f"the slice along z at {at}: tangent slope {number(dz, 5)}, secant slope {number(qz, 5)}",
    )
    if dx == dz == 0:
        words = "Flat in both cuts. That alone does not say whether it is flat in every direction in between."
    else:
        steeper = "x" if abs(dx) > abs(dz) else "z"
        words = f"Each cut is a curve of one variable, and its slope is a partial derivative. Here the cut along {steeper} is the steeper one."
    return Told(labels, cells, words)
