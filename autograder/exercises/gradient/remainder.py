"""The Taylor test of a gradient."""

from __future__ import annotations

import numpy as np

from autograder.writing import MIX3, Array, CheckOnly, Function, Given, Reals, Tolerance, along, random_field, view

from ._claims import Bowl, Claim, claims, order_of, some_shape
from ._lesson import lesson

taylor_order = lesson.exercise(
    "taylor_order",
    4,
    "how fast the linear forecast of a claimed gradient gets better",
    signature="f, grad, x, d",
    minutes=12,
    difficulty=4,
    returns=Array(),
    tolerance=None,
    counts_calls=False,
    domains={
        "x": Reals(some_shape, low=0.01, high=4),
        "d": Reals(some_shape, low=0.5, high=4, zero=False),
        "f": Bowl(),
        "grad": Claim(),
        "order": Given(order_of),
    },
    clauses={
        "The power p with which the error of the linear forecast": "two_for_right_one_for_wrong any_power",
        "grad is a function that claims": "two_for_right_one_for_wrong",
        "which may be that of a matrix": "takes_matrices edges",
        "Steps h from 0.1 down to 0.0001": "prose",
    },
    hints=(
        "The forecast for f(x + h*d) is f(x) plus h times the directional derivative along d, taken with the claimed gradient.",
        "Take the size of the difference between truth and forecast for several h, such as 0.1, 0.01, 0.001, 0.0001.",
        "If the error is c·h^p, then log(error) is log(c) + p·log(h). np.polyfit(log(h), log(error), 1) gives p first.",
        "For arrays of any shape the sum of grad*d is safer than grad @ d.",
    ),
)


@taylor_order.cases
def true_and_false_claims(rng):
    yield from claims(rng, [(lambda: MIX3, 3), *((lambda n=n: random_field(rng, n), n) for n in (2, 3, 4))])


_WHY = {
    2.0: "This gradient is right: the error of the forecast should fall with the square of h.",
    1.0: "This gradient is wrong: the error of the forecast should fall in step with h, not faster.",
}


@taylor_order.picture
def picture(f, grad, x, d):
    return view("compass_explorer", f=f, x=x.tolist(), v=d.tolist()) if np.shape(x) == (2,) else None


@taylor_order.check(weight=2, domain=True)
def two_for_right_one_for_wrong(t, f, grad, x, d, order):
    """It is about 2 for a right gradient and about 1 for a wrong one"""
    given = t(f, grad, x, d)
    t.holds(abs(given - order) < 0.2, given, f"about {order:g}", _WHY[order])


def matrices(rng):
    """Functions of a matrix."""
    yield from claims(rng, [(lambda shape=shape: random_field(rng, shape), shape) for shape in ((2, 3), (3, 1))])


@taylor_order.check(cases=matrices, needs=("two_for_right_one_for_wrong",))
def takes_matrices(t, f, grad, x, d, order):
    """It takes matrices as well"""
    given = t(f, grad, x, d)
    t.holds(
        abs(given - order) < 0.2,
        given,
        f"about {order:g}",
        "x, d and the gradient are matrices here: multiply entry by entry and add all up.",
    )


def other_powers(rng):
    """Points where f does not bend along d, or along one d and not along another, and one where its slope bends without end."""
    a, b = (round(float(v), 2) for v in rng.uniform(0.5, 1.5, size=2))
    d = np.array([0.6, -0.7])
    x = np.array([0.5, -0.25])
    u, v = "(x[0] - 0.5)", "(x[1] + 0.25)"
    cubic = Function(f"{a}*{u}**3 - {b}*{v}**3 + {u}", f"np.array([3*{a}*{u}**2 + 1, -3*{b}*{v}**2])", name="f")
    yield cubic, cubic.prime, x, d, CheckOnly(3.0)
    yield cubic, cubic.prime, x + np.array([0.5, -0.5]), d, CheckOnly(2.0)  # the same functions, elsewhere
    rise, bend = f"3*{a}*({u} + {v})**2", f"2*{b}*({u} - {v})"
    saddle = Function(f"{a}*({u} + {v})**3 + {b}*({u} - {v})**2", f"np.array([{rise} + {bend}, {rise} - {bend}])", name="f")
    for along_one, order in (([0.8, 0.8], 3.0), ([0.8, -0.8], 2.0)):
        yield saddle, saddle.prime, x, np.array(along_one), CheckOnly(order)
    parts = ", ".join(f"1.5*{a}*np.sign({w})*np.abs({w})**0.5" for w in (u, v))
    sharp = Function(f"{a}*(np.abs({u})**1.5 + np.abs({v})**1.5)", f"np.array([{parts}])", name="f")
    yield sharp, sharp.prime, x, d, CheckOnly(1.5)


