"""Properties that families of exercises share: the slope between two points, the order of an error."""

from __future__ import annotations

import numpy as np

from ..shared.functions import Function
from .compare import Tolerance, numeric, roundoff


def one_by_one(f, x):
    """f at every number of `x`, asked one at a time, in the shape of `x`; a float for a number."""
    x = np.asarray(x)
    return float(f(x.item())) if x.ndim == 0 else np.array([float(f(v)) for v in x.ravel().tolist()]).reshape(x.shape)


def slope_between(f: Function, a, b):
    """The slope of the line through two points of the graph of `f`; for arrays of points, of each pair."""
    run = np.asarray(b, float) - np.asarray(a, float)
    return (one_by_one(f, b) - one_by_one(f, a)) / (run if run.ndim else float(run))


def slope_tolerance(f: Function, a, b) -> Tolerance:
    """How far two correct ways to compute that slope may differ: f and the place of the far point are rounded, for each pair."""
    values, places = np.maximum(abs(one_by_one(f, a)), abs(one_by_one(f, b))), np.maximum(np.abs(a), np.abs(b))
    return roundoff(np.maximum(values, 1.0) + places * abs(slope_between(f, a, b)), np.asarray(b, float) - np.asarray(a, float))


def observed_order(hs, errors) -> float:
    """The slope of log(error) against log(h), by least squares: 1 for a first-order method. Needs positive errors."""
    return float(np.polyfit(np.log(hs), np.log(np.maximum(errors, 1e-300)), 1)[0])


def falls_like(coarse: float, fine: float, ratio: float, order: float, floor: float = 0.0) -> bool:
    """Whether an error falls at least as fast as h**order (short by 0.25 at most) from a step to one `ratio` times smaller.

    An error below `floor` is rounding: it need not fall. A NaN never falls.
    """
    return bool(fine <= max(coarse / ratio ** (order - 0.25), floor))


def step_is_used(t, calls, h: float, ours, exact, rounding, leeway: float = 1.2) -> None:
    """Miss unless a central difference with the given step errs no more than `ours` does, but for `rounding`, and follows h where it is
    neither small nor far away.

    `calls` are those with h and with h/2. A difference of higher order, which errs less, is one as well; a step that is raised
    or scaled up errs more, one that is capped gives the same numbers for two steps. `leeway` is for formulas that err by another factor.
    """
    values = t.each(calls) if 0.1 < h < 100 else [t(*calls[0])]  # of the powers of `powers_at_zero` a better difference makes 0
    off, allowed = np.abs(np.asarray(values[0]) - exact), leeway * np.abs(np.asarray(ours) - exact) + rounding
    worst = np.unravel_index(np.argmax(off - allowed), np.shape(off))
    t.holds(
        bool(np.all(off <= allowed)),
        f"an error of {off[worst]:.3g}",
        f"{allowed[worst]:.3g} at most",
        f"With h = {h:g} the points are {h:g} away on either side, wherever x is.",
    )
    t.holds(
        len(values) == 1 or bool(np.any(values[0] != values[1])),
        f"the same for h = {h:g} and h = {h / 2:g}",
        "numbers that depend on h a little",
        "Use the h that is given, however large.",
    )


def best_central(scale: float, leeway: float = 10.0) -> Tolerance:
    """For a central difference at anybody's sensible step: `leeway` times the error at the best one, about eps**(2/3).

    `scale` is the size of f and its derivatives near the point. Steps within a factor of ten of the best pass; a one-sided
    difference, whose best error is about sqrt(eps), does not.
    """
    return numeric(2, leeway * scale)
