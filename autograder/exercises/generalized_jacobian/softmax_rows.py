"""The softmax of every row of a batch. Sources: MC19, MC23, MC28."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Reals, of_scores

from ..jacobian.softmaxes import _shares, _slopes
from ._lesson import lesson, numbers

genjac_softmax_rows = lesson.exercise(
    "genjac_softmax_rows",
    3,
    "the generalized Jacobian of a softmax applied to every row",
    signature="Z",
    minutes=12,
    difficulty=4,
    returns=Array(lambda Z: Z.shape + Z.shape),
    domains={"Z": Reals("n m")},
    clauses={
        "a softmax applied to every row: Z (m, k) -> (m, k, m, k)": "each_row_for_itself rows_do_not_mix edges returns",
        "Right for scores of any size": "survives_tall_scores edges",
    },
    hints=(
        "Within one row it is the matrix of lesson 5, made of the shares s of that row.",
        "Row i does not feel row p: a delta for the two row indices.",
        "Shares along the rows: exponentials divided by their sum over axis 1, with keepdims=True. Subtract each row's largest score first.",
    ),
)


@genjac_softmax_rows.cases
def score_tables(rng):
    for shape in ((2, 3), (3, 2), (3, 3), (1, 4), (4, 2)):
        yield (numbers(rng, shape, -2.5, 2.5),)


@genjac_softmax_rows.check(domain=True)
def each_row_for_itself(t, Z):
    """Within a row it is the Jacobian of that row's softmax"""
    G = t(Z)
    t.equal(
        np.array([G[i, :, i, :] for i in range(len(Z))]),
        np.array([_slopes(row) for row in Z]),
        "G[i, :, i, :] is the matrix of lesson 5 for row i.",
        of_scores(Z),
    )


@genjac_softmax_rows.check(weight=3, needs=("each_row_for_itself",), domain=True)
def rows_do_not_mix(t, Z):
    """Between different rows it is 0"""
    G = t(Z)
    other = np.array([G[i, :, p, :] for i in range(len(Z)) for p in range(len(Z)) if i != p])
    t.equal(other, np.zeros_like(other), "Each example has its own row, and its shares do not depend on the others.")


def tall_scores(rng):
    """Scores whose exponentials are too large for a computer."""
    yield (np.array([[1000.0, 0.0], [-1000.0, -1000.5]]),)
    yield (np.round(1000 + numbers(rng, (2, 3)), 2),)
    # shifted by its first score, its last, its smallest or its mean, one of the rows still overflows
    yield (np.array([[-1000.0, 0.5, 1000.0], [1000.0, 0.5, -1000.0], [2000.0, 1999.5, -2000.0]]),)


@genjac_softmax_rows.check(cases=tall_scores, needs=("each_row_for_itself",))
def survives_tall_scores(t, Z):
    """It is right for scores of 1000 and of -1000 too"""
    G = t(Z)
    t.equal(
        np.array([G[i, :, i, :] for i in range(len(Z))]),
        np.array([_slopes(row) for row in Z]),
        "Only the differences of the scores of a row count. np.exp(1000) is infinite.",
        of_scores(Z),
    )


def _spread(S, same_row):
    inner = np.array([np.diag(s) for s in S])[:, :, None, :] - S[:, :, None, None] * S[None, None, :, :]
    return inner * same_row[:, None, :, None]


@genjac_softmax_rows.mistake("Different rows are coupled: the delta for the two row indices is missing.")
def couples_rows(Z):
    S = np.array([_shares(row) for row in Z])
    return _spread(S, np.ones((len(Z), len(Z))))


@genjac_softmax_rows.mistake("The shares add up to 1 along the columns here. Each row is one example: sum over axis 1.")
def shares_along_columns(Z):
    S = np.array([_shares(column) for column in Z.T]).T
    return _spread(S, np.eye(len(Z)))


@genjac_softmax_rows.mistake("Only the entries with equal indices are filled, s(1 - s). Within a row every share depends on every score.")
def no_cross_terms(Z):
    S = np.array([_shares(row) for row in Z])
    return np.einsum("nm,np,mk->nmpk", S * (1 - S), np.eye(len(Z)), np.eye(Z.shape[1]))


@genjac_softmax_rows.mistake("All entries share one sum: a softmax of the whole table. Each row has its own.")
def one_softmax_for_the_table(Z):
    S = _shares(Z.ravel()).reshape(Z.shape)
    return _spread(S, np.eye(len(Z)))


@genjac_softmax_rows.mistake("For large scores you get nan. Subtract the largest score of each row before you take exponentials.")
def overflows_in_a_row(Z):
    G = np.array([_slopes(row) for row in Z])
    G[np.max(Z, axis=1) > 700] = np.nan
    G[np.max(Z, axis=1) < -740] = np.nan
    return np.einsum("nmk,np->nmpk", G, np.eye(len(Z)))
