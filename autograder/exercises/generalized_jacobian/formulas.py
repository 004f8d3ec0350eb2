"""Generalized Jacobians on paper: elementwise maps and the matrix product. Source: MC19."""

from __future__ import annotations

import numpy as np

from autograder.writing import EXPSIN, SINE, Array, Function, Items, Reals, Smooth, literal, random_smooth, view

from ._lesson import lesson, numbers


class Slope(Smooth):
    """The derivative of a smooth function of one number: for the constant one it is 0 everywhere."""

    def draw(self, sample, mood):
        """A `Function` that takes arrays."""
        return super().draw(sample, mood).prime


genjac_elementwise = lesson.exercise(
    "genjac_elementwise",
    2,
    "the generalized Jacobian of a function applied to every entry",
    signature="fprime, X",
    minutes=7,
    difficulty=2,
    returns=Array(lambda fprime, X: X.shape + X.shape),
    domains={"X": Reals(lambda sample: sample.shape(("a b", "a", "a b c")[sample.round % 3])), "fprime": Slope()},
    clauses={
        "applied to every entry of X: shape X.shape + X.shape": "slope_of_the_same_entry zero_for_other_entries edges returns",
        "the derivative of the scalar function; it takes arrays": "slope_of_the_same_entry edges",
        "X has one axis or more": "edges",
    },
    hints=(
        "Entry Y[i] depends on X[i] alone, where i is a whole index tuple. Which entries of G are not 0?",
        "In the flattened world it is a diagonal matrix: np.diag. Then unflatten it.",
        "With einsum two deltas are needed for a matrix X: one for the rows and one for the columns.",
    ),
)


@genjac_elementwise.edges
def many_axes(rng):
    """More axes than anybody writes letters for by hand."""
    yield EXPSIN.prime, numbers(rng, (1, 2, 1, 2, 1), 0.2, 1.4)


@genjac_elementwise.cases
def entrywise(rng):
    for f, shape in ((SINE, (2, 3)), (EXPSIN, (3, 2)), (random_smooth(rng), (2, 2)), (EXPSIN, (3,)), (random_smooth(rng), (2, 1, 3))):
        sizes = rng.permutation(np.arange(20, 141))[: int(np.prod(shape))] / 100  # no two alike: ties are asked in every draw or in none
        yield f.prime, sizes.reshape(shape) * rng.choice([-1, 1], size=shape)


@genjac_elementwise.check(domain=True)
def slope_of_the_same_entry(t, fprime, X):
    """Where the output's index is the input's, it is the slope there"""
    G = t(fprime, X).reshape(X.size, X.size)
    t.equal(np.diagonal(G), fprime(X).ravel(), "Y[i] is f of X[i].")


@genjac_elementwise.check(weight=3, needs=("slope_of_the_same_entry",), domain=True)
def zero_for_other_entries(t, fprime, X):
    """Everywhere else it is 0"""
    G = t(fprime, X).reshape(X.size, X.size)
    t.equal(np.where(np.eye(X.size), 0.0, G), np.zeros_like(G), "Y[i] does not depend on X[j] unless all parts of i and j agree.")


def _deltas(X, axes):
    letters = [("abc"[k], "xyz"[k]) for k in range(X.ndim)]
    G = np.ones(X.shape + X.shape)
    for k in axes:
        operand = "".join(a for a, _ in letters) + "".join(b for _, b in letters)
        G = np.einsum(f"{operand},{letters[k][0]}{letters[k][1]}->{operand}", G, np.eye(X.shape[k]))
    return G


@genjac_elementwise.mistake(
    "These are the slopes in the shape of X. The generalized Jacobian has every pair of an output and an input: twice the axes."
)
def slopes_in_the_shape_of_X(fprime, X):
    return fprime(X)


@genjac_elementwise.mistake(
    "One delta is missing: rows are kept apart and the other axes are not. All parts of the two indices must agree."
)
def missing_one_delta(fprime, X):
    return fprime(X).reshape(X.shape + (1,) * X.ndim) * _deltas(X, [0])


@genjac_elementwise.mistake("No delta at all: as if every entry of Y depended on every entry of X.")
def missing_all_deltas(fprime, X):
    return fprime(X).reshape(X.shape + (1,) * X.ndim) * np.ones(X.shape + X.shape)


