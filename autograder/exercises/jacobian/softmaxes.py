"""The softmax and its Jacobian, which mixes all scores. Source: MC28."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, choice

from ._domains import SCORES
from ._lesson import lesson, numbers

softmax = lesson.exercise(
    "softmax",
    1,
    "scores to shares that add up to 1",
    signature="z",
    minutes=5,
    difficulty=2,
    returns=Array(lambda z: np.shape(z)),
    domains={"z": SCORES},
    clauses={
        "The shares that belong to the scores z": "ratios_follow_differences adds_up_to_one",
        "Right for scores of any size": "survives_large_scores edges",
    },
    hints=(
        "Take the exponential of every score, then divide by their sum.",
        "np.exp(1000) is infinite. Adding the same number to all scores changes no share: which number makes the largest score 0?",
    ),
)


def _shares(z):
    """Share i as one over the sum of exp(z_k - z_i): nothing to cancel, and 0 where a term is infinite."""
    with np.errstate(over="ignore"):
        return 1 / np.sum(np.exp(z[None, :] - z[:, None]), axis=1)


def _slopes(z):
    """How share i answers to score j: off the diagonal by differentiating `_shares`; then every row adds up to 0."""
    with np.errstate(over="ignore", invalid="ignore"):
        off = -_shares(z)[:, None] * _shares(z)[None, :] * (1 - np.eye(len(z)))
    return off - np.diag(np.sum(off, axis=1))


@softmax.cases
def scores(rng):
    for n in (3, 2, 4, 5, 3):
        yield (numbers(rng, n, -3, 3),)
    yield (np.array([0.0, -15.0, -21.0]),)  # shares of a millionth and less are shares


@softmax.check()
def ratios_follow_differences(t, z):
    """The ratio of two shares is the exponential of the difference of their scores"""
    s = t(z)
    t.holds(bool(np.all(np.asarray(s) != 0)), s, "no share equal to 0", "An exponential is positive.")
    t.equal(s / s[0], np.exp(z - z[0]), "Shares compare as the exponentials of the scores do.")


@softmax.check(needs=("ratios_follow_differences",))
def adds_up_to_one(t, z):
    """The shares add up to 1"""
    t.equal(float(np.sum(t(z))), 1.0, "Divide by the sum.")


def large_scores(rng):
    """Scores whose exponentials are too large or too small for a computer."""
    yield (np.array([1000.0, 0.0]),)
    for z in (
        [0.0, 1000.0],
        [-1000.0, 1000.0, 0.0],
        [1000.0, -1000.0, 0.0],
        [0.0, -1000.0, 1000.0],
        [-2000.0, -2000.0],
        [0.0, 0.0, 0.0, 3000.0],
    ):
        yield (np.array(z),)
    yield (np.array([-900, 900, 899]),)
    yield (np.round(1000 + numbers(rng, 3), 2),)
    yield (np.round(-1000 + numbers(rng, 4), 2),)


@softmax.check(cases=large_scores, needs=("adds_up_to_one",), domain=True)
def survives_large_scores(t, z):
    """It is right for scores of 1000 and of -1000 too"""
    t.equal(t(z), _shares(z), "Adding the same number to all scores changes no share. Choose one that keeps the exponentials small.")


@softmax.mistake("np.exp(1000) is infinite, and infinity divided by infinity is nan. Subtract the largest score from all of them first.")
def overflow(z):
    return np.exp(z) / np.sum(np.exp(z))


@softmax.mistake("These are the exponentials. Divide by their sum to make shares of them.")
def not_divided(z):
    return np.exp(z)


@softmax.mistake("You divide the scores themselves by their sum. Take exponentials first: scores may be negative, shares may not.")
def no_exponential(z):
    return z / np.sum(z)


@softmax.mistake("After subtracting the largest score you still have to divide by the sum: now the largest share is 1.")
def largest_is_one(z):
    return np.exp(z - np.max(z))


@softmax.mistake("These are the logarithms of the shares. Asked for are the shares.")
def logarithm_of_softmax(z):
    shifted = z - np.max(z)
    return shifted - np.log(np.sum(np.exp(shifted)))


wrong_line_of_softmax = lesson.add(
    choice(
        "wrong_line_of_softmax",
        0.5,
        "find the wrong line in a derivation of the softmax Jacobian",
        wrong={
            "a": "Only the term with k = j depends on z_j, and the exponential is its own derivative. This line holds.",
            "b": "This is the quotient rule with both parts depending on z_i. It simplifies to s_i(1 - s_i). This line holds.",
            "d": "It follows from the line above it, which is the one that is wrong.",
        },
        difficulty=2,
        minutes=4,
        hints=(
            "Does s_i change when you raise another score z_j? Try softmax([1, 2, 3]) and softmax([1, 2, 4]).",
            "In the quotient, the numerator does not contain z_j. What about the denominator?",
        ),
    )
)

softmax_jacobian = lesson.exercise(
    "softmax_jacobian",
    3,
    "how every share answers to every score",
    signature="z",
    minutes=12,
    difficulty=3,
    returns=Array(lambda z: (len(z), len(z))),
    domains={"z": SCORES},
    clauses={
        "The Jacobian of softmax at the scores z": "answers_to_every_score shares_keep_their_sum no_negative_eigenvalue",
        "Right for scores of any size": "jacobian_of_large_scores edges",
    },
    hints=(
        "Work with the shares s = softmax(z) from here on: every entry can be written with them alone.",
        "Raise one score: its share goes up, all others go down. What does that say about the signs off the diagonal?",
        "The shares add up to 1 whatever the scores are, so each column of the Jacobian adds up to 0. Use it to check yourself.",
        "np.outer(s, s) has the entry s_i times s_j in row i, column j.",
    ),
)
softmax_jacobian.cases(scores)


@softmax_jacobian.check(weight=3)
def answers_to_every_score(t, z):
    """Entry (i, j) is the partial derivative of share i with respect to score j"""
    t.equal(t(z), _slopes(z))


@softmax_jacobian.check(needs=("answers_to_every_score",))
def shares_keep_their_sum(t, z):
    """Every row and every column adds up to 0"""
    J = t(z)
    t.equal(
        np.concatenate([J.sum(axis=0), J.sum(axis=1)]),
        np.zeros(2 * len(z)),
        "The shares always add up to 1, and raising all scores alike changes none of them.",
    )


@softmax_jacobian.check(needs=("answers_to_every_score",))
def no_negative_eigenvalue(t, z):
    """It has no negative eigenvalue"""
    smallest = float(np.min(np.linalg.eigvalsh(t(z))))
    t.holds(smallest > -1e-12, smallest, "0 or more", "Changing the scores along v never makes the shares move against v.")


@softmax_jacobian.check(cases=large_scores, needs=("answers_to_every_score",), domain=True)
def jacobian_of_large_scores(t, z):
    """It is right for scores of 1000 and of -1000 too"""
    t.equal(t(z), _slopes(z), "A share is never NaN, however large the scores are. Your softmax survives them.")


@softmax_jacobian.mistake(
    "Only the diagonal is filled. Raising one score lowers all the other shares: the entries off the diagonal are not 0."
)
def only_its_diagonal(z):
    s = _shares(z)
    return np.diag(s * (1 - s))


@softmax_jacobian.mistake(
    "The slopes s(1 - s) are right, as the diagonal of a matrix. The softmax is no elementwise map: the answer is n by n."
)
def diagonal_as_a_vector(z):
    s = _shares(z)
    return s * (1 - s)


@softmax_jacobian.mistake("The sign between your two terms is wrong: off the diagonal the entries are negative.")
def plus_instead_of_minus(z):
    s = _shares(z)
    return np.diag(s) + np.outer(s, s)


@softmax_jacobian.mistake("The term that stands only on the diagonal is missing: a share must go up when its own score does.")
def diagonal_term_missing(z):
    s = _shares(z)
    return -np.outer(s, s)


@softmax_jacobian.mistake("For large scores you get nan. Take the shares from a softmax that subtracts the largest score first.")
def overflows(z):
    s = np.exp(z) / np.sum(np.exp(z))  # the mistake; then entry by entry, to be nan in the same places
    return np.array([[a * (1 - a) if i == j else -a * b for j, b in enumerate(s)] for i, a in enumerate(s)])


@softmax_jacobian.mistake("Your matrix is built with the exponentials; they have to be divided by their sum first.")
def built_without_dividing(z):
    e = np.exp(z)
    return np.diag(e) - np.outer(e, e)
