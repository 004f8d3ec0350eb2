"""The ridge explorer: a price on large slopes, for two features that say nearly the same, against the length of the valley.

Both features are standardised and have the correlation r. So the loss has the curvature 2(1 + r) along (1, 1) and 2(1 − r) along (1, −1).
"""

from __future__ import annotations

import numpy as np

from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, INK
from ..drawing.symbols import PATH
from ..inputs.checks import finite, stops
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told

BEST, STEPS = np.array([2.0, 0.0]), 12  # the slopes of least squares; the steps of descent that are drawn
ALPHAS = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
RS = (0.0, 0.5, 0.9, 0.98, 0.998)
MAP = Chart((-1.2, 3.2), (-1.2, 2.2), title="loss and price; 12 steps with η = 1/λₘₐₓ", xlabel="θ₁", ylabel="θ₂", width=400, height=310)
VALLEY = Chart(
    (1e-3, 1), (1, 2000), title="the length of the valley: κ for each α", xlabel="α", xlog=True, ylog=True, width=360, height=310
)


def hessian(r: float, alpha: float) -> np.ndarray:
    """The second derivatives of the loss with its price, ``(2, 2)``."""
    return 2 * np.array([[1 + alpha, r], [r, 1 + alpha]])


def kappa(r: float, alpha: float) -> float:
    """The condition number: the quotient of the curvatures."""
    return (1 + r + alpha) / (1 - r + alpha)


def lowest(r: float, alpha: float) -> np.ndarray:
    """The slopes at which loss and price together are smallest, ``(2,)``."""
    return np.linalg.solve(hessian(r, alpha), hessian(r, 0) @ BEST)


def lost(r: float, alpha: float) -> float:
    """By how much the mean squared error at the lowest point is above its minimum."""
    way = lowest(r, alpha) - BEST
    return float(way @ hessian(r, 0) @ way / 2)


def path(r: float, alpha: float) -> np.ndarray:
    """Gradient descent from (−1, 1) with η = 1/λₘₐₓ, which does not zigzag, ``(STEPS + 1, 2)``."""
    H, low = hessian(r, alpha), lowest(r, alpha)
    points = [np.array([-1.0, 1.0])]
    for _ in range(STEPS):
        points.append(points[-1] - H @ (points[-1] - low) / (2 * (1 + r + alpha)))
    return np.array(points)


def draw_still(axes, r: float) -> None:
    """The least-squares slopes, and κ for each price."""
    axes[0].plot(*BEST[:, None], color=GREEN, linestyle="", marker="D", markersize=8)
    note(axes[0], "least squares", BEST, (0, -14), ha="center")
    alphas = np.geomspace(1e-3, 1, 60)
    axes[1].plot(alphas, kappa(r, alphas), color=BLUE, linewidth=2)


def draw(axes, alpha: float, r: float) -> None:
    """Contours of loss and price together, the descent, and where κ stands."""
    H, low = hessian(r, alpha), lowest(r, alpha)
    draw_contours(
        axes[0],
        lambda x, z: H[0, 0] * (x - low[0]) ** 2 / 2 + H[0, 1] * (x - low[0]) * (z - low[1]) + H[1, 1] * (z - low[1]) ** 2 / 2,
        MAP.xlim,
        MAP.ylim,
        [0.02 * 4**k for k in range(6)],
    )
    axes[0].plot(*path(r, alpha).T, color=PATH[0], linewidth=1.8, marker="o", markersize=3)
    axes[0].plot(*low[:, None], color=INK, linestyle="", marker="o", markersize=8)
    axes[1].plot([max(alpha, 1e-3)], [kappa(r, alpha)], color=BLUE, linestyle="", marker="o", markersize=10)


