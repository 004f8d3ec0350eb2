"""Two losses with their first gradient, from logits. Sources: E-W33, curriculum 07.3 and 07.4."""

from __future__ import annotations

import numpy as np

from ...compare import Tolerance
from ...contracts import Array, Items
from ._lesson import TINY, both_labels, complex_slopes, draw, lesson

bce_with_logits = lesson.exercise(
    "bce_with_logits", 3, "binary cross-entropy of logits and its gradient",
    signature="z, y", minutes=14, difficulty=4, trains=("MC15", "MC16", "MC27", "MC28"),
    returns=Items(Array(), Array(lambda z, y: np.shape(z))),
    hints=(
        "Write the loss of one example with z alone: put s = sigmoid(z) into -y log s - (1 - y) log(1 - s) and simplify.",
        "You should reach log(1 + exp(z)) - y z. np.logaddexp(0, z) is log(exp(0) + exp(z)) without overflow.",
        "The derivative of log(1 + exp(z)) with respect to z is the sigmoid of z. Do not forget that the loss is a mean.",
        "Compare the shapes of z and y before anything else.",
    ),
)


@bce_with_logits.cases
def logit_cases(rng):
    for m in (3, 5, 2, 7, 4):
        yield draw(rng, m, scale=1.5), both_labels(rng, m)


@bce_with_logits.check()
def loss_is_the_mean(t, z, y):
    """The loss is the mean of the examples' cross-entropies"""
    t.equal(t(z, y)[0], np.mean(np.log1p(np.exp(np.where(y == 1, -z, z)))))


@bce_with_logits.check()
def gradient_is_the_slope_in_z(t, z, y):
    """dz is the slope of that loss with respect to each logit"""
    slopes = (np.log(1 + np.exp(z + 1j * TINY)) - y * (z + 1j * TINY)).imag / TINY / len(z)
    t.equal(t(z, y)[1], slopes, "Move one logit by a little: by how much does the mean loss move?")


def large_logits(rng):
    """Logits at which a sigmoid is 0 or 1 to the last digit."""
    yield np.array([1000.0, -1000.0, 1000.0, -1000.0]), np.array([1.0, 1.0, 0.0, 0.0])
    yield np.array([40.0, -750.0, round(float(rng.uniform(100, 900)), 1)]), np.array([0.0, 0.0, 0.0])


@bce_with_logits.check(cases=large_logits, needs=("loss_is_the_mean", "gradient_is_the_slope_in_z"))
def stays_finite(t, z, y):
    """It stays finite and right for logits of 1000"""
    loss, dz = t(z, y)
    t.equal(loss, np.mean(np.maximum(z, 0) - y * z), "A sigmoid of exactly 0 or 1 has no finite logarithm. Use a form in z that never takes log of a sigmoid.")
    t.equal(dz, ((z > 0) - y) / len(z), "")


def whole_labels(rng):
    """Labels as whole numbers, as data files have them."""
    yield draw(rng, 4), np.array([0, 1, 1, 0])


@bce_with_logits.check(cases=whole_labels, needs=("loss_is_the_mean",))
def takes_whole_labels(t, z, y):
    """Labels may be whole numbers"""
    t.equal(t(z, y)[0], np.mean(np.log1p(np.exp(np.where(y == 1, -z, z)))))


def columns(rng):
    """Labels in a column, as spreadsheets give them."""
    for m in (3, 4):
        yield draw(rng, m), both_labels(rng, m)[:, None]


@bce_with_logits.check(cases=columns, needs=("loss_is_the_mean",))
def refuses_a_column_of_labels(t, z, y):
    """Labels of another shape raise ValueError"""
    t.raises("ValueError", z, y, why="(m,) minus (m, 1) is an (m, m) table of every logit with every label. Nothing warns you: compare the shapes first.")


def _shapes(z, y):
    if np.shape(z) != np.shape(y):
        raise ValueError("shapes differ")


def _parts(z, y):
    _shapes(z, y)
    z = np.asarray(z, float)
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))), (1 + np.tanh(z / 2)) / 2


@bce_with_logits.mistake("This is the gradient with respect to the probability s. Asked for is the one with respect to the logit z: one more step of the chain.")
def wrt_probability(z, y):
    loss, s = _parts(z, y)
    with np.errstate(all="ignore"):
        return loss, (s - y) / (s * (1 - s)) / len(z)


@bce_with_logits.mistake("There is a factor s(1 - s) too many. s - y is the slope with respect to the logit already.")
def extra_sigmoid_slope(z, y):
    loss, s = _parts(z, y)
    return loss, (s - y) * s * (1 - s) / len(z)


