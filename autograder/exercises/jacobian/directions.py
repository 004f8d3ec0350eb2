"""The Jacobian along one direction: forward (JVP) and backward (VJP). Source: MC24."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Boolean, CheckOnly, Items, Miss, literal, view

from ._lesson import ANY_STEP, FIRST_ORDER, MIX34, lesson, maps, numbers, random_map
from .softmaxes import _shares, _slopes, large_scores

jvp = lesson.exercise(
    "jvp",
    2,
    "the Jacobian times a direction, without the Jacobian",
    signature="f, x, v",
    minutes=8,
    difficulty=3,
    tolerance=FIRST_ORDER,
    returns=Array(lambda f, x, v: np.shape(f(x))),
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
        return view("linear_map_explorer", f=f, x=x.tolist())
    return view("layout_explorer", m=m, n=x.size) if m <= 4 and x.size <= 5 else None


@jvp.check(weight=2)
def is_jacobian_times_v(t, f, x, v):
    """It is the Jacobian times v"""
    t.equal(t(f, x, v), np.einsum("ij,j->i", f.derivative(x), v), "Move x along v and see how fast f(x) changes.", FIRST_ORDER)


@jvp.check(needs=("is_jacobian_times_v",))
def grows_with_v(t, f, x, v):
    """A direction twice as long gives twice the answer, and none at all gives 0"""
    t.assume(np.any(v != 0))
    t.equal(t(f, x, 2 * v), 2 * t(f, x, v), "The Jacobian is a linear map.", FIRST_ORDER)
    t.equal(t(f, x, 0 * v), np.zeros(len(f(x))), "For v = 0 nothing moves.", FIRST_ORDER)


def many_inputs(rng):
    """Maps where building the Jacobian would need many more evaluations."""
    yield MIX34, numbers(rng, 3), numbers(rng, 3, 0.5, 2.0)
    yield random_map(rng, 2, 5), numbers(rng, 5), numbers(rng, 5, 0.5, 2.0)


@jvp.check(cases=many_inputs, needs=("is_jacobian_times_v",), counts=True)
def two_evaluations(t, f, x, v):
    """It evaluates f at most twice"""
    t(f, x, v)
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


class _Vector(Items):
    """The vector that a learner returns, beside the program's own remark on memory."""

    sentence = "returns numbers in the right shape"

    def accept(self, value, args):
        """(vector, whether a whole matrix was built). Raises `Miss`."""
        if not isinstance(value, (tuple, list)) or len(value) != 2:
            raise Miss(value, "numbers", "The answer must be numbers.")
        return super().accept(value, args)


vjp_softmax = lesson.exercise(
    "vjp_softmax",
    3,
    "u times the softmax Jacobian, without the Jacobian",
    signature="z, u",
    minutes=12,
    difficulty=4,
    program="value_and_matrix",
    returns=_Vector(Array(lambda z, u: np.shape(z)), Boolean()),
    show=lambda z, u: (
        f"z = {literal(z)}\nu = {literal(u)}\nvjp_softmax(z, u)"
        if len(z) <= 20
        else f"rng = np.random.default_rng(0)\nz, u = rng.normal(size=(2, {len(z)}))  # such as these\nvjp_softmax(z, u)"
    ),
    hints=(
        "Write the Jacobian as a diagonal part and a rest, and multiply u from the left into each part on paper.",
        "u times the diagonal part is an entry-by-entry product. u times the outer product needs one single number first.",
        "That number is the dot product of u and the shares. The answer has nothing larger than z in it.",
    ),
)


@vjp_softmax.cases
def upstream_gradients(rng):
    for n in (3, 2, 4, 5, 3):
        yield numbers(rng, n, -3, 3), numbers(rng, n)


@vjp_softmax.check(weight=2)
def is_u_times_jacobian(t, z, u):
    """Entry j is the sum over i of u[i] times the partial derivative of share i with respect to score j"""
    t.equal(t(z, u)[0], np.einsum("i,ij->j", u, _slopes(z)), "Compare with u @ softmax_jacobian(z).")


@vjp_softmax.check(needs=("is_u_times_jacobian",))
def passes_the_dot_product_test(t, z, u):
    """Forward and backward agree: u · (J v) is (u J) · v"""
    backward = t(z, u)[0]
    for k in range(len(z)):
        v = np.sin(np.arange(len(z)) + k)
        t.equal(float(backward @ v), float(u @ _forward(z, v)), "Both are the same number in two orders of multiplication.")


def _forward(z, v, h=1e-20):
    """The speed of the shares when the scores move with velocity v: a complex step cancels nothing, so h may be tiny."""
    moved = np.exp(z + 1j * h * v)
    return np.imag(moved / np.sum(moved)) / h


def wide_scores(rng):
    """More scores than a matrix of them would be reasonable for."""
    yield rng.normal(size=600), rng.normal(size=600), CheckOnly(600)  # told, so that nobody tries to round so many numbers


@vjp_softmax.check(weight=2, cases=wide_scores, needs=("is_u_times_jacobian",))
def no_matrix_is_built(t, z, u, n):
    """It never builds an n by n matrix"""
    value, matrix = t(z, u)
    t.holds(
        not matrix,
        f"a matrix of {n} by {n}",
        f"vectors of {n} numbers",
        "With n = 200 000 that matrix would take 320 GB. Multiply on paper first.",
    )
    v = np.sin(np.arange(len(z)))
    t.equal(float(value @ v), float(u @ _forward(z, v)), "Right for few scores, but not for many.")


@vjp_softmax.check(needs=("is_u_times_jacobian",), cases=lambda rng: ((z[0], numbers(rng, len(z[0]))) for z in large_scores(rng)))
def survives_large_scores_backward(t, z, u):
    """It is right for scores of 1000 and of -1000 too"""
    t.equal(
        t(z, u)[0], np.einsum("i,ij->j", u, _slopes(z)), "A share is never NaN, however large the scores are. Your softmax survives them."
    )


@vjp_softmax.mistake("The numbers are right, but a whole n by n matrix was built for them. Multiply u into the formula on paper.")
def materialises(z, u):
    return u @ _slopes(z)


@vjp_softmax.mistake("The term with the dot product is missing: every share depends on every score.")
def dot_product_missing(z, u):
    return _shares(z) * u


@vjp_softmax.mistake("You use the diagonal of the Jacobian only, s(1 - s). The other entries count as well.")
def diagonal_only(z, u):
    s = _shares(z)
    return s * (1 - s) * u


@vjp_softmax.mistake("u does not appear in your answer. Every share counts as much as its entry of u says.")
def upstream_forgotten(z, u):
    s = _shares(z)
    return s * (1 - s)


@vjp_softmax.mistake("The dot product is added; it has to be subtracted: raising a score lowers the other shares.")
def dot_product_added(z, u):
    s = _shares(z)
    return s * (u + np.sum(u * s))


@vjp_softmax.mistake("You subtract the plain mean or sum of u. The shares are the weights: it is the dot product of u and s.")
def plain_sum_instead(z, u):
    return _shares(z) * (u - np.sum(u))
