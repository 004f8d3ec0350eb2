"""Sigmoid and tanh, forward and backward. Source: S1.21."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, EXACT, Array, Reals, Tolerance

from ._lesson import draw, lesson, shapes, show_output, show_round_trip

_SHAPES = ((2, 3), (3, 2), (1, 4), (5, 1), (4,))
_same_shape = Array(lambda Z, *_: np.shape(Z))


def _of(dA) -> Tolerance:
    """A slope worked out as 1 minus something near 1 is off by a few eps, whatever is left of it."""
    return Tolerance(EXACT.rtol, EXACT.atol + 8 * EPS * np.abs(dA), "a slope from 1 minus a value near 1, times dA")


_INPUTS = Reals(shapes, high=4, zeros=True, whole=False)  # further out, where curves are flat, what is left of a slope is rounding


def backward(name: str, forward: str, points: float, asks: str, inputs: Reals = _INPUTS, **settings):
    """The exercise of a backward function that works entry by entry, with its cases."""
    exercise = lesson.exercise(
        name,
        points,
        asks,
        signature="Z, dA",
        program=f"{forward}_and_back",
        needs=(forward,),
        returns=_same_shape,
        stand_ins={forward: lambda Z: (None, Z)},
        show=show_round_trip(forward, name, "Z, dA"),
        domains={"Z": inputs, "dA": Reals(shapes, zeros=True, whole=False)},
        **settings,
    )

    @exercise.cases
    def activation_cases(rng):
        for shape in _SHAPES:
            yield np.clip(draw(rng, *shape, scale=1.5), -3.5, 3.5), draw(rng, *shape)  # nowhere flat: that is for the edges

    @exercise.edges
    def far_out_and_flat(rng):
        """Where the curves are flat to the last digit; and a single number, an array without axes."""
        yield np.array([30.0, -30.0, 800.0, -800.0, 0.5, 1e-9, -1e-9]), draw(rng, 7)
        yield np.array(0.7), draw(rng)

    return exercise


_A_SHARE = Tolerance(EXACT.rtol, 16 * EPS, "a number from 0 to 1, off by a few eps")

sigmoid_forward = lesson.exercise(
    "sigmoid_forward",
    1,
    "the sigmoid, right for every number, and what its backward pass will want",
    signature="Z",
    minutes=8,
    difficulty=2,
    program="forward_output",
    returns=_same_shape,
    show=show_output("sigmoid_forward", "Z"),
    domains={"Z": Reals(shapes, zeros=True, whole=False)},
    clauses={
        "The sigmoid of every entry": "is_the_sigmoid edges returns",
        "Right for every float, 1000 and -1000 too": "survives_large_numbers edges",
    },
    hints=(
        "For large positive Z the formula 1/(1 + exp(-Z)) is safe; for large negative Z its exponential overflows.",
        "Multiply numerator and denominator by exp(Z) to get a second formula. Which of the two is safe where?",
        "np.where chooses between two arrays entry by entry, but computes both. np.exp(-np.abs(Z)) never overflows: use it in both.",
    ),
)


@sigmoid_forward.cases
def sigmoid_cases(rng):
    for shape in _SHAPES:
        Z = draw(rng, *shape, scale=2.5)
        Z.flat[:2] = round(float(rng.uniform(5, 7)), 2), -round(float(rng.uniform(5, 7)), 2)  # not flat yet, for every seed
        yield (Z,)


@sigmoid_forward.edges
def without_axes(rng):
    """A single number, on either side: an array without axes."""
    yield (np.array(1.3),)
    yield (np.array(-0.7),)


@sigmoid_forward.check(weight=2, domain=True)
def is_the_sigmoid(t, Z):
    """Each number becomes 1/(1 + exp(-number))"""
    t.equal(t(Z), (1 + np.tanh(Z / 2)) / 2)


def far_out(rng):
    """Numbers whose exponential is no float64."""
    yield (np.array([-1000.0, 1000.0]),)
    yield (np.array([[-40.0, 40.0], [-60.0, 36.0]]),)  # beyond where many cut off
    yield (np.array([[round(float(rng.uniform(720, 5000)), 1), -round(float(rng.uniform(750, 5000)), 1), 0.5]]),)


@sigmoid_forward.check(cases=far_out, needs=("is_the_sigmoid",))
def survives_large_numbers(t, Z):
    """It is right at -1000 and 1000 too, and between"""
    t.equal(
        t(Z),
        (1 + np.tanh(Z / 2)) / 2,
        "At -1000 the sigmoid is 0 and at 1000 it is 1, to the last digit. np.exp(1000) is infinite.",
        _A_SHARE,
    )


@sigmoid_forward.mistake("exp(Z)/(1 + exp(Z)) becomes inf/inf = NaN for large Z. Choose a form whose exponent is never positive.")
def overflows(Z):
    return np.exp(Z) / (1 + np.exp(Z)), None


@sigmoid_forward.mistake("The exponent has the wrong sign: your curve falls where the sigmoid rises.")
def falls(Z):
    return 1 / (1 + np.exp(np.clip(Z, -700, 700))), None


@sigmoid_forward.mistake("This is the tanh. It runs from -1 to 1; the sigmoid runs from 0 to 1.")
def tanh_instead(Z):
    return np.tanh(Z), None


@sigmoid_forward.mistake("This is the derivative of the sigmoid, at most 1/4. Return the sigmoid itself.")
def returns_the_derivative(Z):
    s = (1 + np.tanh(Z / 2)) / 2
    return s * (1 - s), None


@sigmoid_forward.mistake("You clip Z too early: at -4 and 4 the sigmoid is not flat yet. Only exponents above 700 are dangerous.")
def clips_too_early(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -4, 4))), None


sigmoid_backward = backward(
    "sigmoid_backward",
    "sigmoid_forward",
    0.5,
    "the upstream gradient through a sigmoid",
    minutes=5,
    difficulty=2,
    clauses={"from dA and the cache of your sigmoid_forward": "is_upstream_times_slope edges repeats"},
    hints=(
        "The Jacobian of an elementwise function is diagonal, so the VJP is a product entry by entry: upstream times local slope.",
        "The slope of the sigmoid can be written with the sigmoid's own value s alone. What did your forward function keep: Z or s?",
    ),
)


@sigmoid_backward.check(domain=True)
def is_upstream_times_slope(t, Z, dA):
    """It is the upstream gradient times the slope of the sigmoid"""
    t.equal(t(Z, dA), dA / (2 * np.cosh(np.clip(Z, -100, 100) / 2)) ** 2, "", _of(dA))


@sigmoid_backward.mistake("The formula s(1 - s) wants the sigmoid's value s. You gave it Z.")
def derivative_at_input(dA, Z):
    return dA * Z * (1 - Z)


@sigmoid_backward.mistake("The sigmoid is taken twice: what the cache holds is s already, and you send it through the sigmoid again.")
def double_sigmoid(dA, Z):
    s = (1 + np.tanh((1 + np.tanh(Z / 2)) / 4)) / 2
    return dA * s * (1 - s)


@sigmoid_backward.mistake("The upstream gradient is missing: this is the local slope alone. Multiply by dA.")
def ignores_upstream(dA, Z):
    return 1 / (2 * np.cosh(Z / 2)) ** 2


@sigmoid_backward.mistake("This is the upstream gradient times s. The slope of the sigmoid has a second factor.")
def times_the_value(dA, Z):
    return dA * (1 + np.tanh(Z / 2)) / 2


tanh_backward = backward(
    "tanh_backward",
    "tanh_forward",
    0.5,
    "the upstream gradient through a tanh",
    minutes=4,
    difficulty=2,
    clauses={
        "from dA and the cache of tanh_forward": "is_upstream_times_the_slope_of_tanh edges repeats",
        "All of one shape": "edges returns",
    },
    hints=(
        "Upstream times local slope, entry by entry.",
        "The slope of tanh can be written with its own value A. The forward function above keeps exactly that.",
        "At A = 0 the slope is 1, and where the curve is flat, at A near 1 or -1, it is nearly 0.",
    ),
)


@tanh_backward.check(domain=True)
def is_upstream_times_the_slope_of_tanh(t, Z, dA):
    """It is the upstream gradient times the slope of tanh"""
    t.equal(t(Z, dA), dA / np.cosh(np.clip(Z, -100, 100)) ** 2, "", _of(dA))


@tanh_backward.mistake("The tanh is taken twice: the cache holds A = tanh(Z) already.")
def double_tanh(dA, Z):
    return dA * (1 - np.tanh(np.tanh(Z)) ** 2)


@tanh_backward.mistake("The square is missing: the slope falls to 0 at A = -1 as well as at A = 1.")
def square_missing(dA, Z):
    return dA * (1 - np.tanh(Z))


@tanh_backward.mistake("A(1 - A) belongs to the sigmoid. At A = 0 the tanh has the slope 1.")
def slope_of_the_sigmoid(dA, Z):
    return dA * np.tanh(Z) * (1 - np.tanh(Z))


@tanh_backward.mistake("The upstream gradient is missing: multiply the slope by dA.")
def ignores_upstream_of_tanh(dA, Z):
    return 1 / np.cosh(Z) ** 2


@tanh_backward.mistake("The formula wants A = tanh(Z). You gave it Z.")
def tanh_derivative_at_input(dA, Z):
    return dA * (1 - Z**2)