@bce_with_logits.mistake("The loss is a mean, and its gradient is not: the factor 1/m is missing in dz.")
def no_one_over_m(z, y):
    loss, s = _parts(z, y)
    return loss, s - y


@bce_with_logits.mistake("You sum over the examples. The loss of this course is the mean.")
def sum_not_mean(z, y):
    loss, s = _parts(z, y)
    return len(z) * loss, s - y


@bce_with_logits.mistake("Fine for small logits. For large ones the sigmoid is exactly 0 or 1, its logarithm is -inf, and 0 times inf is NaN.")
def log_of_zero(z, y):
    _shapes(z, y)
    s = (1 + np.tanh(np.asarray(z, float) / 2)) / 2
    with np.errstate(all="ignore"):
        return float(np.mean(-y * np.log(s) - (1 - y) * np.log(1 - s))), (s - y) / len(z)


@bce_with_logits.mistake("A column of labels slips through: z - y broadcasts to a table of every logit with every label. Compare the shapes first.")
def label_column_broadcasts(z, y):
    z = np.asarray(z, float)
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    return loss, ((1 + np.tanh(z / 2)) / 2 - y) / len(z)


@bce_with_logits.mistake("The sign of dz is flipped: when the label is 1 and s is too small, a larger z lowers the loss, so the slope is negative.")
def sign(z, y):
    loss, s = _parts(z, y)
    return loss, (y - s) / len(z)


_SHIFTED = Tolerance(1e-10, 1e-12, "scores near 1000 carry a rounding error of 1000 eps = 2e-13")

softmax_cross_entropy = lesson.exercise(
    "softmax_cross_entropy", 3, "cross-entropy of several classes and its gradient",
    signature="Z, y", minutes=14, difficulty=4, trains=("MC15", "MC19", "MC27", "MC28"),
    returns=Items(Array(), Array(lambda Z, y: Z.shape)),
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


def _loss(Z, y):
    return np.mean(np.log(np.exp(Z).sum(axis=-1)) - Z[..., np.arange(len(y)), y], axis=-1)


@softmax_cross_entropy.check()
def loss_is_the_mean_over_examples(t, Z, y):
    """The loss is the mean over the examples of -log(probability of the label)"""
    t.equal(t(Z, y)[0], _loss(Z, y))


@softmax_cross_entropy.check()
def gradient_is_the_slope_in_Z(t, Z, y):
    """dZ is the slope of that loss with respect to each score"""
    t.equal(t(Z, y)[1], complex_slopes(lambda moved: _loss(moved, y), Z), "Each row of dZ sums to 0: raising all scores of an example changes nothing.")


def shifted_scores(rng):
    """Scores far from 0."""
    for m, C in ((3, 4), (2, 3)):
        yield draw(rng, m, C) + np.array([1000.0, -900.0, 750.0])[:m, None], rng.integers(0, C, size=m)
    yield np.array([[1000.0, 0.0], [0.0, 1000.0]]), np.array([0, 0])


@softmax_cross_entropy.check(cases=shifted_scores, needs=("loss_is_the_mean_over_examples", "gradient_is_the_slope_in_Z"))
def stays_finite_far_out(t, Z, y):
    """Scores near 1000 give the same as scores near 0"""
    centred = Z - np.median(Z, axis=1, keepdims=True)
    t.assume(np.max(np.abs(Z)) < 1500 and np.max(np.abs(centred)) < 600)
    loss, dZ = t(Z, y)
    t.equal(loss, _loss(centred, y), "exp(1000) overflows. Subtract the largest score of each row before taking exponentials.", _SHIFTED)
    t.equal(dZ, complex_slopes(lambda moved: _loss(moved, y), centred), "", _SHIFTED)


@softmax_cross_entropy.mistake("Right, until a score is large: exp(1000) is inf and inf/inf is NaN. Subtract the largest score of each row first.")
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


@softmax_cross_entropy.mistake("Your softmax runs down the columns: examples compete with each other. The scores of one example, a row, compete.")
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


@softmax_cross_entropy.mistake("The softmax's own Jacobian is applied once too often: p minus the one-hot label is the gradient with respect to the scores already.")
def jacobian_twice(Z, y):
    p = _softmax(Z)
    d = (p - np.eye(Z.shape[1])[y]) / len(y)
    return _negative_log(p, y), p * (d - (d * p).sum(1, keepdims=True))


@softmax_cross_entropy.mistake("You divide by the number of scores, m times C. The mean is over the m examples.")
def mean_over_all_scores(Z, y):
    p = _softmax(Z)
    return _negative_log(p, y) / Z.shape[1], (p - np.eye(Z.shape[1])[y]) / Z.size
