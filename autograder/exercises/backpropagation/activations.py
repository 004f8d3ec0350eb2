"""Activations, forward and backward. Source: S1.21."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Miss

from ._lesson import draw, lesson, show_output, show_round_trip

_SHAPES = ((2, 3), (3, 2), (1, 4), (5, 1), (4,))
_same_shape = Array(lambda Z, *_: np.shape(Z))


def _backward(name: str, forward: str, points: float, asks: str, **settings):
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
        **settings,
    )

    @exercise.cases
    def activation_cases(rng):
        for shape in _SHAPES:
            yield draw(rng, *shape, scale=1.5), draw(rng, *shape)

    return exercise


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
    hints=(
        "For large positive Z the formula 1/(1 + exp(-Z)) is safe; for large negative Z its exponential overflows.",
        "Multiply numerator and denominator by exp(Z) to get a second formula. Which of the two is safe where?",
        "np.where chooses between two arrays entry by entry, but computes both. np.exp(-np.abs(Z)) never overflows: use it in both.",
    ),
)


@sigmoid_forward.cases
def sigmoid_cases(rng):
    for shape in _SHAPES:
        yield (draw(rng, *shape, scale=2.5),)


@sigmoid_forward.check(weight=2)
def is_the_sigmoid(t, Z):
    """Each number becomes 1/(1 + exp(-number))"""
    t.equal(t(Z), (1 + np.tanh(Z / 2)) / 2)


def far_out(rng):
    """Numbers whose exponential is no float64."""
    yield (np.array([-1000.0, 1000.0]),)
    yield (np.array([[round(float(rng.uniform(720, 5000)), 1), -round(float(rng.uniform(750, 5000)), 1), 0.5]]),)


@sigmoid_forward.check(cases=far_out, needs=("is_the_sigmoid",))
def survives_large_numbers(t, Z):
    """It is right at -1000 and 1000 too"""
    t.equal(t(Z), (1 + np.tanh(Z / 2)) / 2, "At -1000 the sigmoid is 0 and at 1000 it is 1, to the last digit. np.exp(1000) is infinite.")


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


sigmoid_backward = _backward(
    "sigmoid_backward",
    "sigmoid_forward",
    0.5,
    "the upstream gradient through a sigmoid",
    minutes=5,
    difficulty=2,
    hints=(
        "The Jacobian of an elementwise function is diagonal, so the VJP is a product entry by entry: upstream times local slope.",
        "The slope of the sigmoid can be written with the sigmoid's own value s alone. What did your forward function keep: Z or s?",
    ),
)


@sigmoid_backward.check()
def is_upstream_times_slope(t, Z, dA):
    """It is the upstream gradient times the slope of the sigmoid"""
    t.equal(t(Z, dA), dA / (2 * np.cosh(Z / 2)) ** 2)


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


tanh_backward = _backward(
    "tanh_backward",
    "tanh_forward",
    0.5,
    "the upstream gradient through a tanh",
    minutes=4,
    difficulty=2,
    hints=(
        "Upstream times local slope, entry by entry.",
        "The slope of tanh can be written with its own value A. The forward function above keeps exactly that.",
        "At A = 0 the slope is 1, and where the curve is flat, at A near 1 or -1, it is 0.",
    ),
)


@tanh_backward.check()
def is_upstream_times_the_slope_of_tanh(t, Z, dA):
    """It is the upstream gradient times the slope of tanh"""
    t.equal(t(Z, dA), dA / np.cosh(Z) ** 2)


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


relu_backward = _backward(
    "relu_backward",
    "relu_forward",
    1,
    "the upstream gradient through a relu",
    minutes=6,
    difficulty=2,
    hints=(
        "relu passes positive inputs on unchanged and stops the rest. What does it do to a small move of each?",
        "Which entries pass is decided by Z, the input of the forward pass. The signs of dA play no part.",
        "Z > 0 is an array of truth values; times a number, True counts as 1 and False as 0.",
    ),
)


@relu_backward.check(weight=2)
def open_where_positive(t, Z, dA):
    """The upstream gradient passes where Z is positive and stops where Z is negative"""
    t.assume(np.all(Z != 0))
    t.equal(t(Z, dA), dA * (1 + np.sign(Z)) / 2)


def at_the_corner(rng):
    """Some inputs exactly at the corner."""
    Z = draw(rng, 2, 3)
    Z[0, 1] = Z[1, 2] = 0.0
    yield Z, draw(rng, 2, 3)
    yield np.array([0.0, 0.7, -0.4]), draw(rng, 3)


@relu_backward.check(cases=at_the_corner, needs=("open_where_positive",))
def any_slope_of_the_corner(t, Z, dA):
    """At exactly 0 it gives the upstream gradient times some number from 0 to 1"""
    t.assume(np.all(dA != 0))
    with np.errstate(all="ignore"):
        share = (t(Z, dA) / dA)[Z == 0]
    if not np.all((share >= 0) & (share <= 1)):
        raise Miss(
            share, "numbers from 0 to 1", "At the corner every slope between the two sides is a fair choice; ours is 0. NaN is none."
        )


@relu_backward.mistake("You mask by the sign of the gradient. Whether the gate is open was decided in the forward pass, by Z.")
def mask_of_the_gradient(dA, Z):
    return dA * (dA > 0)


@relu_backward.mistake("The upstream gradient is missing: where the gate is open, dA passes, not 1.")
def ignores_upstream_of_relu(dA, Z):
    return (Z > 0).astype(float)


@relu_backward.mistake("The gate is open on the wrong side: positive inputs pass.")
def gate_reversed(dA, Z):
    return dA * (Z <= 0)


@relu_backward.mistake("Dividing A by Z gives 0/0 = NaN at the corner. Compare Z with 0 instead.")
def divides_by_the_input(dA, Z):
    with np.errstate(all="ignore"):
        return dA * np.maximum(Z, 0) / Z


@relu_backward.mistake("You multiply by relu(Z), its value. Where it is open, relu has the slope 1.")
def times_relu(dA, Z):
    return dA * np.maximum(Z, 0)
