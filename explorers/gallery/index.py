"""The index explorer: wiggle an entry of X, see the entries of Y that answer, find them in the flattened generalized Jacobian.

G[i..., j...] = ∂Y[i...]/∂X[j...]; entries by a complex step, so zeros are exact zeros (S0.15 to S0.20, S0.23).
"""

from __future__ import annotations

import warnings
from functools import lru_cache

import numpy as np

from ..drawing.cells import draw_cell, draw_matrix, frame_cell
from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..inputs.checks import check_array_function, counts, finite
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import NOTHING, Told, told
from ..widgets.yours import Yours
from . import index_yours
from .index_operations import OPS, TRUE_OF, X23, Op, across

ORDERS = ("C: rows first", "F: columns first")
COUNT = 12  # inputs of the largest operation
MOST_IN, MOST_OUT = 16, 24  # what the picture has room for


def own_operation(name: str, f, at: np.ndarray) -> Op:
    """A learner's function of an array, looked at in `at`; its sentence is read off the zeros."""
    op = Op(f, at, "", NOTHING, name, not _takes_complex(f, at))
    G, axes = jacobian(op), at.ndim
    y, zeros = G.ndim - axes, G == 0
    matrix = flat(op, ORDERS[0])
    paired = y >= 1 and axes >= 1 and G.shape[0] == at.shape[0] > 1
    mixes = paired and any(
        np.any(np.moveaxis(G, y, 1)[i, k]) for i in range(G.shape[0]) for k in range(G.shape[0]) if i != k)  # fmt: skip
    if not zeros.any():
        words = told("No entry is zero: every output answers to every input.", lambda: np.count_nonzero(G) == G.size)
    elif zeros.all():
        words = told("All entries are zero: at this X no output answers to any input.", lambda: not np.any(G))
    elif matrix.shape[0] == matrix.shape[1] and not np.any(matrix - np.diag(np.diag(matrix))):
        words = told(
            "Entry by entry: the flattened matrix is diagonal, one output answers to one input.",
            lambda: np.count_nonzero(matrix) == np.count_nonzero(np.diagonal(matrix)),
        )
    elif paired and not mixes:
        words = told(
            "Output i along the first axis answers to input i along it only: if that axis counts examples, they do not mix here.",
            lambda: not across(G, y),
        )
    elif mixes:
        words = told(
            "Along the first axis outputs answer to other inputs as well: if that axis counts examples, they do mix.", lambda: across(G, y)
        )
    else:
        words = told("Where G is zero, that output does not answer to that input, at this X.", lambda: 0 < np.count_nonzero(G) < G.size)
    return Op(f, at, "measured" if op.measured else "by complex step", words, name, op.measured)


def _takes_complex(f, at: np.ndarray) -> bool:
    step = 1e-30 * np.random.default_rng(0).normal(size=at.shape)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        try:
            slope = np.imag(f(at + 1j * step)) / 1e-30
            rough = (np.asarray(f(at + 1e24 * step)) - np.asarray(f(at - 1e24 * step))) / 2e-6
        except Exception:  # it may refuse in any way it likes; then differences are left
            return False
    return bool(np.shape(slope) == np.shape(rough) and np.allclose(slope, rough, rtol=1e-5, atol=1e-6))


def operation_of(op) -> Op:
    """The operation of a name in the menu, or the learner's own."""
    return op if isinstance(op, Op) else OPS[op]


@lru_cache(maxsize=32)
def jacobian(op) -> np.ndarray:
    """G, of shape Y.shape + X.shape."""
    one = operation_of(op)
    columns = []
    for j in np.ndindex(one.at.shape):
        if one.measured:
            step = np.zeros(one.at.shape)
            step[j] = 6e-6 * (1 + abs(one.at[j]))
            columns.append((np.asarray(one.f(one.at + step), dtype=float) - np.asarray(one.f(one.at - step), dtype=float)) / (2 * step[j]))
            continue
        step = np.zeros(one.at.shape, dtype=complex)
        step[j] = 1e-30j
        columns.append(np.imag(one.f(one.at + step)) / 1e-30)
    return np.moveaxis(np.array(columns), 0, -1).reshape(np.shape(one.f(one.at)) + one.at.shape)


