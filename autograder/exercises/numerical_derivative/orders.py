"""The order of an error, seen in data, and a method of order four. Source: curriculum 02.4 and 02.6."""

from __future__ import annotations

import numpy as np

from autograder.writing import RUNGE, Array, CheckOnly, Function, Miss, Tolerance, roundoff, view

from ._lesson import derivatives, lesson, promise_order, wave_cases

observed_order = lesson.exercise(
    "observed_order",
    3,
    "read the order of a method from its errors",
    signature="hs, errors",
    minutes=10,
    difficulty=3,
    returns=Array(),
    tolerance=None,
    hints=(
        "If error = C * h**p, then log(error) = log(C) + p * log(h): a straight line with the slope p.",
        "np.polyfit(x, y, 1) gives slope and intercept of the best line. What are x and y here?",
        "Left of the smallest error rounding rules. Keep the steps that are at least as large as the one with the smallest error.",
        "The steps may come in any order: choose them by comparing values, not by slicing.",
    ),
)
_FIT = Tolerance(1e-8, 1e-8, "a straight line through points that lie on it, up to the rounding of their logarithms")
_ROUNDING = Tolerance(0, 0.15, "rounding lifts the smallest kept error up to (1 + p)-fold, which tilts the line by less than this")


@observed_order.cases
def power_laws(rng):
    for p in (1, 2, 4, round(float(rng.uniform(0.5, 3.5)), 1), round(float(rng.uniform(0.5, 3.5)), 1)):
        hs = round(float(rng.uniform(0.2, 0.9)), 2) * 2.0 ** -np.arange(int(rng.integers(4, 8)))
        yield hs, round(float(rng.uniform(0.2, 5)), 1) * hs**p, CheckOnly(float(p))


@observed_order.check(weight=2)
def reads_the_exponent(t, hs, errors, p):
    """Where error = C·hᵖ, it returns p"""
    t.equal(t(hs, errors), p, "On log-log paper these points lie on a straight line. Its slope is the order.", _FIT)


def _with_rounding(rng, p: float) -> tuple[np.ndarray, np.ndarray]:
    hs = np.array([float(f"{h:.2g}") for h in 10.0 ** -np.arange(0.5, 10, 0.25)])
    errors = round(float(rng.uniform(0.5, 2)), 1) * hs**p + round(float(rng.uniform(0.5, 2)), 1) * 1e-16 / hs
    return hs, np.array([float(f"{error:.2g}") for error in errors])


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


richardson = lesson.exercise(
    "richardson",
    3,
    "two central differences combined into a better one",
    signature="f, x, h",
    minutes=10,
    difficulty=4,
    returns=Array(),
    tolerance=None,
    hints=(
        "Call your central_difference twice, with h and with h/2, and name the results.",
        "With half the step the h² part of the error is a quarter as large. Combine the two so that these parts cancel.",
        "You want weights that add up to 1, because both are nearly the derivative, and that make c·h² and c·h²/4 cancel.",
    ),
)
_HALVINGS = 2.0 ** -np.arange(3, 7)


@richardson.cases
def quartics(rng):
    """Polynomials of degree four, and a step that is not small."""
    for _ in range(3):
        a, b, c, d, e = (round(float(v), 1) for v in rng.uniform(-3, 3, size=5))
        f = Function(f"{a}*x**4 + {b}*x**3 + {c}*x**2 + {d}*x + {e}", f"4*{a}*x**3 + 3*{b}*x**2 + 2*{c}*x + {d}", name="quartic")
        yield f, round(float(rng.uniform(-2, 2)), 1), round(float(rng.uniform(0.2, 1)), 1)


def waves_and_runge(rng):
    """Never a cubic: the method is exact there."""
    yield from wave_cases(rng)
    yield RUNGE, round(float(rng.uniform(0.6, 1.5)), 2)


@richardson.picture
def picture(f, x, h):
    return view("step_error_explorer", f=f, fprime=f.prime, x=x, h=h, formula="Richardson") if f.d else None


@richardson.check(weight=3, cases=waves_and_runge)
def order_four(t, f, x):
    """Halving h divides the error by about 16"""
    series = derivatives(f, x)
    # the error is proportional to f⁽⁵⁾h⁴/480 and the next term to f⁽⁷⁾h⁶/16128: the first must rule, with a stencil of 2h too
    t.assume(abs(series[5]) > 0.3 and abs(series[7]) * _HALVINGS[0] ** 2 < 1.5 * abs(series[5]))
    values = t.each([(f, x, float(h)) for h in _HALVINGS])
    promise_order(t, values, series[1], _HALVINGS, 4, "the error")


@richardson.check(needs=("order_four",))
def exact_for_quartics(t, f, x, h):
    """It is exact for polynomials of degree four, whatever h"""
    t.assume(h > 0)
    size = max(1.0, *(abs(float(f(x + s * h))) for s in (-2, -1, 1, 2)))
    t.equal(t(f, x, h), float(f.derivative(x)), "The h² part of the error must cancel exactly.", roundoff(size, h, 30))


@richardson.check(needs=("order_four",), counts=True)
def four_evaluations(t, f, x, h):
    """It evaluates f at most four times"""
    t.assume(h > 0)
    t(f, x, h)
    if t.evaluations > 4:
        raise Miss(f"{t.evaluations} evaluations", "at most 4", "Compute each central difference once and keep it in a variable.")


def _central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


@richardson.mistake("Weights 2 and -1 cancel an error proportional to h. The central error is proportional to h²: what is a half, squared?")
def weights_for_order_one(f, x, h):
    return 2 * _central(f, x, h / 2) - _central(f, x, h)


@richardson.mistake("The weights are exchanged: the result with the smaller step deserves the larger one.")
def weights_exchanged(f, x, h):
    return (4 * _central(f, x, h) - _central(f, x, h / 2)) / 3


@richardson.mistake("The weights fit, but you combine forward differences. Their error has an h part, which these weights leave in place.")
def uses_forward(f, x, h):
    wide, narrow = (f(x + h) - f(x)) / h, (f(x + h / 2) - f(x)) / (h / 2)
    return (4 * narrow - wide) / 3


@richardson.mistake("This is the central difference with half the step: four times better, and still of order two.")
def half_step_only(f, x, h):
    return _central(f, x, h / 2)


@richardson.mistake("You average the two results. Both are wrong to the same side, so the average is too.")
def averages(f, x, h):
    return (_central(f, x, h / 2) + _central(f, x, h)) / 2


@richardson.mistake("Your weights add up to 3. For a straight line both differences are right, and the combination must be right as well.")
def weights_not_normalised(f, x, h):
    return 4 * _central(f, x, h / 2) - _central(f, x, h)


@richardson.mistake("The value is right, the price is not: f is evaluated again for what you have computed already.")
def computes_twice(f, x, h):
    correction = (_central(f, x, h / 2) - _central(f, x, h)) / 3
    return _central(f, x, h / 2) + correction + 0 * _central(f, x, h)
