"""Properties that families of exercises share: the slope between two points, the order of an error."""

from __future__ import annotations

import numpy as np

from ..shared.functions import Function
from .compare import Tolerance, numeric, roundoff


def slope_between(f: Function, a: float, b: float) -> float:
    """The slope of the line through two points of the graph of `f`."""
    (x0, x1), (y0, y1) = (a, b), (float(f(a)), float(f(b)))
    return (y1 - y0) / (x1 - x0)


def slope_tolerance(f: Function, a: float, b: float) -> Tolerance:
    """How far two correct ways to compute that slope may differ."""
    return roundoff(max(abs(float(f(a))), abs(float(f(b))), 1.0), b - a)


def observed_order(hs, errors) -> float:
    """The slope of log(error) against log(h), by least squares: 1 for a first-order method. Needs positive errors."""
    return float(np.polyfit(np.log(hs), np.log(np.maximum(errors, 1e-300)), 1)[0])


def falls_like(coarse: float, fine: float, ratio: float, order: float, floor: float = 0.0) -> bool:
    """Whether an error falls at least as fast as h**order (short by 0.25 at most) from a step to one `ratio` times smaller.

    An error below `floor` is rounding: it need not fall. A NaN never falls.
    """
    return bool(fine <= max(coarse / ratio ** (order - 0.25), floor))


def best_central(scale: float, leeway: float = 10.0) -> Tolerance:
    """For a central difference at anybody's sensible step: `leeway` times the error at the best one, about eps**(2/3).

    `scale` is the size of f and its derivatives near the point. Steps within a factor of ten of the best pass; a one-sided
    difference, whose best error is about sqrt(eps), does not.
    """
    return numeric(2, leeway * scale)