def describe(alpha: float, r: float) -> Description:
    """The words of a state."""
    low, k = lowest(r, alpha), kappa(r, alpha)
    cells = (
        (None, "α", number(alpha)), ((BLUE, "-"), "κ", number(k, 3)), (None, "error above the least", number(lost(r, alpha), 3)),
        (PATH, f"still to go after {STEPS} steps", number(float(np.linalg.norm(path(r, alpha)[-1] - low)), 3)),
        (None, "θ₁", number(float(low[0]), 3)), (None, "θ₂", number(float(low[1]), 3)), (None, "correlation", number(r)),
    )  # fmt: skip
    labels = (
        f"contours of the loss with the price α = {number(alpha)}, lowest at ({number(float(low[0]), 3)}, {number(float(low[1]), 3)}), and {STEPS} steps of descent",
        f"the condition number against α, logarithmic: {number(k, 3)} at α = {number(alpha)}",
    )
    return Description(labels, cells, sentence(alpha, r))


def sentence(alpha: float, r: float) -> Told:
    """What there is to see: what the price does to the valley, and which slopes give way."""

    def quotient(of: float) -> float:
        low, high = np.linalg.eigvalsh(hessian(r, of))
        return float(high / low)

    if alpha == 0:
        return told(
            f"No price: the lowest point is that of least squares, and κ is {number(kappa(r, 0), 3)}.",
            lambda: bool(np.allclose(lowest(r, 0), BEST)) and np.isclose(quotient(0), kappa(r, 0)),
        )
    if r == 0:
        return told(
            "The features have nothing in common: κ is 1 with and without a price. The price only makes both slopes smaller by the same factor.",
            lambda: (
                np.isclose(quotient(alpha), 1) and np.isclose(quotient(0), 1) and bool(np.allclose(lowest(r, alpha) * (1 + alpha), BEST))
            ),
        )
    return told(
        f"The price adds {number(2 * alpha)} to each curvature: κ falls from {number(kappa(r, 0), 3)} to {number(kappa(r, alpha), 3)}. "
        "What gives way most is the difference of the slopes, which the data hardly tell.",
        lambda: (
            np.allclose(np.linalg.eigvalsh(hessian(r, alpha)) - np.linalg.eigvalsh(hessian(r, 0)), 2 * alpha)
            and np.isclose(quotient(alpha), kappa(r, alpha))
            and abs(np.subtract(*lowest(r, alpha)) - 2) > abs(np.sum(lowest(r, alpha)) - 2)
        ),
    )


def ridge_explorer(alpha: float = 0.0, r: float = 0.98):
    """Put a price on the slopes of two features that are nearly alike, and watch the valley become round.

    `alpha` is the price, from 0 to 1, `r` the correlation of the features, from 0 to 0.999. What to find out: what does the price repair, and what does
    it cost?
    """
    return scene(alpha, r).explorer()


def scene(alpha: float = 0.0, r: float = 0.98) -> Scene:
    """The scene of the explorer."""
    alpha, r = (float(finite(value, name, ())) for value, name in ((alpha, "alpha"), (r, "r")))
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha is {alpha:g}. It should be from 0, no price, to 1; try alpha=0.1.")
    if not 0 <= r <= 0.999:
        raise ValueError(f"r is {r:g}. A correlation here is from 0 to 0.999, for at 1 the valley has no end; try r=0.98.")
    return Scene(
        "ridge",
        (
            Control("alpha", "α", "the price on large slopes", stops(ALPHAS, alpha), alpha),
            Control("r", "correlation", "how much the two features say the same", stops(RS, r), r),
        ),
        (MAP, VALLEY), draw, describe, draw_still,
        presets=(Preset("a small price", "α = 0.01", {"alpha": 0.01}), Preset("nothing in common", "r = 0", {"r": 0.0}), Preset("nearly the same", "r = 0.998", {"r": 0.998})),
        goal=Goal("find an α with which κ is below 20 and the error less than 0.05 above least squares.", lambda alpha, r: kappa(r, alpha) < 20 and lost(r, alpha) < 0.05),
        shown=("κ", "error above the least"), prints=({}, {"alpha": 0.1}, {"r": 0.0, "alpha": 0.1}),
    )  # fmt: skip
