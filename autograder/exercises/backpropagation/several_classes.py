"""Cross-entropy of several classes, from scores, with its first gradient."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Labels, Reals, Tolerance, of_scores

from ._lesson import complex_slopes, draw, lesson

_SHIFTED = Tolerance(1e-10, 1e-12, "scores near 1000 carry a rounding error of 1000 eps = 2e-13")

softmax_cross_entropy = lesson.exercise(
    "softmax_cross_entropy",
    3,
    "cross-entropy of several classes and its gradient",
    signature="Z, y",
    minutes=14,
    difficulty=4,
    returns=Items(Array(), Array(lambda Z, y: Z.shape)),
    domains={"Z": Reals("m C", zeros=True), "y": Labels("m", "C")},
    clauses={
        "The mean cross-entropy of softmax": "loss_is_the_mean_over_examples edges",
        "its gradient with respect to the scores: (m, C), (m,) -> number, (m, C)": "gradient_is_the_slope_in_Z edges returns",
        "y holds class numbers 0 to C - 1": "edges",
        "Right for scores of any size": "stays_finite_far_out edges",
    },
    hints=(
        "Softmax works within a row: the scores of one example compete. Keep the axis when you sum, so that the shapes still fit.",
        "Subtract each row's largest score first: the softmax stays the same and no exponential overflows.",
        "The loss of one example is log(sum of exp(row)) minus the score of its label.",
        "np.arange(m) and y together pick one entry from each row: Z[np.arange(m), y]. For the gradient, that is where the 1 goes.",
    ),
)


@softmax_cross_entropy.cases
def score_cases(rng):
    for m, C in ((3, 4), (5, 3), (4, 2), (2, 5), (4, 4)):
        y = rng.integers(0, C, size=m)
        y[:2] = rng.permutation(C)[:2]
        yield draw(rng, m, C, scale=1.2), y
    Z = draw(rng, 3, 3, scale=1.2)
    for labels in ([0, 1, 2], [2, 0, 1]):  # the same scores, other labels
        yield Z, np.array(labels)


def _loss(Z, y):
    """From the differences to the label's score; the largest of them is taken out, so nothing overflows."""
    apart = Z - Z[..., np.arange(len(y)), y][..., None]
    top = np.max(apart.real, axis=-1, keepdims=True)
    return np.mean(np.log(np.exp(apart - top).sum(axis=-1)) + top[..., 0], axis=-1)


@softmax_cross_entropy.check(domain=True)
def loss_is_the_mean_over_examples(t, Z, y):
    """The loss is the mean over the examples of -log(probability of the label)"""
    t.equal(t(Z, y)[0], _loss(Z, y), "", of_scores(Z, and_differences=True))


@softmax_cross_entropy.check(domain=True)
def gradient_is_the_slope_in_Z(t, Z, y):
    """dZ is the slope of that loss with respect to each score"""
    t.equal(
        t(Z, y)[1],
        complex_slopes(lambda moved: _loss(moved, y), Z),
        "Each row of dZ sums to 0: raising all scores of an example changes nothing.",
        of_scores(Z, and_differences=True),
    )


def shifted_scores(rng):
    """Scores far from 0."""
    for m, C in ((3, 4), (2, 3)):
        yield draw(rng, m, C) + np.array([1000.0, -900.0, 750.0])[:m, None], rng.integers(0, C, size=m)
    yield np.array([[1000.0, 0.0], [0.0, 1000.0]]), np.array([0, 0])
    # shifted by its first score, its last, its smallest or its mean, one of the rows still overflows
    yield np.array([[-1000.0, 0.5, 1000.0], [1000.0, 0.5, -1000.0], [1400.0, 1399.5, -1400.0]]), np.array([0, 2, 1])


@softmax_cross_entropy.check(cases=shifted_scores, needs=("loss_is_the_mean_over_examples", "gradient_is_the_slope_in_Z"))
def stays_finite_far_out(t, Z, y):
    """Scores near 1000 give the same as scores near 0"""
    loss, dZ = t(Z, y)
    t.equal(loss, _loss(Z, y), "Only the differences of the scores of a row count. np.exp(1000) is infinite.", _SHIFTED)
    t.equal(dZ, complex_slopes(lambda moved: _loss(moved, y), Z), "", _SHIFTED)


@softmax_cross_entropy.mistake(
    "Right, until a score is large: exp(1000) is inf and inf/inf is NaN. Subtract the largest score of each row first."
)
def overflow(Z, y):
    with np.errstate(all="ignore"):
        p = np.exp(Z) / np.exp(Z).sum(1, keepdims=True)
        return -np.mean(np.log(p[np.arange(len(y)), y])), (p - np.eye(Z.shape[1])[y]) / len(y)


def _softmax(Z, axis=1):
    e = np.exp(Z - Z.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def _negative_log(p, y):
    with np.errstate(all="ignore"):
        return -np.mean(np.log(p[np.arange(len(y)), y]))


@softmax_cross_entropy.mistake(
    "Your softmax runs down the columns: examples compete with each other. The scores of one example, a row, compete."
)
def down_the_columns(Z, y):
    p = _softmax(Z, 0)
    return _negative_log(p, y), (p - np.eye(Z.shape[1])[y]) / len(y)


@softmax_cross_entropy.mistake("You sum over the examples. The loss is the mean, and its gradient has the factor 1/m.")
def softmax_sum_not_mean(Z, y):
    p = _softmax(Z)
    return len(y) * _negative_log(p, y), p - np.eye(Z.shape[1])[y]


@softmax_cross_entropy.mistake("The loss is a mean, and its gradient is not: the factor 1/m is missing in dZ.")
def softmax_no_one_over_m(Z, y):
    p = _softmax(Z)
    return _negative_log(p, y), p - np.eye(Z.shape[1])[y]


@softmax_cross_entropy.mistake("The label plays no part in dZ. At the label's place something has to be subtracted.")
def forgets_the_label(Z, y):
    p = _softmax(Z)
    return _negative_log(p, y), p / len(y)


@softmax_cross_entropy.mistake("dZ[:, y] reaches into whole columns. One entry in each row is meant: dZ[np.arange(m), y].")
def whole_columns(Z, y):
    p = _softmax(Z)
    d = p.copy()
    d[:, y] -= 1
    return _negative_log(p, y), d / len(y)


@softmax_cross_entropy.mistake("This is the gradient with respect to the probabilities. Asked for is the one with respect to the scores Z.")
def wrt_probabilities(Z, y):
    p = _softmax(Z)
    d = np.zeros_like(p)
    with np.errstate(all="ignore"):
        d[np.arange(len(y)), y] = -1 / p[np.arange(len(y)), y]
    return _negative_log(p, y), d / len(y)


@softmax_cross_entropy.mistake(
    "The softmax's own Jacobian is applied once too often: p minus the one-hot label is the gradient with respect to the scores already."
)
def jacobian_twice(Z, y):
    p = _softmax(Z)
    d = (p - np.eye(Z.shape[1])[y]) / len(y)
    return _negative_log(p, y), p * (d - (d * p).sum(1, keepdims=True))


@softmax_cross_entropy.mistake("You divide by the number of scores, m times C. The mean is over the m examples.")
def mean_over_all_scores(Z, y):
    p = _softmax(Z)
    return _negative_log(p, y) / Z.shape[1], (p - np.eye(Z.shape[1])[y]) / Z.size