def flat(op, order: str) -> np.ndarray:
    """The flattened matrix, shape (Y.size, X.size), both sides in the same order."""
    return flattened(jacobian(op), np.ndim(operation_of(op).f(operation_of(op).at)), order)


def flattened(G: np.ndarray, y: int, order: str) -> np.ndarray:
    """A tensor whose first `y` axes are those of Y, as a matrix."""
    letter = order[0]
    rows = np.arange(int(np.prod(G.shape[:y], dtype=int))).reshape(G.shape[:y]).ravel(order=letter)
    columns = np.arange(int(np.prod(G.shape[y:], dtype=int))).reshape(G.shape[y:]).ravel(order=letter)
    return G.reshape(len(rows), len(columns))[np.ix_(rows, columns)]


def places(op, j: int, order: str) -> tuple[tuple, int]:
    """The multi-index of input number `j` (C order, counted round) and its column in the flattened matrix."""
    shape = operation_of(op).at.shape
    index = np.unravel_index(j % operation_of(op).at.size, shape)
    return tuple(int(i) for i in index), int(np.ravel_multi_index(index, shape, order=order[0]))


def second_row_answers(op, j: int) -> bool:
    """Whether anything in the second row of Y answers to input number `j`."""
    Y = np.asarray(operation_of(op).f(operation_of(op).at))
    return Y.ndim > 0 and len(Y) > 1 and bool(np.any(jacobian(op)[1][(..., *places(op, j, ORDERS[0])[0])]))


def charts(op, order: str) -> tuple[Chart, Chart, Chart]:
    """Input grid, output grid, spy plot."""
    look = {"ticks": False, "left": 12, "width": 310, "height": 260, "bottom": 24}
    m, n = flat(op, order).shape
    size = max(m, n) + 0.5
    return (
        Chart(*_room(operation_of(op).at), title=f"X, shape {operation_of(op).at.shape}", **look),
        Chart(
            *_room(operation_of(op).f(operation_of(op).at)), title=f"Y, shape {np.shape(operation_of(op).f(operation_of(op).at))}", **look
        ),
        Chart((-0.5, size * 1.2), (-size, 0.5), title=f"G flattened, {m} × {n}", **look),
    )


def _room(values) -> tuple[tuple, tuple]:
    """Axes for a grid of cells: those of the menu, or larger."""
    rows, columns = _as_grid(values).shape
    return (-0.3, max(4.0, columns) + 0.3), (-max(3.0, rows) - 0.4, 0.4)


def _as_grid(values) -> np.ndarray:
    values = np.atleast_1d(values)
    if values.ndim > 2:
        return values.reshape(-1, values.shape[-1])  # the blocks below each other
    return (
        values
        if values.ndim == 2
        else values.reshape(-1, min(4, values.size))
        if values.size % 4 == 0
        else values.reshape(2, -1)
        if values.size > 4
        else values[None]
    )


def draw_spy(axes, op, order: str) -> None:
    """The pattern of zeros."""
    draw_matrix(axes[2], flat(op, order), color=BLUE)


def draw(axes, j: int, op, order: str) -> None:
    """The wiggled input, the outputs that answer with their entries, and the column of the flattened matrix."""
    one, (index, column) = operation_of(op), places(op, j, order)
    answers = jacobian(op)[(..., *index)]
    lit = np.zeros(one.at.shape)
    lit[index] = 1
    for k, shown in np.ndenumerate(_as_grid(lit)):
        draw_cell(axes[0], *k, ORANGE if shown else INK, 0.75 if shown else 0.12)
        note(axes[0], _name(k, one.at), (k[1] + 0.5, -(k[0] + 0.5)), ha="center", fontsize=11)
        if shown:
            handle(axes[0], k[1] + 0.5, -(k[0] + 0.5))
    grid = _as_grid(answers)
    for k, value in np.ndenumerate(grid):
        draw_cell(axes[1], *k, GREEN if value else INK, 0.35 if value else 0.12)
        note(axes[1], number(round(float(value), 3), 3) if value else "0", (k[1] + 0.5, -(k[0] + 0.5)), (0, 6), ha="center", fontsize=11)
        note(axes[1], _name(k, answers), (k[1] + 0.5, -(k[0] + 0.5)), (0, -8), ha="center", fontsize=11)
    frame_cell(axes[2], 0, column, ORANGE, 3, rows=len(flat(op, order)))