@taylor_order.check(weight=0.5, cases=other_powers)
def any_power(t, f, grad, x, d, order):
    """It is the power itself, such as 3 or 1.5, where the error falls faster or more slowly"""
    t.holds(abs((given := t(f, grad, x, d)) - order) < 0.2, given, f"about {order:g}", "Return the slope of the fit as it is.")


_HS = np.array([1e-1, 1e-2, 1e-3, 1e-4])
_OTHER_STEPS = Tolerance(0.1, 0.1, "the same mistake with other steps")


def _errors(f, grad, x, d, hs=_HS):
    line, rise = along(f, x, d), float(np.sum(np.multiply(grad(x), d)))
    return np.array([line(h) - line(0.0) - h * rise for h in hs])


def _fit(hs, errors) -> float:
    with np.errstate(all="ignore"):
        a, b = np.log(hs), np.log(errors)
        return float(np.sum((a - a.mean()) * (b - b.mean())) / np.sum((a - a.mean()) ** 2))


@taylor_order.mistake(
    "Whatever gradient is claimed, your error falls with h: the part h·g·d of the forecast is missing, or not the right one.",
    tolerance=_OTHER_STEPS,
)
def first_order_remainder(f, grad, x, d):
    return _fit(_HS, np.abs(_errors(f, lambda x: 0 * x, x, d)))


@taylor_order.mistake("The part of the gradient must shrink with h: multiply it by h. Yours stays, and so does the error.")
def h_is_missing(f, grad, x, d):
    return _fit(_HS, np.abs(_errors(f, grad, x, d) + (_HS - 1) * float(np.sum(np.multiply(grad(x), d)))))


@taylor_order.mistake("f(x) is not taken away, so the error tends to the value of f instead of 0.")
def value_is_missing(f, grad, x, d):
    return _fit(_HS, np.abs(_errors(f, grad, x, d) + f(x)))


@taylor_order.mistake("You divide the error by h. That takes one off the order.", tolerance=_OTHER_STEPS)
def divided_by_h(f, grad, x, d):
    return _fit(_HS, np.abs(_errors(f, grad, x, d)) / _HS)


@taylor_order.mistake(
    "The two logarithms are exchanged: the slope is the change of log(error) for each unit of log(h).", tolerance=_OTHER_STEPS
)
def inverse_slope(f, grad, x, d):
    return _fit(np.abs(_errors(f, grad, x, d)), _HS)


@taylor_order.mistake(
    "The sign is flipped: the error falls when h falls, so the slope is positive. Did you use log(1/h)?", tolerance=_OTHER_STEPS
)
def sign(f, grad, x, d):
    return _fit(1 / _HS, np.abs(_errors(f, grad, x, d)))


@taylor_order.mistake("No logarithm of the error is taken: the power of h shows as a slope only when both axes are logarithmic.")
def log_of_h_only(f, grad, x, d):
    return _fit(_HS, np.exp(np.abs(_errors(f, grad, x, d))))


@taylor_order.mistake("The differences can be negative, and the logarithm of a negative number is no number. Take their sizes first.")
def signed_errors(f, grad, x, d):
    values = _errors(f, grad, x, d)
    return _fit(_HS, values) if np.all(values > 0) else float("nan")


@taylor_order.mistake(
    "Your steps are so small that rounding rules: use steps between 0.1 and 0.0001.",
    tolerance=Tolerance(0.0, 0.6, "where rounding rules, the slope is noise: any value within 0.6 of ours"),
)
def steps_too_small(f, grad, x, d):
    hs = np.array([1e-9, 1e-10, 1e-11, 1e-12])
    return _fit(hs, np.abs(_errors(f, grad, x, d, hs)) + 1e-18)


@taylor_order.mistake(
    "For matrices grad @ d is a product of matrices, not one number. Multiply entry by entry and add all up.", tolerance=_OTHER_STEPS
)
def vectors_only(f, grad, x, d):
    line, rise = along(f, x, d), np.dot(grad(x), d)
    return _fit(_HS, np.abs([line(h) - line(0.0) - h * rise for h in _HS]))


@taylor_order.mistake(
    "Your error does not tend to 0 with h. Is f(x) taken away, is the part of the gradient multiplied by h, and do both axes have logarithms?",
    tolerance=Tolerance(0.1, 0.2, "the same mistake with other steps"),
)
def error_stays(f, grad, x, d):
    return 0.0
