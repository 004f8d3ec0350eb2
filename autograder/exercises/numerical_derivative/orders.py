"""The order of an error, seen in data."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    Array,
    CheckOnly,
    Tolerance,
)

from ._lesson import lesson

observed_order = lesson.exercise(
    "observed_order",
    3,
    "read the order of a method from its errors",
    signature="hs, errors",
    minutes=10,
    difficulty=3,
    returns=Array(),
    tolerance=None,
    clauses={
        "The order of a method, from its errors": "reads_the_exponent",
        "Steps that are smaller than": "leaves_rounding_out",
        "The steps may come in any order": "takes_steps_in_any_order",
        "All errors are positive": "prose",
    },
    hints=(
        "If error = C * h**p, then log(error) = log(C) + p * log(h): a straight line with the slope p.",
        "np.polyfit(x, y, 1) gives slope and intercept of the best line. What are x and y here?",
        "Left of the smallest error rounding rules. Keep the steps that are at least as large as the one with the smallest error.",
        "The steps may come in any order: choose them by comparing values, not by slicing.",
    ),
)
_FIT = Tolerance(1e-8, 1e-8, "a straight line through points that lie on it, up to the rounding of their logarithms")
_ROUNDING = Tolerance(0, 0.15, "rounding lifts the smallest kept error up to (1 + p)-fold: over seven decades the ends alone tilt by 0.07")


@observed_order.cases
def power_laws(rng):
    for p in (1, 2, 4, round(float(rng.uniform(0.5, 2)), 4), round(float(rng.uniform(2, 3.5)), 4)):
        hs = round(float(rng.uniform(0.2, 0.9)), 2) * 2.0 ** -np.arange(int(rng.integers(4, 8)))
        yield hs, round(float(rng.uniform(0.2, 5)), 1) * hs**p, CheckOnly(float(p))
    yield np.array([8, 4, 2, 1]), np.array([192, 48, 12, 3]), CheckOnly(2.0)
    yield np.array([8, 4, 2, 1]), np.array([24, 12, 6, 3]), CheckOnly(1.0)  # another method at the same steps
    yield np.array([0.2, 0.1]), np.array([0.2, 0.1]) ** 3 * 1e-8, CheckOnly(3.0)
    yield 10.0 ** np.arange(3, -4, -1), 1e4 * 10.0 ** np.arange(3, -4, -1), CheckOnly(1.0)


@observed_order.check(weight=2)
def reads_the_exponent(t, hs, errors, p):
    """Where error = C·hᵖ, it returns p"""
    t.equal(t(hs, errors), p, "On log-log paper these points lie on a straight line. Its slope is the order.", _FIT)


def _with_rounding(rng, p: float) -> tuple[np.ndarray, np.ndarray]:
    """Steps over 16 decades. Rounding rules in the smaller half of them: seven decades are kept, and any sensible line through them has the slope p.

    Where it sets in, and how small the errors are, is another thing for each p: no fixed bound on either tells the halves apart.
    """
    hs, best = 10.0 ** -np.arange(0.5, 17, 0.5), 1e-8
    errors = round(float(rng.uniform(0.5, 2)), 1) * (hs**p + round(float(rng.uniform(0.5, 2)), 1) * best ** (p + 1) / hs)
    unit = {1.0: 1.0, 2.0: 1e5, 3.0: 1e-2}[p]
    return np.array([float(f"{unit * h:.2g}") for h in hs]), np.array([float(f"{error:.2g}") for error in errors])


def v_shaped(rng):
    """Errors as they are measured: a power of h, and rounding divided by h."""
    for p in (1.0, 2.0, 3.0):
        yield *_with_rounding(rng, p), CheckOnly(p)


@observed_order.check(cases=v_shaped, needs=("reads_the_exponent",))
def leaves_rounding_out(t, hs, errors, p):
    """It leaves out the steps that are so small that rounding rules"""
    t.equal(
        t(hs, errors),
        p,
        "These errors fall, then rise again as h shrinks. Only the steps from the smallest error upward show the order.",
        _ROUNDING,
    )


def any_order(rng):
    """The same, smallest step first, and shuffled."""
    for p in (1.0, 2.0, 3.0):
        hs, errors = _with_rounding(rng, p)
        shuffle = rng.permutation(len(hs))
        yield hs[::-1].copy(), errors[::-1].copy(), CheckOnly(p)
        yield hs[shuffle], errors[shuffle], CheckOnly(p)


@observed_order.check(cases=any_order, needs=("leaves_rounding_out",))
def takes_steps_in_any_order(t, hs, errors, p):
    """The steps may come in any order"""
    t.equal(
        t(hs, errors),
        p,
        "The steps are not sorted here. Keep those with h at least as large as the best h, wherever they stand.",
        _ROUNDING,
    )


def _line(x, y):
    return float(np.polyfit(x, y, 1)[0])


def _kept(hs, errors):
    return hs >= hs[np.argmin(errors)]


@observed_order.mistake("You take the logarithm of h only. Take it of the errors too.")
def log_of_h_only(hs, errors):
    keep = _kept(hs, errors)
    return _line(np.log(hs[keep]), errors[keep])


@observed_order.mistake("This is the slope without logarithms. A power law becomes a straight line only when both axes are logarithmic.")
def no_logarithms(hs, errors):
    keep = _kept(hs, errors)
    return _line(hs[keep], errors[keep])


@observed_order.mistake("Your axes are exchanged, so you found 1/p. The errors belong on the y axis.")
def inverse_slope(hs, errors):
    keep = _kept(hs, errors)
    return _line(np.log(errors[keep]), np.log(hs[keep]))


@observed_order.mistake("The sign is wrong: as h shrinks the error shrinks, so the slope of log(error) against log(h) is positive.")
def falling_line(hs, errors):
    keep = _kept(hs, errors)
    return -_line(np.log(hs[keep]), np.log(errors[keep]))


@observed_order.mistake("You fit the rounding branch too. Keep only the steps that are at least as large as the best one.")
def includes_rounding(hs, errors):
    return _line(np.log(hs), np.log(errors))


@observed_order.mistake("You kept the other branch, where rounding rules.")
def keeps_the_wrong_branch(hs, errors):
    keep = hs <= hs[np.argmin(errors)]
    return _line(np.log(hs[keep]), np.log(errors[keep])) if keep.sum() > 1 else _line(np.log(hs), np.log(errors))


@observed_order.mistake("You cut the list at the smallest error, which works only when the steps are sorted. Compare the steps themselves.")
def assumes_sorted_steps(hs, errors):
    last = int(np.argmin(errors)) + 1
    return _line(np.log(hs[:last]), np.log(errors[:last])) if last > 1 else 0.0
