"""The softmax Jacobian from the left, backward (VJP). Source: MC24."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Boolean, CheckOnly, Items, Miss, Reals, literal

from ._domains import SCORES
from ._lesson import lesson, numbers
from .softmaxes import _shares, _slopes, large_scores


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
    domains={"z": SCORES, "u": Reals("n", high=10, zeros=True)},
    clauses={
        "u times the Jacobian of softmax at z": "is_u_times_jacobian passes_the_dot_product_test edges",
        "without building it": "no_matrix_is_built",
        "Right for scores of any size": "survives_large_scores_backward edges",
    },
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


@vjp_softmax.check(weight=2, domain=True)
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


_TOO_WIDE = 16_000  # scores: a matrix of them is 2 GB, twice what a graded notebook may have


@vjp_softmax.check(weight=2, cases=wide_scores, needs=("is_u_times_jacobian",), last=True)
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
    if t.remote:  # what another process says of its memory may be a lie; the limit of its memory is none
        z, u, v = (np.resize(part, _TOO_WIDE) for part in (z, u, v))
        value, _ = t.once(z, u)
        t.equal(float(value @ v), float(u @ _forward(z, v)), f"Right for {n} scores, but not for {_TOO_WIDE}.")


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
