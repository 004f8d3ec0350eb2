"""A published backward pass that trains, and is the gradient of another loss. Source: E-W33."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Labels, Reals, choice, summed

from ._lesson import EXAMPLES, both_labels, complex_slopes, draw, lesson

repaired_backward = lesson.exercise(
    "repaired_backward",
    2,
    "the published backward pass, repaired",
    signature="X, y, W1, W2",
    minutes=10,
    difficulty=4,
    returns=Items(Array(lambda X, y, W1, W2: W1.shape), Array(lambda X, y, W1, W2: W2.shape)),
    domains={
        "X": EXAMPLES,
        "y": Labels("m", floats=True),
        "W1": Reals("n H", high=3, zeros=True, whole=False),
        "W2": Reals("H 1", high=3, zeros=True, whole=False),
    },
    clauses={
        "The gradients (dW1, dW2) of the summed cross-entropy": "W1_is_the_slope W2_is_the_slope edges returns",
        "X is (m, n), y is (m,), W1 is (n, H), W2 is (H, 1)": "edges",
    },
    hints=(
        "gradcheck says both arrays are wrong. One mistake before the place where their ways part would do that.",
        "Of what is s - y the slope: of the loss with respect to s, or with respect to z?",
        "Work out the slope of -y log s - (1 - y) log(1 - s) with respect to s, and multiply by the slope of s in z. What cancels?",
    ),
)


@repaired_backward.cases
def network_cases(rng):
    for m, n, H in ((3, 2, 4), (5, 3, 2), (4, 2, 3), (2, 4, 3)):
        yield draw(rng, m, n), both_labels(rng, m), draw(rng, n, H), draw(rng, H, 1)


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _loss(X, y, W1, W2):
    z = (_sigmoid(X @ W1) @ W2)[..., 0]
    return np.sum(np.log(1 + np.exp(z)) - y * z, axis=-1)


@repaired_backward.check(domain=True)
def W2_is_the_slope(t, X, y, W1, W2):
    """dW2 is the slope of the summed cross-entropy"""
    t.equal(t(X, y, W1, W2)[1], complex_slopes(lambda moved: _loss(X, y, W1, moved), W2), "", summed(len(X)))


@repaired_backward.check(domain=True)
def W1_is_the_slope(t, X, y, W1, W2):
    """dW1 is the slope of the summed cross-entropy"""
    wanted = complex_slopes(lambda moved: _loss(X, y, moved, W2), W1)
    t.equal(t(X, y, W1, W2)[0], wanted, "What lies between the output and W1?", summed(np.sum(np.abs(X)) * np.max(np.abs(W2))))


def _gradients(X, y, W1, W2, at_the_output=lambda s: 1.0, at_the_hidden=lambda a: a * (1 - a)):
    """Backward with a factor at each sigmoid, for the mistakes below: each gets one of them wrong."""
    a = _sigmoid(X @ W1)
    s = _sigmoid(a @ W2)[:, 0]
    dz = ((s - y) * at_the_output(s))[:, None]
    return X.T @ (at_the_hidden(a) * (dz @ W2.T)), a.T @ dz


@repaired_backward.mistake(
    "This is the published gradient, unchanged: it belongs to half the sum of squared errors. One factor is too many."
)
def unchanged(X, y, W1, W2):
    return _gradients(X, y, W1, W2, at_the_output=lambda s: s * (1 - s))


@repaired_backward.mistake(
    "You took away the slope of the hidden sigmoid and left the one at the output. It is the other one that is too many."
)
def wrong_slope_removed(X, y, W1, W2):
    return _gradients(X, y, W1, W2, at_the_output=lambda s: s * (1 - s), at_the_hidden=lambda a: 1.0)


@repaired_backward.mistake("Both slopes are gone now. The hidden layer still has its sigmoid between dA and W1.")
def both_slopes_removed(X, y, W1, W2):
    return _gradients(X, y, W1, W2, at_the_hidden=lambda a: 1.0)


@repaired_backward.mistake(
    "You divide by s(1 - s) and do not multiply by the sigmoid's slope after it: this is the gradient with respect to s."
)
def divides_only(X, y, W1, W2):
    return _gradients(X, y, W1, W2, at_the_output=lambda s: 1 / (s * (1 - s)))


@repaired_backward.mistake("This is the gradient of the mean. The loss of this code is the sum over the examples.")
def mean_not_sum(X, y, W1, W2):
    return tuple(g / len(X) for g in _gradients(X, y, W1, W2))


@repaired_backward.mistake("The two gradients are exchanged: dW1 first.")
def exchanged(X, y, W1, W2):
    return _gradients(X, y, W1, W2)[::-1]


whose_gradient = lesson.add(
    choice(
        "whose_gradient",
        1,
        "of which loss the published code is the gradient",
        wrong={
            "a": "The check compared it with exactly this loss and found both arrays wrong.",
            "b": "A mean differs from a sum by the factor 1/m in every entry. The published gradient differs by another factor in every example.",
            "d": "The slope of a sum of absolute errors is the sign of s - y times the slope of s. There is no sign in the code.",
        },
        difficulty=3,
        minutes=3,
        hints=(
            "Read dz as a chain: slope of the loss with respect to s, times slope of s in z. The second is s(1 - s). What is left is the first.",
            "Which function of s has the derivative s - y?",
        ),
    )
)