def _name(k: tuple, values) -> str:
    """The index of the value that stands in cell `k` of the grid, as NumPy writes it."""
    place = np.unravel_index(k[0] * _as_grid(values).shape[1] + k[1], np.shape(values)) if np.ndim(values) else ()
    return ", ".join(map(str, place))


def describe(j: int, op, order: str) -> Description:
    """The words of a state."""
    G, (index, column) = jacobian(op), places(op, j, order)
    answers = np.atleast_1d(G[(..., *index)])
    cells = (
        (None, "shape of G", str(G.shape)), ((ORANGE, "-"), "input", "X[" + ", ".join(map(str, index)) + "]"),
        ((GREEN, "-"), "outputs that answer", f"{np.count_nonzero(answers)} of {answers.size}"), (None, "zeros in G", f"{np.sum(G == 0)} of {G.size}"), (None, "entries" if isinstance(op, Op) else "entry", operation_of(op).entry),
    )  # fmt: skip
    labels = (
        f"the input of {op}; X{list(index)} is wiggled",
        f"the outputs: {np.count_nonzero(answers)} of {answers.size} answer",
        f"the flattened generalized Jacobian in {order[0]} order; column {column} is framed, {np.sum(G == 0)} of {G.size} entries are zero",
    )
    zeros = operation_of(op).zeros
    return Description(labels, cells, zeros if isinstance(zeros, Told) else told(zeros, lambda: TRUE_OF[op](G)))


def index_explorer(f=None, X=None, j: int = 0, yours=None):
    """Walk through the entries of X and watch which entries of Y answer.

    `f` is any function of an array, looked at in `X`: up to 16 entries of any shape, and up to 24 entries of Y. Its entries come
    from a complex step, or from central differences where f takes no complex numbers. Without `f` there is a menu. `j` is the
    entry that is wiggled, counted from 0. `yours` is a function of yours: it takes f and X and returns the generalized Jacobian. What to find out: where are the zeros, what pattern do they make, and which operation mixes the examples of a batch?
    """
    return scene(j, f, X, yours).explorer()


def scene(j: int = 0, f=None, X=None, yours=None) -> Scene:
    """The scene of the explorer."""
    ops, count = tuple(OPS), COUNT
    if X is not None and f is None:
        raise ValueError("X came without f. Give both, for example index_explorer(lambda X: X @ X.T, X=[[1.0, 2.0], [3.0, 4.0]]).")
    if f is not None:
        X = X23 if X is None else finite(X, "X", (-1,) * np.ndim(X))
        name = check_array_function(f, X, MOST_IN, MOST_OUT)
        ops, count = (own_operation(name, f, X), *ops), max(COUNT, X.size)
    if j != 0:
        counts((1,), int(j) + 1, "j + 1", count)
    return Scene(
        "index",
        (
            Control("j", "entry of the input", "which input is wiggled", tuple(range(count)), j, lambda v: str(v + 1)),
            Control("op", "operation", "Y as a function of X", ops, ops[0], str, "menu"),
            Control("order", "flatten", "the order in which indices are laid out", ORDERS, ORDERS[0], str, "toggle"),
        ),
        charts, draw, describe, draw_spy,
        presets=(Preset("back to the start", "your f", {}),) if f is not None else (
            Preset("a batch", "examples do not mix", {"op": ops[3]}), Preset("mixed by the mean", "examples do mix", {"op": ops[6]}),
            Preset("shared weights", "by W", {"op": ops[1]}), Preset("a band", "a convolution", {"op": ops[7], "j": 2}),
        ),
        goal=Goal("find an input on which the second row of Y depends.", lambda j, op, order: second_row_answers(op, j)),
        shown=("outputs that answer", "entry"),
        prints=({},) if f is not None else ({}, {"op": ops[1]}, {"op": ops[6]}),
        yours=yours and Yours(
            asked(yours), lambda j, op, order: index_yours.offer(operation_of(op)),
            lambda one, value, j, op, order: index_yours.beside(one, value, jacobian(op), *places(op, j, order), _as_grid, lambda G: flattened(G, np.ndim(operation_of(op).f(operation_of(op).at)), order)),
        ),
    )  # fmt: skip
