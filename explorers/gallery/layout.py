"""The layout explorer: a Jacobian of any shape in both layouts, and as the nested list of the source (S0.12, S0.13, E-P19)."""

from __future__ import annotations

import numpy as np

from ..drawing.cells import draw_matrix, frame_cell
from ..drawing.chart import Chart
from ..drawing.overlay import handle, note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..inputs.checks import counts
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import layout_yours

LAYOUTS = ("numerator: outputs first", "denominator: inputs first")
LOOK = {"ticks": False, "left": 12, "bottom": 12, "width": 360, "height": 300}
# both layouts, each with room for the largest matrix
SPACES = (
    Chart((-0.9, 5.2), (-5.1, 0.7), title="numerator layout: outputs first", **LOOK),
    Chart((-0.9, 5.2), (-5.1, 0.7), title="denominator layout: inputs first", **LOOK),
)
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def shape(m: int, n: int, layout: str) -> tuple[int, int]:
    """The shape that NumPy would report."""
    return (m, n) if layout == LAYOUTS[0] else (n, m)


def entry(i: int, j: int) -> str:
    """How an entry is written: output i by input j, counted from 1 as in mathematics."""
    return f"∂y{i + 1}/∂x{j + 1}".translate(SUBSCRIPT)


def draw(axes, cell: int, m: int, n: int, layout: str) -> None:
    """The matrix in both layouts: the chosen entry stands in both, and the layout that is told about is strong."""
    for ax, one in zip(axes, LAYOUTS):
        draw_layout(ax, cell, m, n, one, BLUE if one == layout else INK)


def draw_layout(ax, cell: int, m: int, n: int, layout: str, color: str) -> None:
    """The matrix with its entries; the chosen partial derivative and its row and column are framed."""
    i, j = divmod(cell % (m * n), n)
    rows, columns = shape(m, n, layout)
    flip = layout != LAYOUTS[0]
    draw_matrix(ax, np.ones((rows, columns)), color=color, text=lambda a, b: entry(*((b, a) if flip else (a, b))), fontsize=11)
    a, b = (j, i) if flip else (i, j)
    frame_cell(ax, a, 0, GREEN, 2.5, 1, columns)
    frame_cell(ax, 0, b, GREEN, 2.5, rows, 1)
    frame_cell(ax, a, b, ORANGE, 4)
    handle(ax, b + 0.5, -(a + 0.5))
    names = [f"x{k + 1}".translate(SUBSCRIPT) if flip else f"y{k + 1}".translate(SUBSCRIPT) for k in range(rows)]
    for k, name in enumerate(names):
        note(ax, name, (-0.3, -(k + 0.5)), ha="right")
    for k in range(columns):
        note(ax, (f"y{k + 1}" if flip else f"x{k + 1}").translate(SUBSCRIPT), (k + 0.5, 0.35), ha="center")


def describe(cell: int, m: int, n: int, layout: str) -> Description:
    """The words of a state."""
    i, j = divmod(cell % (m * n), n)
    rows, columns = shape(m, n, layout)
    cells = (
        (None, "outputs m", str(m)), (None, "inputs n", str(n)), (None, "shape", f"({rows}, {columns})"),
        ((ORANGE, "-"), "chosen", entry(i, j)), (None, "in NumPy", f"J[{i}, {j}]" if layout == LAYOUTS[0] else f"J[{j}, {i}]"),
    )  # fmt: skip
    labels = tuple(
        f"a matrix of shape {a} by {b} in the {one} layout; {entry(i, j)} is framed{'' if one == layout else ', for comparison'}"
        for one, (a, b) in ((one, shape(m, n, one)) for one in LAYOUTS)
    )
    if layout == LAYOUTS[0]:
        words = told(
            "One row for each output, one column for each input. A row is the gradient of one output; shape (m, n), as this course has it.",
            lambda: np.empty((m, n)).shape == (rows, columns),
        )
    elif m == n:
        words = told(
            "The transpose. For a square Jacobian the shape does not tell which layout it is: that is how the mistake survives.",
            lambda: np.empty((m, n)).shape == np.empty((m, n)).T.shape == (rows, columns),
        )
    else:
        words = told(
            "The transpose, shape (n, m): what you get from a list of length n whose elements have length m. The source reads like this.",
            lambda: np.array([[0.0] * m] * n).shape == (rows, columns) != (m, n),
        )
    return Description(labels, cells, words)


def layout_explorer(m: int = 2, n: int = 3, yours=None):
    """Choose how many outputs and inputs there are, flip the layout, and watch the shape.

    `m` outputs (1 to 4) and `n` inputs (1 to 5): those of any function of yours that fit into the picture. `yours` is
    a function of yours that takes f and x and returns the Jacobian.
    What to find out: when can the shape tell the two layouts apart, and when not?
    """
    return scene(m, n, yours).explorer()


def scene(m: int = 2, n: int = 3, yours=None) -> Scene:
    """The scene of the explorer."""
    counts((1, 2, 3, 4), m, "m", 4), counts((1, 2, 3, 4, 5), n, "n", 5)

    return Scene(
        "layout",
        (
            Control("cell", "entry", "walk through the partial derivatives", tuple(range(20)), 1, lambda v: str(v + 1)),
            Control("m", "outputs m", "rows of the numerator layout", (1, 2, 3, 4), m, str),
            Control("n", "inputs n", "columns of the numerator layout", (1, 2, 3, 4, 5), n, str),
            Control("layout", "layout", "which come first", LAYOUTS, LAYOUTS[0], str, "toggle"),
        ),
        SPACES, draw, describe,
        presets=(
            Preset("2 × 3", "a shape that tells", {"m": 2, "n": 3}), Preset("2 × 2", "a shape that does not tell", {"m": 2, "n": 2, "layout": LAYOUTS[1]}),
            Preset("a gradient", "one output", {"m": 1, "n": 4}),
        ),
        goal=Goal("find the slope of the second output by the third input.", lambda cell, m, n, layout: m >= 2 and n >= 3 and divmod(cell % (m * n), n) == (1, 2)),
        shown=("shape", "chosen"),
        prints=({}, {"layout": LAYOUTS[1]}, {"m": 2, "n": 2, "layout": LAYOUTS[1]}),
        yours=yours and Yours(
            asked(yours), lambda cell, m, n, layout: layout_yours.offer(m, n),
            lambda one, value, cell, m, n, layout: layout_yours.beside(one, value, cell, m, n),
        ),
    )  # fmt: skip
