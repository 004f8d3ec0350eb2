"""The Adam explorer: a valley along the axes or turned, descended by Adam, and by plain descent and the heavy ball at their best."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.contours import draw_contours
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..inputs.checks import finite, stops
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told
from ..widgets.yours import Yours
from . import adam_yours

STEPS, GOAL = 600, 1e-4
MAP = Chart((-1.7, 1.7), (-1.7, 1.7), title="the valley, and three paths", width=330, height=310, left=40)
LOSS = Chart((0, STEPS), (1e-9, 10), title="the loss, in units of the first", xlabel="step t", ylog=True, width=400, height=310)
ETAS = (0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3)
ANGLES, KAPPAS = (0, 5, 15, 30, 45), (1, 10, 100, 400)
ADAM, PLAIN, BALL = (ORANGE, "-"), (BLUE, "--"), (GREEN, "-.")
BETAS, EPS = (0.9, 0.999), 1e-8


def valley(kappa: float, angle: float) -> tuple[np.ndarray, np.ndarray]:
    """The matrix of a valley of curvatures 1/κ and 1, turned by this many degrees, and a start at the same place of it."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]])
    return turn @ np.diag([1 / kappa, 1.0]) @ turn.T, turn @ np.ones(2)


@lru_cache(256)
def adam_path(eta: float, kappa: float, angle: float) -> np.ndarray:
    """Adam's points (Kingma and Ba 2015), shape ``(STEPS + 1, 2)``."""
    A, theta = valley(kappa, angle)
    m, v, points, (beta1, beta2) = np.zeros(2), np.zeros(2), [theta], BETAS
    for t in range(1, STEPS + 1):
        g = A @ theta
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        theta = theta - eta * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + EPS)
        points.append(theta)
    return np.array(points)


@lru_cache(64)
def plain_path(kappa: float, angle: float) -> np.ndarray:
    """Gradient descent at its best η, 2/(1 + 1/κ), shape ``(STEPS + 1, 2)``."""
    A, theta = valley(kappa, angle)
    points = [theta]
    for _ in range(STEPS):
        theta = theta - 2 / (1 + 1 / kappa) * (A @ theta)
        points.append(theta)
    return np.array(points)


@lru_cache(64)
def ball_path(kappa: float, angle: float) -> np.ndarray:
    """The heavy ball at its best η and β, shape ``(STEPS + 1, 2)``."""
    A, theta = valley(kappa, angle)
    root, velocity, points = np.sqrt(kappa), np.zeros(2), [theta]
    for _ in range(STEPS):
        velocity = ((root - 1) / (root + 1)) ** 2 * velocity - 4 / (1 + 1 / root) ** 2 * (A @ theta)
        theta = theta + velocity
        points.append(theta)
    return np.array(points)


def losses(points: np.ndarray, kappa: float, angle: float) -> np.ndarray:
    """The loss along a path, in units of the first, shape ``(STEPS + 1,)``."""
    f = np.einsum("ti,ij,tj->t", points, valley(kappa, angle)[0], points)
    return f / f[0]


def arrives(loss: np.ndarray) -> int | None:
    """From which step on the loss stays below `GOAL`; None where it is not so at the end."""
    above = np.flatnonzero(~(loss < GOAL))
    return None if above.size and above[-1] == len(loss) - 1 else int(above[-1]) + 1 if above.size else 0


def draw_still(axes, kappa: float, angle: float) -> None:
    """The valley, and plain descent."""
    A, _ = valley(kappa, angle)
    draw_contours(
        axes[0],
        lambda x, z: A[0, 0] * x**2 + 2 * A[0, 1] * x * z + A[1, 1] * z**2,
        MAP.xlim,
        MAP.ylim,
        [(k * 0.2) ** 2 for k in range(1, 8)],
    )
    for points, (color, line) in ((plain_path(kappa, angle), PLAIN), (ball_path(kappa, angle), BALL)):
        axes[0].plot(*points[:7].T, color=color, linestyle=line, linewidth=1.5)  # more would cover the valley
        axes[1].plot(np.arange(STEPS + 1), np.clip(losses(points, kappa, angle), 1e-12, 10), color=color, linestyle=line, linewidth=2)
    note(axes[1], "plain", (STEPS, np.clip(losses(plain_path(kappa, angle), kappa, angle)[-1], 1e-8, 10)), (-4, 12), ha="right")
    at = int(np.argmax(losses(ball_path(kappa, angle), kappa, angle) < 1e-7))
    note(axes[1], "heavy ball", (at, 1e-7), (10, 0))
    axes[1].plot([0, STEPS], [GOAL, GOAL], color=INK, linestyle=":", linewidth=1.5)


def draw(axes, eta: float, kappa: float, angle: float) -> None:
    """Adam's path and its loss."""
    points = adam_path(eta, kappa, angle)
    axes[0].plot(*points[:200].T, color=ORANGE, linewidth=2)
    axes[0].plot(*points[:1].T, color=INK, linestyle="", marker="s", markersize=8)
    axes[1].plot(np.arange(STEPS + 1), np.clip(losses(points, kappa, angle), 1e-12, 10), color=ORANGE, linewidth=2)


