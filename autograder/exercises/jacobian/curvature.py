"""All second derivatives: the Hessian."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Reals, Tolerance, close, view

from ._domains import Curved
from ._lesson import ANY_STEP, bent_bowl, curved, lesson, second_order

hessian = lesson.exercise(
    "hessian",
    4,
    "the Jacobian of the gradient: all second partial derivatives",
    counts_calls=False,
    signature="f, x",
    minutes=15,
    difficulty=4,
    tolerance=Tolerance(1e-5, 1e-5, "second differences are right to seven digits of the largest entry"),
    returns=Array(lambda f, x: (len(x), len(x))),
    domains={"x": Reals("n", high=2), "f": Curved()},
    clauses={
        "All second partial derivatives of a scalar function": "entries_are_second_partials edges",
        "x (n,) -> (n, n), symmetric": "is_symmetric returns",
        "Right to six digits": "right_to_six_digits edges",
        "x may hold whole numbers, and is left as it was": "whole_numbers_and_locked_points edges leaves_arguments_alone",
    },
    hints=(
        "The gradient is a vector function. What you need is its Jacobian.",
        "Two differences one inside the other divide the rounding error by h twice. The best h is larger than before: about eps**(1/4), 1e-4.",
        "For entry (i, j) four values of f are enough: one for each choice of signs in x ± h e_i ± h e_j.",
        "On paper the matrix is symmetric. The average of H and H.T is, also in numbers.",
    ),
)
hessian.cases(curved)


@hessian.picture
def picture(f, x):
    # the Hessian is the Jacobian of the gradient
    return view("linear_map_explorer", f=f.prime, x=x.tolist()) if x.shape == (2,) and f.d else None


@hessian.check(weight=2, domain=True)
def entries_are_second_partials(t, f, x):
    """Entry (i, j) is the second partial derivative with respect to input i and input j"""
    t.equal(
        t(f, x),
        f.prime.derivative(x),
        "Differentiate with respect to one input, then the result with respect to the other.",
        second_order(f, x, 5e5),  # the digits are the next check's
    )


def bowls_and_crests(rng):
    """Bowls, and whatever the seed points where f bends and twists, for a step too large, and where it is high, for one too small."""
    yield from curved(rng)
    yield from bent_bowl(rng)
    for f, x in bent_bowl(rng):
        for high in (520, -530):
            yield Function(f"{f.expr} + {high}", f.d, f.d2, name="f"), x + 0.1


@hessian.check(cases=bowls_and_crests, needs=("entries_are_second_partials",), domain=True)
def right_to_six_digits(t, f, x):
    """It is right to six digits: the step suits a second derivative"""
    t.equal(
        t(f, x),
        f.prime.derivative(x),
        "A second difference divides rounding by h twice. A step of about eps**(1/4), which is 1e-4, suits it.",
        second_order(f, x, 20),
    )


def two_bowls(rng):
    """Two functions are enough to see a lack of symmetry."""
    yield from list(curved(rng))[2:]


@hessian.check(cases=two_bowls, needs=("entries_are_second_partials",), domain=True)
def is_symmetric(t, f, x):
    """It equals its transpose"""
    H = t(f, x)
    why = "The order of differentiation does not matter for smooth functions, so let both orders give the same number."
    t.holds(close(H, H.T), H, "a symmetric matrix", why)


def locked_points(rng):
    """A point in whole numbers, and one that refuses to be written to."""
    (f, _), (g, locked), *_ = curved(rng)
    yield f, np.array([1, -1, 2])
    locked.setflags(write=False)
    yield g, locked


@hessian.check(cases=locked_points, needs=("entries_are_second_partials",))
def whole_numbers_and_locked_points(t, f, x):
    """It takes whole numbers, and leaves x as it was"""
    t.equal(
        t(f, x),
        f.prime.derivative(x),
        "x holds whole numbers here, or may not be written into: move a copy of it, in floating point.",
        second_order(f, x.astype(float), 5e5),
    )


def _second_differences(f, x, h=1.2e-4):
    steps = h * np.eye(len(x))
    return np.array([[(f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)) / (4 * h * h) for b in steps] for a in steps])


def _slopes(f, x, h=6e-6):
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in h * np.eye(len(x))])


@hessian.mistake(
    "Only the entries (i, i) are filled. The mixed second partials are not 0: f bends across the axes too.", tolerance=ANY_STEP
)
def only_pure_second_partials(f, x):
    return np.diag(np.diag(_second_differences(f, x)))


@hessian.mistake(
    "Your numbers are mostly rounding error: it is divided by h twice, so h = 1e-8 leaves nothing. Take a step of about eps**(1/4)."
)
def step_far_too_small(f, x):
    return _second_differences(f, x, h=1.5e-8)


@hessian.mistake(
    "The step of a first derivative, eps**(1/3), is too small for a second one: rounding is divided by h twice. Take about eps**(1/4)."
)
def step_of_the_first_derivative(f, x):
    return _second_differences(f, x, h=6.055454452393343e-6)


@hessian.mistake("This is the gradient. Differentiate each of its entries once more.", tolerance=ANY_STEP)
def jacobian_of_f(f, x):
    return _slopes(f, x)


@hessian.mistake(
    "You multiply slopes with each other. A second derivative is the slope of a slope, not a product of slopes.", tolerance=ANY_STEP
)
def product_of_slopes(f, x):
    g = _slopes(f, x)
    return np.outer(g, g)


@hessian.mistake(
    "Every entry is four times too large: the four points are 2h apart in both directions, which makes 4h².",
    tolerance=Tolerance(1e-4, 1e-3, "second differences with another step"),
)
def divides_by_h_squared(f, x):
    return 4 * _second_differences(f, x)
