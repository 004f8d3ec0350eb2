"""What the landscape explorer says of a path: read off its points, and checked against f or its heights."""

from __future__ import annotations

import numpy as np

from ..drawing.digits import number
from ..widgets.told import NOTHING, Told, told


def of_menu(landscape: str, start: str, points: np.ndarray, heights: np.ndarray, at: int, stay: float) -> Told:
    """The sentence for one of the menu's landscapes; `stay` is how far from 0 a path counts as being on the map."""
    end = points[-1]
    if np.abs(end).max() > stay and at == len(points) - 1:
        return told(
            "It falls without end: there is no minimum in this direction. A falling loss is no promise of a place to arrive.",
            lambda: np.all(np.diff(heights) < 0) and heights[-1] < heights[0] - 10,
        )
    if landscape.startswith("saddle") and start == "on the ridge":
        return told(
            "Straight to the centre, and there it stays: the gradient is zero, and it is no minimum. Beside the ridge it would leave.",
            lambda: np.abs(end).max() < 1e-6 and np.all(points[:, 1] == 0) and saddle(0.0, 0.01) < saddle(0.0, 0.0) < saddle(0.01, 0.0),
        )
    if landscape.startswith("saddle"):
        nearest = np.hypot(*points.T).min()
        return told(
            f"Beside the ridge: it came as close to the centre as {number(nearest, 2)}",
            lambda: 0 < nearest <= np.sqrt((points**2).sum(axis=1)).min() + 1e-12 and points[0, 1] != 0,
        ) + (
            told(", and leaves it for good.", lambda: np.abs(end).max() > 2 * nearest and np.all(np.diff(np.abs(points[:, 1])) > 0))
            if np.hypot(*end) > 2 * nearest
            else told(".", lambda: np.hypot(*end) <= 2 * nearest)
        )
    if landscape == "Rosenbrock":
        lengths = np.hypot(*np.diff(points, axis=0).T)
        return told(
            "Quickly into the curved valley, then in tiny steps along its floor. The minimum is at (1, 1), and it takes thousands of steps.",
            lambda: lengths[-1] < 0.05 * lengths[0] and abs(end[1] - end[0] ** 2) < 0.1 and 0.05 < np.hypot(*(end - 1)),
        )
    if landscape.startswith("2x³"):
        return (
            told(
                "It creeps towards the flat point x = 0 and takes ever smaller steps: zero gradient, no minimum.",
                lambda: (
                    np.all(np.diff(points[:, 0]) <= 0)
                    and points[-1, 0] >= 0
                    and abs(end[0] - points[-2, 0]) < abs(points[1, 0] - points[0, 0])
                ),
            )
            if end[0] > -0.05
            else told(
                "Left of 0 the cubic falls away. The steps grow and grow.",
                lambda: points[0, 0] < 0 and np.all(np.diff(np.abs(np.diff(points[:, 0]))) > 0),
            )
        )
    return told(
        f"It ends in the valley at x = {number(end[0], 3)}. Which valley depends on the start alone; only one of them is the deeper.",
        lambda: np.hypot(*(end - points[-2])) < 1e-3 and np.all(heights[-1] <= heights + 1e-9),
    )


def saddle(x: float, z: float) -> float:
    """The saddle of the menu, written once more."""
    return x**2 - z**2


def of_own(one, points: np.ndarray, heights: np.ndarray, at: int, steps: int, stay: float) -> Told:
    """What the numbers of a learner's own f say of the path to step `at`; `heights` are those of the points up to there."""
    size, first = float(np.hypot(*one.gradient(*points[at]))), float(np.hypot(*one.gradient(*points[0])))
    left = np.abs(points[at]).max() > stay + np.abs(points[0]).max()
    f = lambda k: float(one.f(*points[k]))
    if at == len(points) - 1 < steps and not left:
        words = told(
            "Here the path ends: the next step would lead where f, or its gradient, has no value.",
            lambda: not np.isfinite(points[at] - one.eta * np.array(one.gradient(*points[at]))).all(),
        )
    elif at == 0:
        words = told("The start. The next step goes against the gradient, straight down.", lambda: len(heights) == 1)
    elif left and heights[-1] < heights[0]:
        words = told(
            "It falls and falls, far beyond the map: in this direction there may be no minimum to arrive at.", lambda: f(at) < f(0)
        )
    elif left:
        words = told(
            f"The path leaves the map, and f is no lower there: η = {number(one.eta, 4)} is too large for this f.", lambda: not f(at) < f(0)
        )
    elif np.any(np.diff(heights) > 1e-12 * (1 + np.abs(heights[:-1]))):
        words = told(
            f"Some steps go up, not down: η = {number(one.eta, 4)} is larger than this f likes.",
            lambda: any(f(k + 1) > f(k) for k in range(at)),
        )
    elif size <= 1e-6 * max(first, 1e-300):
        words = told(
            "The gradient has almost vanished, and the path stands still. Minimum or saddle: the contours tell, the gradient does not.",
            lambda: one.eta * size <= 1e-5 * one.eta * first + 1e-300,
        )
    else:
        words = told(
            "Each step so far has lowered f. The gradient is not zero yet, so there is still some way to go.",
            lambda: all(f(k + 1) <= f(k) for k in range(at)) and size > 0,
        )
    return words + (told(" ∇f is measured, by central differences.", lambda: one.measured) if one.measured else NOTHING)
