"""The momentum map: the plane of ηλ and β, coloured by what a step of the heavy ball leaves in the long run (MC35)."""

from __future__ import annotations

import numpy as np

from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE, PINK
from ..inputs.checks import finite, stops
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told
from ..widgets.yours import Yours
from . import momentum_map_yours

MAP = Chart((0, 4), (0, 1), title="what a step leaves: bluer is faster, orange diverges", xlabel="η · λ", ylabel="β", width=400, height=306)
ROOTS = Chart((-1.6, 1.6), (-1.3, 1.3), title="both eigenvalues of each axis", width=330, height=306, left=40)
ETAS = tuple(round(float(v), 2) for v in np.arange(0.05, 4.01, 0.05))
BETAS = tuple(round(float(v), 2) for v in np.arange(0.0, 0.96, 0.05))
KAPPAS = (1, 4, 10, 25, 100)
FLOOR, WALLS = (BLUE, "-"), (PINK, "--")


def eigenvalues(step: float, beta: float) -> np.ndarray:
    """The two eigenvalues of [[1 + β − ηλ, −β], [1, 0]], complex, shape ``(2,)``; `step` is ηλ."""
    return np.linalg.eigvals(np.array([[1 + beta - step, -beta], [1.0, 0.0]], dtype=complex))


def radius(step, beta):
    """The larger size of the two, for arrays of ηλ and β: the roots of z² − (1 + β − ηλ) z + β."""
    trace = np.abs(1 + np.asarray(beta, float) - step)
    return np.abs(trace + np.sqrt(trace**2 - 4 * np.asarray(beta, complex))) / 2


def best(kappa: float) -> tuple[float, float]:
    """The best η·λₘₐₓ and β for a condition number: where both ends of the bowl are on the edge of the complex part."""
    root = np.sqrt(kappa)
    return float(4 / (1 + 1 / root) ** 2), float(((root - 1) / (root + 1)) ** 2)


def draw_map(axes) -> None:
    """The coloured plane with its contours, and the unit circle."""
    us, vs = np.linspace(0, 4, 41), np.linspace(0, 1, 21)
    for u0, u1 in zip(us, us[1:]):
        for v0, v1 in zip(vs, vs[1:]):
            size = float(radius((u0 + u1) / 2, (v0 + v1) / 2))
            color, alpha = (BLUE, 0.75 * (1 - size)) if size < 1 else (ORANGE, min(0.6, 0.12 + 0.4 * (size - 1)))
            axes[0].fill([u0, u1, u1, u0], [v0, v0, v1, v1], color=color, alpha=round(max(alpha, 0.02), 2))
    draw_contours(axes[0], radius, (0, 4), (0, 1), (0.5, 0.7, 0.9), points=121)
    betas = np.linspace(0, 1, 60)
    for edge in ((1 - np.sqrt(betas)) ** 2, (1 + np.sqrt(betas)) ** 2):
        axes[0].plot(edge, betas, color=GREEN, linewidth=2, linestyle="-.")
    axes[0].plot(2 * (1 + betas), betas, color=INK, linewidth=2.5)
    turn = np.linspace(0, 2 * np.pi, 90)
    axes[1].plot(np.cos(turn), np.sin(turn), color=INK, linewidth=1.5)
    axes[1].plot([-1.6, 1.6], [0, 0], color=INK, linewidth=0.8)


def draw(axes, eta: float, beta: float, kappa: float, betas=BETAS) -> None:
    """The bowl as a stretch of the map, from its floor to its walls, and the eigenvalues of both ends."""
    axes[0].plot([eta / kappa, eta], [beta, beta], color=INK, linewidth=4)
    for step, (color, _), marker in ((eta / kappa, FLOOR, "o"), (eta, WALLS, "s")):
        axes[0].plot([step], [beta], color=color, linestyle="", marker=marker, markersize=10)
        z = eigenvalues(step, beta)
        axes[1].plot(z.real, z.imag, color=color, linestyle="", marker=marker, markersize=9)
    handle(axes[0], eta, beta, y_of=(1, betas))
    note(axes[0], "floor", (eta / kappa, beta), (0, 14), ha="left" if eta / kappa < 0.4 else "center")
    if kappa > 1:
        note(axes[0], "walls", (eta, beta), (0, 14), ha="right" if eta > 3.6 else "center")
    axes[1].plot(np.sqrt(beta) * np.cos(np.linspace(0, 2 * np.pi, 60)), np.sqrt(beta) * np.sin(np.linspace(0, 2 * np.pi, 60)), color=GREEN, linewidth=1.2, linestyle="-.")  # fmt: skip


def describe(eta: float, beta: float, kappa: float) -> Description:
    """The words of a state; `eta` is η times the largest curvature."""
    floor, walls = float(radius(eta / kappa, beta)), float(radius(eta, beta))
    cells = (
        (FLOOR, "floor: a step leaves", number(round(floor, 6), 4)), (WALLS, "walls: a step leaves", number(round(walls, 6), 4)), (None, "√β", number(beta**0.5, 4)),
        (None, "steps for a tenth", steps_for_a_tenth(max(floor, walls))), (None, "best possible here", number((np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1), 4)),
    )  # fmt: skip
    labels = (
        f"the plane of η times λ and β; the bowl lies from {number(eta / kappa, 4)} to {number(eta)} at β = {number(beta)}",
        f"the unit circle with the eigenvalues of the floor, of size {number(floor, 4)}, and of the walls, of size {number(walls, 4)}",
    )
    return Description(labels, cells, sentence(eta, beta, kappa))


