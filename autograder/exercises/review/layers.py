"""Gradients that no lesson has shown: cosine similarity, and layer normalisation backward."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, OneOf, Reals, Tolerance

from ._lesson import lesson, slopes

_SEVERAL = Tolerance(1e-10, 1e-11, "a formula with sums and quotients, against one complex step for each entry")

cosine_gradient = lesson.exercise(
    "cosine_gradient",
    3,
    "the gradient of the cosine of the angle between two vectors",
    signature="u, v",
    minutes=12,
    difficulty=4,
    returns=Array(lambda u, v: np.shape(u)),
    tolerance=_SEVERAL,
    domains={"u": Reals("n", high=10, low=0.1), "v": Reals("n", high=10, low=0.1)},
    clauses={"The gradient of the cosine of the angle": "agrees_with_single_steps is_orthogonal_to_u takes_whole_numbers edges"},
    hints=(
        "Write c = p / (a·b) with p = u·v, a = ‖u‖, b = ‖v‖. Of these, p and a depend on u.",
        "The gradient of p is v. The gradient of a is u/a: a unit vector.",
        "Quotient rule. Then test it: c does not change when u grows along itself, so your gradient must be orthogonal to u.",
    ),
)


@cosine_gradient.cases
def vectors(rng):
    for n in (2, 3, 4, 5, 3, 6):
        yield tuple(np.round(rng.normal(size=n) + 0.3, 1) + 0.05 for _ in range(2))


def _cosine(u, v):
    return np.sum(u * v) / np.sqrt(np.sum(u * u) * np.sum(v * v))


@cosine_gradient.check(weight=2, domain=True)
def agrees_with_single_steps(t, u, v):
    """Every component is the slope when that component of u alone moves"""
    t.assume(min(np.linalg.norm(u), np.linalg.norm(v)) > 0.1)
    t.equal(t(u, v), slopes(lambda z: _cosine(z, v), u), "", _SEVERAL)


@cosine_gradient.check(needs=("agrees_with_single_steps",))
def is_orthogonal_to_u(t, u, v):
    """It is orthogonal to u: a longer u has the same angle"""
    t.assume(min(np.linalg.norm(u), np.linalg.norm(v)) > 0.1)
    t.equal(float(np.dot(t(u, v), u)), 0.0, "", _SEVERAL)


@cosine_gradient.check(needs=("agrees_with_single_steps",))
def takes_whole_numbers(t, u, v):
    """Whole numbers are taken as well, and half of the gradient belongs to a u that is twice as long"""
    whole = np.arange(1, len(u) + 1)
    t.equal(2 * t(2 * whole, v), t(whole, v), "Doubling u halves the effect of a step of the same length.", _SEVERAL)


@cosine_gradient.mistake("The length of u depends on u as well. Its term is missing: your gradient is not orthogonal to u.")
def length_held_fixed(u, v):
    return v / (np.linalg.norm(u) * np.linalg.norm(v))


@cosine_gradient.mistake("This is the gradient with respect to v. Asked for is u.")
def with_respect_to_v(u, v):
    return u / np.sqrt(u @ u * (v @ v)) - _cosine(u, v) * v / (v @ v)


@cosine_gradient.mistake("Both terms are there, with the wrong sign between them: a quotient's denominator counts negative.")
def plus_between_the_terms(u, v):
    return v / np.sqrt(u @ u * (v @ v)) + _cosine(u, v) * u / (u @ u)


@cosine_gradient.mistake(
    "In the second term u is divided by its length once. The gradient of the length is a unit vector, and the quotient divides by the length once more."
)
def divides_once(u, v):
    return v / np.sqrt(u @ u * (v @ v)) - _cosine(u, v) * u / np.sqrt(u @ u)


@cosine_gradient.mistake("The sign of the whole gradient is flipped.")
def descent(u, v):
    return _cosine(u, v) * u / (u @ u) - v / np.sqrt(u @ u * (v @ v))


@cosine_gradient.mistake("This is the gradient of the product u·v. The cosine divides it by both lengths.")
def of_the_product(u, v):
    return np.array(v, dtype=float)


layernorm_backward = lesson.exercise(
    "layernorm_backward",
    4,
    "the backward pass of layer normalisation",
    signature="X, dY, eps=1e-5",
    minutes=20,
    difficulty=5,
    returns=Array(lambda X, dY, eps=1e-5: np.shape(X)),
    tolerance=_SEVERAL,
    domains={"X": Reals("N D", high=10, low=0.1), "dY": Reals("N D", high=100, zeros=True), "eps": OneOf(1e-5, 0.3, 1e-3, 2)},
    clauses={
        "The gradient with respect to X of a loss": "agrees_with_single_steps is_linear_in_the_upstream_gradient",
        "Shapes: (m, n)": "returns edges",
        "Each of the m rows is normalised by itself": "agrees_with_single_steps rows_sum_to_zero edges",
    },
    hints=(
        "Work on a single row first: y = (x - mean)/s. Three things depend on x: x itself, the mean, and s.",
        "Through x itself and the mean flows dy minus the mean of dy, divided by s.",
        "Through s flows a multiple of y. Its factor is the mean of dy * y.",
        "With rows of X as examples, all means are over axis=-1 with keepdims=True.",
    ),
)


@layernorm_backward.cases
def batches(rng):
    """No square, no batch of one, random cotangents, and an eps that matters in the second half."""
    for i, (rows, columns) in enumerate(((2, 3), (3, 4), (4, 2), (2, 5), (3, 2))):
        X, dY = (np.round(rng.normal(size=(rows, columns)), 1) for _ in range(2))
        X[:, 0] += 1.5  # no row without spread
        yield (X, dY) if i < 2 else (X, dY, round(float(rng.uniform(0.1, 0.5)), 2))
    X, dY = 1 + 0.001 * np.array([[1.0, 2, 4], [3, 1, 0]]), np.round(rng.normal(size=(2, 3)), 1)
    yield X, dY, 1e-4  # spreads far below the root of eps


def _normalised(X, eps):
    centred = X - np.sum(X, axis=-1, keepdims=True) / X.shape[-1]
    return centred / np.sqrt(np.sum(centred * centred, axis=-1, keepdims=True) / X.shape[-1] + eps)


def _spread(X) -> bool:
    return bool(np.all(np.ptp(X, axis=-1) > 0.2))


@layernorm_backward.check(weight=3, domain=True)
def agrees_with_single_steps(t, X, dY, eps=1e-5):  # noqa: F811 - checks are registered, their names repeat between exercises
    """Every entry is the slope of the sum of dY * Y when that entry of X alone moves"""
    spread = np.ptp(X, axis=-1)
    t.assume(np.all((spread > 0.1) | (spread == 0) | (eps >= 1e-4)) and eps > 0)
    # a row without spread is divided by the root of eps alone
    rounding = 1e-13 * max(1.0, float(np.max(np.abs(dY)))) * X.shape[-1] / np.sqrt(eps)
    tolerance = Tolerance(_SEVERAL.rtol, _SEVERAL.atol + rounding, _SEVERAL.reason)
    given = t(X, dY) if eps == 1e-5 else t(X, dY, eps)
    t.equal(given, slopes(lambda Z: np.sum(dY * _normalised(Z, eps)), X), "", tolerance)


@layernorm_backward.check(needs=("agrees_with_single_steps",))
def rows_sum_to_zero(t, X, dY, eps=1e-5):
    """Every row sums to 0: adding a constant to a row changes nothing"""
    t.assume(_spread(X) and eps > 0)
    t.equal(np.sum(t(X, dY, eps), axis=-1), np.zeros(len(X)), "", Tolerance(0, 1e-9, "sums of terms of size 1/s cancel"))


@layernorm_backward.check(needs=("agrees_with_single_steps",))
def is_linear_in_the_upstream_gradient(t, X, dY, eps=1e-5):
    """It is linear in the upstream gradient"""
    t.assume(_spread(X) and eps > 0)
    other = np.cos(np.arange(X.size)).reshape(X.shape)
    t.equal(t(X, 2 * dY - 3 * other, eps), 2 * t(X, dY, eps) - 3 * t(X, other, eps), "", _SEVERAL)


def _parts(X, eps, axis=-1, ddof=0):
    centred = X - X.mean(axis=axis, keepdims=True)
    s = np.sqrt((centred**2).sum(axis=axis, keepdims=True) / (X.shape[axis] - ddof) + eps)
    return centred / s, s


@layernorm_backward.mistake("The mean moves with x as well: its part is missing, and your rows do not sum to 0.")
def mean_held_fixed(X, dY, eps=1e-5):
    Y, s = _parts(X, eps)
    return (dY - Y * np.mean(dY * Y, axis=-1, keepdims=True)) / s


@layernorm_backward.mistake("The standard deviation moves with x as well: the part through s is missing.")
def deviation_held_fixed(X, dY, eps=1e-5):
    return (dY - np.mean(dY, axis=-1, keepdims=True)) / _parts(X, eps)[1]


@layernorm_backward.mistake("Mean and standard deviation are both held fixed: this is dY/s. Both depend on x.")
def both_held_fixed(X, dY, eps=1e-5):
    return dY / _parts(X, eps)[1]


@layernorm_backward.mistake(
    "Your means run over the examples, axis 0: that is batch normalisation. Here every row is normalised by itself, over its features."
)
def over_the_batch(X, dY, eps=1e-5):
    Y, s = _parts(X, eps, axis=0)
    return (dY - np.mean(dY, axis=0, keepdims=True) - Y * np.mean(dY * Y, axis=0, keepdims=True)) / s


@layernorm_backward.mistake("Sums stand where means belong: the mean of dY and the mean of dY * Y.")
def sums_instead_of_means(X, dY, eps=1e-5):
    Y, s = _parts(X, eps)
    return (dY - np.sum(dY, axis=-1, keepdims=True) - Y * np.sum(dY * Y, axis=-1, keepdims=True)) / s


@layernorm_backward.mistake("The division by s is missing.")
def not_divided(X, dY, eps=1e-5):
    Y, _ = _parts(X, eps)
    return dY - np.mean(dY, axis=-1, keepdims=True) - Y * np.mean(dY * Y, axis=-1, keepdims=True)


@layernorm_backward.mistake("Your variance divides by n - 1. The layer divides by n.")
def divides_by_n_minus_one(X, dY, eps=1e-5):
    Y, s = _parts(X, eps, ddof=1)
    return (dY - np.mean(dY, axis=-1, keepdims=True) - Y * np.mean(dY * Y, axis=-1, keepdims=True)) / s


@layernorm_backward.mistake("The upstream gradient is ignored: you differentiate the sum of Y, which is 0 whatever X is.")
def ignores_upstream(X, dY, eps=1e-5):
    return np.zeros(np.shape(X))


@layernorm_backward.mistake("eps is added to the standard deviation. It belongs under the root, beside the variance.")
def eps_outside_the_root(X, dY, eps=1e-5):
    centred = X - X.mean(axis=-1, keepdims=True)
    s = np.sqrt((centred**2).mean(axis=-1, keepdims=True)) + eps
    Y = centred / s
    return (dY - np.mean(dY, axis=-1, keepdims=True) - Y * np.mean(dY * Y, axis=-1, keepdims=True)) / s