def describe(eta: float, kappa: float, angle: float) -> Description:
    """The words of a state."""
    paths = adam_path(eta, kappa, angle), plain_path(kappa, angle), ball_path(kappa, angle)
    mine, plain, ball = counts = [arrives(losses(path, kappa, angle)) for path in paths]
    said = [str(steps) if steps is not None else f"more than {STEPS}" for steps in counts]
    cells = (
        (None, "η of Adam", number(eta)), (ADAM, "Adam: steps to 10⁻⁴", said[0]), (PLAIN, "plain descent", said[1]), (BALL, "heavy ball", said[2]),
        (None, "κ", number(kappa)), (None, "turned by", f"{number(angle)}°"),
    )  # fmt: skip
    labels = (
        f"contours of a valley with condition number {number(kappa)}, turned by {number(angle)} degrees, with the paths of Adam, plain descent and the heavy ball",
        f"the losses against the step, logarithmic: a ten-thousandth is reached after {said[0]} steps by Adam, {said[1]} by plain descent, {said[2]} by the heavy ball",
    )
    return Description(labels, cells, sentence(eta, kappa, angle, mine, ball))


def sentence(eta: float, kappa: float, angle: float, mine: int | None, ball: int | None) -> Told:
    """What there is to see, told by the counts alone: the steps of Adam and of the heavy ball."""

    def last_above(points: np.ndarray, turned: float = angle) -> int:
        """The last step at which the loss is not below the goal, by going back along the path; -1 when there is none."""
        A = valley(kappa, turned)[0]
        most = GOAL * points[0] @ A @ points[0]
        return next((t for t in range(STEPS, -1, -1) if not points[t] @ A @ points[t] < most), -1)

    if mine is None:
        return told(
            "Adam does not arrive in the picture with this η: too small and it creeps, too large and it circles the minimum. Try another η.",
            lambda: last_above(adam_path(eta, kappa, angle)) == STEPS,
        )
    if angle == 0:
        return told(
            "Along the axes Adam gives each direction a step of its own: the count is the same for every κ. Change κ, then turn the valley.",
            lambda: np.ptp([arrives(losses(adam_path(eta, one, 0), one, 0)) for one in KAPPAS]) <= 1,
        )
    if ball is not None and ball < mine:
        return told(
            "The valley is turned, and Adam looks at the parameters one by one. The heavy ball at its best is ahead, and does not care how the valley lies.",
            lambda: (
                angle > 0
                and last_above(ball_path(kappa, angle)) < last_above(adam_path(eta, kappa, angle))
                and last_above(ball_path(kappa, angle)) == last_above(ball_path(kappa, 0), 0)
            ),
        )
    return told(
        "Adam is ahead of the heavy ball at its best, though the valley is turned. Would a longer valley change that?",
        lambda: angle > 0 and last_above(adam_path(eta, kappa, angle)) <= last_above(ball_path(kappa, angle)),
    )


def adam_explorer(eta: float = 0.1, kappa: float = 400, angle: float = 0, yours=None):
    """Send Adam down a valley, beside plain descent and the heavy ball at their best, then turn the valley.

    `eta` is Adam's learning rate, above 0, `kappa` the condition number of the valley, at least 1, `angle` by how many degrees it is turned against
    the axes of the parameters, from 0 to 45. `yours` is a function of yours that takes one step: theta, g, m, v, t and eta, and returns
    the new theta, m and v. What to find out: how do Adam's steps depend on κ when the valley lies along an axis, and when it does not?
    """
    return scene(eta, kappa, angle, yours).explorer()


def scene(eta: float = 0.1, kappa: float = 400, angle: float = 0, yours=None) -> Scene:
    """The scene of the explorer."""
    eta, kappa, angle = (float(finite(v, name, ())) for v, name in ((eta, "eta"), (kappa, "kappa"), (angle, "angle")))
    if not eta > 0:
        raise ValueError(f"eta is {eta:g}. It should be greater than 0, or no step is taken; try eta=0.1.")
    if kappa < 1:
        raise ValueError(f"kappa is {kappa:g}. A condition number is at least 1; try kappa=100.")
    if not 0 <= angle <= 45:
        raise ValueError(f"angle is {angle:g}. It should be from 0 to 45 degrees; try angle=30.")
    return Scene(
        "adam",
        (
            Control("eta", "η", "Adam's learning rate", stops(ETAS, eta), eta),
            Control("kappa", "κ", "the condition number", stops(KAPPAS, kappa), kappa, lambda v: number(v, 5)),
            Control("angle", "angle", "by how many degrees the valley is turned", stops(ANGLES, angle), angle),
        ),
        (MAP, LOSS), draw, describe, draw_still,
        ahead=lambda kappa, angle: (adam_path(eta, kappa, angle), plain_path(kappa, angle), ball_path(kappa, angle)),
        presets=(
            Preset("along the axes", "angle 0, κ = 400", {}) if (eta, kappa, angle) == (0.1, 400, 0) else Preset("back to the start", "where it began", {}),
            *(() if eta not in ETAS else (Preset("turned", "the same valley at 45°", {"angle": 45}), Preset("round", "κ = 1", {"kappa": 1}))),
        ),
        goal=Goal("find an η with which Adam needs more than 150 steps.", lambda eta, kappa, angle: (arrives(losses(adam_path(eta, kappa, angle), kappa, angle)) or STEPS + 1) > 150),
        shown=("Adam: steps to 10⁻⁴", "plain descent"), prints=({}, {"angle": 45}, {"kappa": 10}),
        yours=yours and Yours(
            asked(yours), lambda eta, kappa, angle: adam_yours.offer(*valley(kappa, angle), np.zeros(2), np.zeros(2), 1, eta),
            lambda one, value, eta, kappa, angle: adam_yours.beside(one, value, *valley(kappa, angle), eta, adam_path(eta, kappa, angle), lambda points: losses(points, kappa, angle)),
        ),
    )  # fmt: skip
