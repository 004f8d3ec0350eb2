"""The menu of the index explorer: operations on arrays, what their zeros say, and when that is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..widgets.told import Told

X23 = np.array([[0.3, -0.7, 1.1], [-0.4, 0.9, 0.2]])
W34 = np.array([[0.5, -1.2, 0.7, 0.4], [1.3, 0.6, -0.8, 0.9], [-0.6, 0.8, 1.5, -1.1]])
LINE, KERNEL = np.array([0.4, -1.0, 0.8, 1.2, -0.5, 0.7]), np.array([0.5, -1.0, 2.0])


def softmax_rows(Z):
    """Softmax of every row."""
    e = np.exp(Z)
    return e / e.sum(axis=-1, keepdims=True)


@dataclass(frozen=True, eq=False)
class Op:
    """A function of one array, where it is looked at, how its entries are written, and what its zeros say."""

    f: object
    at: np.ndarray
    entry: str
    zeros: str | Told  # of an own function with its predicate; those of the menu are in TRUE_OF
    name: str = ""
    measured: bool = False  # f takes no complex numbers: central differences, and zeros are those of outputs that never moved

    def __str__(self):
        return self.name


OPS = {
    "X W, by X": Op(lambda X: X @ W34, X23, "δᵢₚ W[q, j]", "Row i of Y knows row i of X only: the examples of a batch do not mix. Half of the entries vanish for two examples."),
    "X W, by W": Op(lambda W: X23 @ W, W34, "X[i, q] δⱼᵣ", "Column j of Y knows column j of W only, but every example uses the same W: its gradient will be a sum over the batch."),
    "tanh(X)": Op(np.tanh, X23, "(1 − tanh²) δ δ", "Entry by entry: one output answers to one input. The flattened matrix is diagonal."),
    "softmax of each row": Op(softmax_rows, X23, "δᵢₚ (sⱼ δⱼᵣ − sⱼ sᵣ)", "Within a row every output answers, because they share one denominator. Between rows nothing: one block for each example."),
    "sum of all": Op(lambda X: X.sum(), X23, "1", "A scalar output has no axes: G has the shape of X. This is a gradient, and every entry is 1."),
    "transpose": Op(lambda X: X.T, X23, "δᵢᵣ δⱼₚ", "One output for each input, in another place: a permutation. Nothing is computed, numbers move."),
    "minus the batch mean": Op(lambda X: X - X.mean(axis=0), X23, "(δᵢₚ − 1/m) δⱼᵣ", "The mean mixes the examples: blocks off the diagonal are not zero. Here the examples of a batch do depend on each other."),
    "convolution with 3 weights": Op(lambda x: np.array([x[o:o + 3] @ KERNEL for o in range(4)]), LINE, "k[j − i]", "A band: each output sees a window of three inputs, with the same three weights in every row."),
}  # fmt: skip


def across(G: np.ndarray, y_ndim: int) -> bool:
    """Whether an output answers to an input whose place along the first axis is another one."""
    own = np.eye(len(G), dtype=bool).reshape(len(G), *[1] * (y_ndim - 1), len(G), *[1] * (G.ndim - y_ndim - 1))
    return bool(np.any(np.where(own, 0, G)))


def _is_permutation(G: np.ndarray) -> bool:
    matrix = G.reshape(6, 6)
    return bool(np.all((matrix == 0) | (matrix == 1)) and np.all(matrix.sum(axis=0) == 1) and np.all(matrix.sum(axis=1) == 1))


TRUE_OF = {  # when the sentence of each operation is true, read off its tensor G[i..., j...]
    "X W, by X": lambda G: not across(G, 2) and 2 * np.count_nonzero(G) == G.size and len(G) == 2,
    "X W, by W": lambda G: all(
        (j == r) == bool(np.all(G[:, j, :, r])) and (j == r or not np.any(G[:, j, :, r])) for j in range(4) for r in range(4)
    ),
    "tanh(X)": lambda G: np.count_nonzero(G) == np.count_nonzero(np.diagonal(G.reshape(6, 6))) == 6,
    "softmax of each row": lambda G: not across(G, 2) and all(np.all(G[i, :, i, :]) for i in range(2)),
    "sum of all": lambda G: G.shape == X23.shape and np.all(G == 1),
    "transpose": _is_permutation,
    "minus the batch mean": lambda G: across(G, 2),
    "convolution with 3 weights": lambda G: all(
        (0 <= c - r < 3) == (G[r, c] != 0) and (G[r, c] == 0 or G[r, c] == G[0, c - r]) for r in range(4) for c in range(6)
    ),
}
