"""The cost explorer: what a whole Jacobian costs forward and backward, n columns or m rows, one pass each (MC24)."""

from __future__ import annotations

import numpy as np

from ..drawing.cells import draw_matrix, frame_cell
from ..drawing.chart import Chart
from ..drawing.overlay import note
from ..drawing.palette import BLUE, INK, ORANGE
from ..drawing.symbols import BACKWARD, FORWARD
from ..inputs.checks import counts
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told

SIZES = (1, 2, 3, 5, 10, 30, 100, 1000, 10_000, 100_000, 1_000_000)
MATRIX = Chart((-0.8, 8.4), (-8.4, 1.2), title="J: columns by JVP, rows by VJP", ticks=False, left=12, width=360, height=320)
COST = Chart(
    (0.5, 2e6), (-0.6, 1.9), title="passes for the whole Jacobian", xlabel="passes", xlog=True, ticks="x", left=16, width=360, height=320
)


def passes(m: int, n: int) -> tuple[int, int]:
    """Forward (JVP) and backward (VJP) passes for a Jacobian of shape (m, n): one a column, one a row."""
    return n, m


def draw(axes, n: int, m: int) -> None:
    """A matrix with at most eight rows and columns shown, one of each framed; and the two costs as bars."""
    rows, columns = min(m, 8), min(n, 8)
    draw_matrix(axes[0], np.zeros((rows, columns)))
    for k in range(columns):
        frame_cell(axes[0], 0, k, BLUE, 3, rows, 1)
        note(axes[0], str(k + 1) if k < 7 or n <= 8 else "…", (k + 0.5, 0.0), (0, 8), ha="center", fontsize=11)
    for k in range(rows):
        note(axes[0], str(k + 1) if k < 7 or m <= 8 else "…", (0.0, -(k + 0.5)), (-8, 0), ha="right", fontsize=11)
        frame_cell(axes[0], k + 0.1, 0.1, ORANGE, 2, 0.8, columns - 0.2)
    note(axes[0], f"{n:,} columns" + (" (7 shown)" if n > 8 else ""), (columns / 2, 0.5), (0, 14), ha="center")
    note(axes[0], f"{m:,} rows" + (" (7 shown)" if m > 8 else ""), (0, -rows - 0.0), (0, -14))
    for row, (count, color, words) in enumerate(
        ((passes(m, n)[1], ORANGE, "backward, a VJP each"), (passes(m, n)[0], BLUE, "forward, a JVP each"))
    ):
        axes[1].fill(
            [0.5, count * 1.0 + 1e-9, count * 1.0 + 1e-9, 0.5] if count > 1 else [0.5, 1, 1, 0.5],
            [row, row, row + 0.35, row + 0.35],
            color=color,
            alpha=0.85,
        )
        note(axes[1], f"{words}: {count:,}", (0.5, row + 0.35), (6, 10))
    axes[1].plot([1, 1], [-0.6, 1.9], color=INK, linewidth=1, linestyle=":")


def describe(n: int, m: int) -> Description:
    """The words of a state."""
    forward, backward = passes(m, n)
    cells = (
        (None, "inputs n", f"{n:,}"),
        (None, "outputs m", f"{m:,}"),
        (FORWARD, "forward passes", f"{forward:,}"),
        (BACKWARD, "backward passes", f"{backward:,}"),
    )
    labels = (f"a Jacobian of {m:,} rows and {n:,} columns", f"{forward:,} forward passes or {backward:,} backward passes")
    if m == 1 and n > 1:
        words = told(
            "A loss has one output: its Jacobian is one row, and one backward pass gives it whole. This is why training goes backward.",
            lambda: len(np.empty((m, 0))) == 1 == backward < forward,
        )
    elif m < n:
        words = told("Fewer rows than columns: backward takes fewer passes.", lambda: m < n and backward < forward)
    elif n < m:
        words = told(
            "Fewer columns than rows: forward takes fewer passes. A curve in space, one input and many outputs, is the extreme.",
            lambda: n < m and forward < backward,
        )
    else:
        words = told(
            "Square: both take as many passes, and a backward pass is somewhat dearer, because it needs the forward one first.",
            lambda: m == n == forward == backward,
        )
    return Description(labels, cells, words)


def jvp_vjp_explorer(n: int = 5, m: int = 3):
    """Change the numbers of inputs and outputs, and compare the passes.

    `n` inputs and `m` outputs: any whole numbers up to a million, your own function's for example.
    What to find out: which way is cheaper for a loss with a million parameters?
    """
    return scene(n, m).explorer()


def scene(n: int = 5, m: int = 3) -> Scene:
    """The scene of the explorer."""
    ns, ms = (counts(SIZES, size, name, 10**6) for size, name in ((n, "n"), (m, "m")))
    return Scene(
        "passes",
        (Control("n", "inputs n", "columns of J", ns, n, "{:,}".format), Control("m", "outputs m", "rows of J", ms, m, "{:,}".format)),
        (MATRIX, COST), lambda axes, n, m: draw(axes, n, m), describe,
        presets=(
            Preset("a loss", "a million parameters, one output", {"n": 1_000_000, "m": 1}), Preset("a curve", "one input, a thousand outputs", {"n": 1, "m": 1000}),
            Preset("a layer", "1000 in, 1000 out", {"n": 1000, "m": 1000}),
        ),
        goal=Goal("find a J for which going backward takes a thousandth of the passes, or fewer.", lambda n, m: passes(m, n)[0] >= 1000 * passes(m, n)[1]),
        shown=("forward passes", "backward passes"), prints=({}, {"n": 1_000_000, "m": 1}, {"n": 1, "m": 1000}),
    )  # fmt: skip
