"""Binary cross-entropy, from logits, with its first gradient. Source: E-W33."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Labels, Reals, summed

from ._lesson import TINY, both_labels, draw, lesson

bce_with_logits = lesson.exercise(
    "bce_with_logits",
    3,
    "binary cross-entropy of logits and its gradient",
    signature="z, y",
    minutes=14,
    difficulty=4,
    returns=Items(Array(), Array(lambda z, y: np.shape(z))),
    domains={"z": Reals("m", zeros=True, whole=False), "y": Labels("m")},
    clauses={
        "The mean binary cross-entropy": "loss_is_the_mean edges",
        "its gradient with respect to the logits: (m,), (m,) -> number, (m,)": "gradient_is_the_slope_in_z edges returns",
        "y labels 0 or 1": "takes_whole_labels edges",
        "Right for logits of any size": "stays_finite edges",
        "Raises ValueError when z and y have different shapes": "refuses_a_column_of_labels",
    },
    hints=(
        "Write the loss of one example with z alone: put s = sigmoid(z) into -y log s - (1 - y) log(1 - s) and simplify.",
        "You should reach log(1 + exp(z)) - y z. np.logaddexp(0, z) is log(exp(0) + exp(z)) without overflow.",
        "The derivative of log(1 + exp(z)) with respect to z is the sigmoid of z. Do not forget that the loss is a mean.",
        "Compare the shapes of z and y before anything else.",
    ),
)


@bce_with_logits.edges
def nearly_sure(rng):
    """Logits whose losses are small and count: some formulas leave out what lies beyond 20."""
    for z in (12.0, 20.5, 24.0):
        yield np.array([z, -z]), np.array([1.0, 0.0])


@bce_with_logits.cases
def logit_cases(rng):
    for m in (3, 5, 2, 7, 4):
        yield draw(rng, m, scale=1.5), both_labels(rng, m)
    z, y = draw(rng, 4, scale=1.5), both_labels(rng, 4)
    for labels in (y, 1 - y):  # the same logits, other labels
        yield z, labels


def _loss(z, y):
    """By the side of each label: nothing cancels, and where an exponential would overflow its logarithm is a straight line."""
    side = np.where(y == 1, -1.0, 1.0) * z
    return np.mean(np.where(side.real > 40, side, np.log(1 + np.exp(np.where(side.real > 40, 0, side)))))


@bce_with_logits.check(domain=True)
def loss_is_the_mean(t, z, y):
    """The loss is the mean of the examples' cross-entropies"""
    t.equal(t(z, y)[0], _loss(z, y).real, "", summed(np.mean(np.abs(z))))


@bce_with_logits.check(domain=True)
def gradient_is_the_slope_in_z(t, z, y):
    """dz is the slope of that loss with respect to each logit"""
    slopes = np.array([_loss(z + 1j * TINY * unit, y).imag / TINY for unit in np.eye(len(z))])
    t.equal(t(z, y)[1], slopes, "Move one logit by a little: by how much does the mean loss move?")


def large_logits(rng):
    """Logits at which a sigmoid is 0 or 1 to the last digit."""
    yield np.array([1000.0, -1000.0, 1000.0, -1000.0]), np.array([1.0, 1.0, 0.0, 0.0])
    yield np.array([40.0, -750.0, round(float(rng.uniform(100, 900)), 1)]), np.array([0.0, 0.0, 0.0])


@bce_with_logits.check(cases=large_logits, needs=("loss_is_the_mean", "gradient_is_the_slope_in_z"))
def stays_finite(t, z, y):
    """It stays finite and right for logits of 1000"""
    loss, dz = t(z, y)
    t.equal(
        loss,
        np.mean(np.maximum(z, 0) - y * z),
        "The loss is finite for every logit; a sigmoid of exactly 0 or 1 has no finite logarithm.",
    )
    t.equal(dz, ((z > 0) - y) / len(z), "")


def whole_labels(rng):
    """Labels as whole numbers, as data files have them."""
    yield draw(rng, 4), np.array([0, 1, 1, 0])


@bce_with_logits.check(cases=whole_labels, needs=("loss_is_the_mean",))
def takes_whole_labels(t, z, y):
    """Labels may be whole numbers"""
    t.equal(t(z, y)[0], _loss(z, y))


def columns(rng):
    """Labels in a column, as spreadsheets give them."""
    for m in (3, 4, 1):
        yield draw(rng, m), both_labels(rng, m)[:, None]
    yield draw(rng, 4), np.array([1.0])
    yield draw(rng, 1), both_labels(rng, 3)


@bce_with_logits.check(cases=columns)
def refuses_a_column_of_labels(t, z, y):
    """Labels of another shape raise ValueError"""
    t.raises(
        "ValueError",
        z,
        y,
        why="(m,) minus (m, 1) is an (m, m) table of every logit with every label, and one label is spread over all logits. Nothing warns you: compare the shapes first.",
    )


def _shapes(z, y):
    if np.shape(z) != np.shape(y):
        raise ValueError("shapes differ")


def _parts(z, y):
    _shapes(z, y)
    z = np.asarray(z, float)
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))), (1 + np.tanh(z / 2)) / 2


@bce_with_logits.mistake(
    "This is the gradient with respect to the probability s. Asked for is the one with respect to the logit z: one more step of the chain."
)
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


@bce_with_logits.mistake(
    "Fine for small logits. For large ones the sigmoid is exactly 0 or 1, its logarithm is -inf, and 0 times inf is NaN."
)
def log_of_zero(z, y):
    _shapes(z, y)
    s = (1 + np.tanh(np.asarray(z, float) / 2)) / 2
    with np.errstate(all="ignore"):
        return float(np.mean(-y * np.log(s) - (1 - y) * np.log(1 - s))), (s - y) / len(z)


@bce_with_logits.mistake(
    "A column of labels slips through: z - y broadcasts to a table of every logit with every label. Compare the shapes first."
)
def label_column_broadcasts(z, y):
    z = np.asarray(z, float)
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    return loss, ((1 + np.tanh(z / 2)) / 2 - y) / len(z)


@bce_with_logits.mistake(
    "The sign of dz is flipped: when the label is 1 and s is too small, a larger z lowers the loss, so the slope is negative."
)
def sign(z, y):
    loss, s = _parts(z, y)
    return loss, (y - s) / len(z)