def steps_for_a_tenth(size: float) -> str:
    """How many steps leave a tenth in the long run."""
    return "one" if size < 1e-9 else "∞" if size >= 1 - 1e-12 else number(np.log(10) / -np.log(size), 3)


def long_run(step: float, beta: float) -> float:
    """What a step leaves in the long run, from the eigenvalues of its matrix as NumPy finds them: the roots of `radius` are not used."""
    return float(np.abs(np.linalg.eigvals(np.array([[1 + beta - step, -beta], [1.0, 0.0]]))).max())


def sentence(eta: float, beta: float, kappa: float) -> Told:
    """What there is to see, told by the numbers alone."""
    floor, walls, root = float(radius(eta / kappa, beta)), float(radius(eta, beta)), float(np.sqrt(beta))
    if max(floor, walls) > 1 + 1e-9:
        return told(
            "The walls lie beyond the line η·λ = 2(1 + β): an eigenvalue is outside the circle, and the ball flies off.",
            lambda: long_run(eta, beta) > 1 and eta > 2 * (1 + beta),
        )
    if max(floor, walls) > 1 - 1e-9:
        return told(
            "The walls lie on the line η·λ = 2(1 + β): an eigenvalue is on the circle, and that part never dies out.",
            lambda: abs(long_run(eta, beta) - 1) < 1e-6,
        )
    if max(floor, walls) < root + 1e-7:
        return told(
            "All of the bowl lies between the green lines: every axis swings and loses the same, √β. A smaller β would be faster, until an end leaves.",
            lambda: max(abs(long_run(step, beta) - root) for step in np.linspace(eta / kappa, eta, 9)) < 1e-3,
        )
    if kappa > 1 and abs(floor - walls) <= 1e-9:
        return told(
            "Both ends are equally slow, outside the green lines on either side: with this β no other η is better. More β takes them in.",
            lambda: abs(long_run(eta, beta) - long_run(eta / kappa, beta)) < 1e-6,
        )
    if floor > walls + 1e-9 or eta < (1 - root) ** 2:
        return told(
            "The floor lies outside the green lines and is the slower end: it creeps. More η, or more β, takes it in.",
            lambda: long_run(eta / kappa, beta) >= long_run(eta, beta) - 1e-6,
        )
    return told(
        "The walls are the slower end: their real eigenvalue is nearer to the circle. Less η, or more β, takes them in.",
        lambda: long_run(eta, beta) >= long_run(eta / kappa, beta) - 1e-6,
    )


def momentum_map_explorer(eta: float = 1.0, beta: float = 0.5, kappa: float = 10, yours=None):
    """Move a bowl over the plane of ηλ and β, and find the place where its slower end is as fast as possible.

    `eta` is the learning rate times the largest curvature, from 0 to 4, `beta` the momentum, from 0 to below 1, `kappa` the condition
    number. `yours` is a function of yours that takes eta, lam and beta and returns the heavy ball's matrix, or what a step leaves. What to find out: which end of the bowl is slow, and what do the green lines have to do with the best η and β?
    """
    return scene(eta, beta, kappa, yours).explorer()


def scene(eta: float = 1.0, beta: float = 0.5, kappa: float = 10, yours=None) -> Scene:
    """The scene of the explorer."""
    eta, beta, kappa = (float(finite(v, name, ())) for v, name in ((eta, "eta"), (beta, "beta"), (kappa, "kappa")))
    if not 0 < eta <= 4:
        raise ValueError(f"eta is {eta:g}. It is η times the largest curvature here, above 0 and at most 4; try eta=1.")
    if not 0 <= beta < 1:
        raise ValueError(f"beta is {beta:g}. It should be from 0 to below 1: with 1 the ball would never slow down; try beta=0.5.")
    if kappa < 1:
        raise ValueError(f"kappa is {kappa:g}. A condition number is at least 1; try kappa=10.")
    kappas = stops(KAPPAS, kappa)
    return Scene(
        "momentum-map",
        (
            Control("eta", "η · λₘₐₓ", "the learning rate, times the largest curvature", stops(ETAS, eta), eta),
            Control("beta", "β", "momentum", stops(BETAS, beta), beta),
            Control("kappa", "κ", "the condition number", kappas, kappa, lambda v: number(v, 5)),
        ),
        (MAP, ROOTS), lambda axes, **state: draw(axes, **state, betas=stops(BETAS, beta)), describe, lambda axes: draw_map(axes),
        presets=(
            Preset("without momentum", "β = 0", {"beta": 0.0}), Preset("all of it swings", "between the green lines", {"eta": 2.0, "beta": 0.4}),
            Preset("too much β", "√β rules", {"beta": 0.9}), Preset("beyond", "η·λ above 2(1 + β)", {"eta": 3.2, "beta": 0.5}),
        ),
        goal=Goal("find the η at which the walls lose nothing any more, and gain nothing.", lambda eta, beta, kappa: abs(radius(eta, beta) - 1) < 1e-6),
        shown=("floor: a step leaves", "walls: a step leaves"), prints=({}, {"beta": 0.0}, {"eta": 2.0, "beta": 0.4}, {"eta": 3.2}),
        yours=yours and Yours(
            asked(yours), lambda eta, beta, kappa: momentum_map_yours.offer(eta, beta),
            lambda one, value, eta, beta, kappa: momentum_map_yours.beside(one, value, eta, beta, kappa, radius),
        ),
    )  # fmt: skip
