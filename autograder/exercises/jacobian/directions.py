"""The Jacobian along one direction, forward (JVP). Source: MC24."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, view

from ._domains import NEAR, SHORT, Waves
from ._lesson import ANY_STEP, FIRST_ORDER, MIX34, ROUGH, bent_maps, handed_back, lesson, maps, numbers, random_map

jvp = lesson.exercise(
    "jvp",
    2,
    "the Jacobian times a direction, without the Jacobian",
    signature="f, x, v",
    minutes=8,
    difficulty=3,
    tolerance=FIRST_ORDER,
    returns=Array(lambda f, x, v: np.shape(f(x))),
    domains={"x": NEAR, "v": SHORT, "f": Waves()},
    clauses={
        "The Jacobian of f at x times v": "is_jacobian_times_v grows_with_v edges",
        "At most two evaluations of f": "two_evaluations",
        "Right to six digits": "right_to_six_digits edges",
    },
    hints=(
        "J v is the speed of f(x) when x moves with the velocity v. Move x along v, a little.",
        "One number moves now, the time t: f(x + t v). That is the derivative of lesson 1.",
        "Two evaluations of f are enough, one on each side.",
    ),
)


@jvp.cases
def moving_points(rng):
    for f, x in maps(rng):
        yield f, x, numbers(rng, len(x), 0.3, 2.0) * rng.choice([-1, 1], size=len(x))


@jvp.picture
def picture(f, x, v):
    m = np.size(f(x))
    if (m, x.size) == (2, 2):
        return view("linear_map_explorer", yours=True, f=f, x=x.tolist())
    return view("layout_explorer", m=m, n=x.size) if m <= 4 and x.size <= 5 else None


@jvp.edges
def handed_back_along(rng):
    """Maps whose value is the array they were given, or a view of it; and one that bends along v."""
    for f, x in handed_back(rng):
        yield f, x, numbers(rng, 3, 0.3, 2.0)
    a = "np.array([1.2, -1.2, 1.2, -1.2])"
    f = Function(f"np.array([np.cos({a} @ x), np.sin({a} @ x)])", f"np.array([-np.sin({a} @ x)*{a}, np.cos({a} @ x)*{a}])", name="f")
    yield f, np.zeros(4), np.array([1.2, -1.0, 1.0, -1.0])


@jvp.check(weight=2, domain=True)
def is_jacobian_times_v(t, f, x, v):
    """It is the Jacobian times v"""
    t.equal(t(f, x, v), np.einsum("ij,j->i", f.derivative(x), v), "Move x along v and see how fast f(x) changes.", ROUGH)


def bent_lines(rng):
    """Lines through many maps, and those along which a map bends."""
    yield from moving_points(rng)
    for f, x in bent_maps(rng):
        for v in ([0.9, -0.8], [0.0, 1.0], [-1.0, 0.0]):
            yield f, x, np.array(v)


@jvp.check(weight=0.5, cases=bent_lines, needs=("is_jacobian_times_v",), domain=True)
def right_to_six_digits(t, f, x, v):
    """It is right to six digits, where f bends, too"""
    why = "A point on each side of x cancels what f bends, and a small step helps. Lesson 2 has the best one."
    t.equal(t(f, x, v), np.einsum("ij,j->i", f.derivative(x), v), why, FIRST_ORDER)


@jvp.check(needs=("is_jacobian_times_v",))
def grows_with_v(t, f, x, v):
    """A direction twice as long gives twice the answer, and none at all gives 0"""
    t.assume(np.any(v != 0))
    t.equal(t(f, x, 2 * v), 2 * t(f, x, v), "The Jacobian is a linear map.", ROUGH)
    t.equal(t(f, x, 0 * v), np.zeros(len(f(x))), "For v = 0 nothing moves.", FIRST_ORDER)


def many_inputs(rng):
    """Maps where building the Jacobian would need many more evaluations."""
    yield MIX34, numbers(rng, 3), numbers(rng, 3, 0.5, 2.0)
    yield random_map(rng, 2, 5), numbers(rng, 5), numbers(rng, 5, 0.5, 2.0)


@jvp.check(cases=many_inputs, needs=("is_jacobian_times_v",), counts=True)
def two_evaluations(t, f, x, v):
    """It evaluates f at most twice"""
    t.equal(t(f, x, v), np.einsum("ij,j->i", f.derivative(x), v), "Right for few inputs, but not for these.", ROUGH)
    t.holds(
        t.evaluations <= 2, f"{t.evaluations} evaluations of f", "2 at most", "One direction needs no whole Jacobian: move along v only."
    )


@jvp.mistake(
    "The numbers are right, at the price of the whole Jacobian: two evaluations for every input. Move along v once.", tolerance=ANY_STEP
)
def builds_the_jacobian(f, x, v):
    return sum(v[j] * (f(x + step) - f(x - step)) / 1.2e-5 for j, step in enumerate(6e-6 * np.eye(len(x))))


@jvp.mistake("You scale v to length one. J v is linear in v: a direction twice as long gives twice the answer.", tolerance=ANY_STEP)
def scales_v_to_length_one(f, x, v):
    v = v / (np.linalg.norm(v) or 1.0)
    return (f(x + 6e-6 * v) - f(x - 6e-6 * v)) / 1.2e-5


@jvp.mistake("Your answer is twice too large: the two points are 2h v apart, not h v.", tolerance=ANY_STEP)
def distance_counted_half(f, x, v):
    return (f(x + 6e-6 * v) - f(x - 6e-6 * v)) / 6e-6


@jvp.mistake("The direction is turned around: subtract the earlier value from the later one.", tolerance=ANY_STEP)
def turned_around(f, x, v):
    return (f(x - 6e-6 * v) - f(x + 6e-6 * v)) / 1.2e-5


@jvp.mistake("x moves by the whole of v. J v is a rate: move by a small multiple of v and divide by it.")
def moves_by_all_of_v(f, x, v):
    return f(x + v) - f(x)
