"""The Hessian times a vector, without the Hessian."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Tolerance, view

from ._domains import NEAR, SHORT, CurvedGradient
from ._lesson import ANY_STEP, FIRST_ORDER, LINEAR, ROUGH, bent_bowl, curved, handed_back, lesson, numbers

hvp = lesson.exercise(
    "hvp",
    2,
    "the Hessian times a direction, from two gradients",
    signature="gradf, x, v",
    minutes=6,
    difficulty=3,
    tolerance=FIRST_ORDER,
    returns=Array(lambda gradf, x, v: np.shape(x)),
    domains={"x": NEAR, "v": SHORT, "gradf": CurvedGradient()},
    clauses={
        "The Hessian of f at x times v": "is_hessian_times_v linear_in_v edges",
        "At most two gradients": "two_gradients",
        "gradf is the gradient of f": "is_hessian_times_v",
        "Right to six digits": "right_to_six_digits edges",
    },
    hints=(
        "The Hessian is the Jacobian of the gradient. Which function of this lesson multiplies a Jacobian with a direction?",
        "Move x along v and watch the gradient, not f.",
    ),
)


@hvp.cases
def gradients_and_directions(rng):
    for f, x in curved(rng):
        yield Function(f.d, f.d2, name="gradf"), x, numbers(rng, len(x), 0.3, 1.5) * rng.choice([-1, 1], size=len(x))


def _scaled(gradf, x, digits: Tolerance = ROUGH) -> Tolerance:
    scale = max(1.0, float(np.max(np.abs(gradf(x)))), float(np.max(np.abs(gradf.derivative(x)))))
    return Tolerance(digits.rtol, digits.atol * scale, digits.reason)


@hvp.picture
def picture_of_hvp(gradf, x, v):
    return view("linear_map_explorer", yours=True, f=gradf, x=x.tolist()) if x.shape == (2,) else None


def _waves():
    """A gradient that bends along v: steps to one side are worst at the first point, central ones at the second."""
    a = "np.array([1.2, -1.2, 1.2, -1.2])"
    f = Function(f"np.cos({a} @ x)*{a}", f"-np.sin({a} @ x)*np.outer({a}, {a})", name="gradf")
    for angle in (0.0, 1.57):
        yield f, np.array([angle / 1.2, 0.0, 0.0, 0.0]).round(3), np.array([1.2, -1.0, 1.0, -1.0])


@hvp.edges
def handed_back_gradients(rng):
    """The gradient of a bowl, which is x itself, and of a saddle, a view of x; and one that bends."""
    for f, x in handed_back(rng):
        yield f, x, numbers(rng, 3, 0.3, 2.0)
    yield from _waves()


@hvp.check(weight=2, domain=True)
def is_hessian_times_v(t, gradf, x, v):
    """It is the Hessian times v"""
    t.equal(
        t(gradf, x, v),
        np.einsum("ij,j->i", gradf.derivative(x), v),
        "Move x along v and see how fast the gradient changes.",
        _scaled(gradf, x),
    )


def bent_lines(rng):
    """Lines through many gradients, and those along which a gradient bends."""
    yield from gradients_and_directions(rng)
    for f, x in bent_bowl(rng):
        for v in ([0.9, -0.8], [0.0, 1.0], [-1.0, 0.0]):
            yield Function(f.d, f.d2, name="gradf"), x, np.array(v)
    yield from _waves()


@hvp.check(weight=0.5, cases=bent_lines, needs=("is_hessian_times_v",), domain=True)
def right_to_six_digits(t, gradf, x, v):
    """It is right to six digits, where the gradient bends, too"""
    why = "A point on each side of x cancels what the gradient bends, and a small step helps. Lesson 2 has the best one."
    t.equal(t(gradf, x, v), np.einsum("ij,j->i", gradf.derivative(x), v), why, _scaled(gradf, x, FIRST_ORDER))


@hvp.check(needs=("is_hessian_times_v",))
def linear_in_v(t, gradf, x, v):
    """A direction twice as long gives twice the answer, and none at all gives 0"""
    t.assume(np.any(v != 0))
    t.equal(t(gradf, x, -2 * v), -2 * t(gradf, x, v), "The Hessian is a matrix: H(-2v) is -2 times Hv.", _scaled(gradf, x, LINEAR))
    t.equal(t(gradf, x, 0 * v), np.zeros(len(x)), "For v = 0 nothing moves.", _scaled(gradf, x))


@hvp.check(needs=("is_hessian_times_v",), counts=True)
def two_gradients(t, gradf, x, v):
    """It evaluates the gradient at most twice"""
    t.assume(len(x) > 2)
    t(gradf, x, v)
    t.holds(t.evaluations <= 2, f"{t.evaluations} gradients", "2 at most", "One direction needs no whole Hessian: move along v only.")


@hvp.mistake(
    "The numbers are right, at the price of the whole Hessian: two gradients for every input. Move along v once.", tolerance=ANY_STEP
)
def builds_the_hessian(gradf, x, v):
    return sum(v[j] * (gradf(x + step) - gradf(x - step)) / 1.2e-5 for j, step in enumerate(6e-6 * np.eye(len(x))))


@hvp.mistake("You scale v to length one. H v is linear in v: a direction twice as long gives twice the answer.", tolerance=ANY_STEP)
def unit_direction(gradf, x, v):
    v = v / (np.linalg.norm(v) or 1.0)
    return (gradf(x + 6e-6 * v) - gradf(x - 6e-6 * v)) / 1.2e-5


@hvp.mistake("Your answer is twice too large: the two points are 2h v apart, not h v.", tolerance=ANY_STEP)
def half_the_distance(gradf, x, v):
    return (gradf(x + 6e-6 * v) - gradf(x - 6e-6 * v)) / 6e-6


@hvp.mistake("This is the gradient times v. Asked for is how the gradient changes along v.")
def gradient_times_v(gradf, x, v):
    return gradf(x) * v


@hvp.mistake(
    "Each input is moved by its own v[j] but only its own slope is kept: this is the diagonal of the Hessian times v. "
    "The mixed partials count too.",
    tolerance=ANY_STEP,
)
def diagonal_times_v(gradf, x, v):
    slopes = [(gradf(x + step)[j] - gradf(x - step)[j]) / 1.2e-5 for j, step in enumerate(6e-6 * np.eye(len(x)))]
    return np.array(slopes) * v