@genjac_elementwise.mistake("This is the Jacobian of the flattened map. Give it the shape of Y, then that of X.")
def left_as_a_matrix(fprime, X):
    return np.diag(fprime(X).ravel())


genjac_matmul = lesson.exercise(
    "genjac_matmul",
    4,
    "both generalized Jacobians of Y = X W",
    signature="X, W",
    minutes=14,
    difficulty=4,
    returns=Items(
        Array(lambda X, W: (X.shape[0], W.shape[1], *X.shape)),
        Array(lambda X, W: (X.shape[0], W.shape[1], *W.shape)),
    ),
    domains={"X": Reals("n d"), "W": Reals("d m")},
    clauses={"X (m, n), W (n, k) -> (m, k, m, n) for X and (m, k, n, k) for W": "answers_to_X answers_to_W edges returns"},
    hints=(
        "Write one entry: Y[i, j] is the sum over d of X[i, d] W[d, j]. Differentiate it by X[p, q]. When is the result not 0?",
        "A condition such as i = p is a Kronecker delta, and in code np.eye.",
        "np.einsum writes index formulas down as they stand: the letters after -> are the axes of the result, in order.",
        "For W the roles change: which letters must agree for Y[i, j] to feel W[q, r]?",
    ),
)


@genjac_matmul.cases
def factors(rng):
    for n, d, m in ((2, 3, 3), (2, 3, 4), (3, 2, 2), (4, 1, 2), (1, 2, 3)):
        yield numbers(rng, (n, d)), numbers(rng, (d, m))


def _responses(answer, shape):
    """What a linear map answers to each unit input, on trailing axes: its derivative by definition, nothing is approximated."""
    units = np.eye(int(np.prod(shape))).reshape(-1, *shape)
    answers = np.stack([answer(unit) for unit in units], axis=-1)
    return answers.reshape(answers.shape[:-1] + shape)


@genjac_matmul.picture
def picture(X, W):
    return view("index_explorer", f=Function(f"X @ {literal(W)}", args="X"), X=X) if X.size <= 16 and len(X) * W.shape[1] <= 24 else None


@genjac_matmul.check(domain=True)
def answers_to_X(t, X, W):
    """G_X[..., p, d] is how Y answers when X[p, d] grows by 1"""
    t.equal(t(X, W)[0], _responses(lambda unit: unit @ W, X.shape), "Only row p of Y answers, with row d of W.")


@genjac_matmul.check(domain=True)
def answers_to_W(t, X, W):
    """G_W[..., d, k] is how Y answers when W[d, k] grows by 1"""
    t.equal(t(X, W)[1], _responses(lambda unit: X @ unit, W.shape), "Only column k of Y answers, with column d of X.")


@genjac_matmul.mistake(
    "W stands the wrong way round in G_X: with a square W only the numbers show it. Y[i, j] meets X[i, d] with the factor W[d, j]."
)
def W_transposed(X, W):
    return np.einsum("np,md->nmpd", np.eye(len(X)), W), _responses(lambda unit: X @ unit, W.shape)


@genjac_matmul.mistake("The axes of the input come first here. Shape of Y, then shape of X (or of W).")
def input_axes_first(X, W):
    return tuple(np.transpose(G, (2, 3, 0, 1)) for G in (_responses(lambda u: u @ W, X.shape), _responses(lambda u: X @ u, W.shape)))


@genjac_matmul.mistake("The deltas are missing: row i of Y does not depend on the other rows of X, nor column j on the other columns of W.")
def missing_deltas(X, W):
    return np.einsum("np,dm->nmpd", np.ones((len(X), len(X))), W), np.einsum("nd,mk->nmdk", X, np.ones((W.shape[1],) * 2))


@genjac_matmul.mistake("The two results are exchanged: return the one for X first.")
def exchanged(X, W):
    return _responses(lambda unit: X @ unit, W.shape), _responses(lambda unit: unit @ W, X.shape)


@genjac_matmul.mistake("These are the Jacobians of the flattened maps. Give them the shape of Y, then that of the input.")
def as_flat_matrices(X, W):
    return np.kron(np.eye(len(X)), W.T), np.kron(X, np.eye(W.shape[1]))
