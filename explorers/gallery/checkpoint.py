"""The checkpoint explorer: which values of a deep chain are kept, how many are held at once, how many are computed again."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, INK, ORANGE
from ..inputs.checks import counts
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import Told, told
from ..widgets.yours import Yours
from . import checkpoint_yours

KEEPS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 32, 40, 50, 64, 80, 100, 128, 200, 256, 400)
DEPTHS = (16, 36, 64, 100, 256, 400)
COUNT = Chart(
    (0.9, 450),
    (0.9, 1100),
    title="values held, and layers evaluated",
    xlabel="every how many values one is kept",
    xlog=True,
    ylog=True,
    width=400,
    height=290,
)
ROW = Chart((-0.5, 20.5), (-0.6, 2.6), title="the chain, up to its first 400 values", ticks=False, left=10, width=340, height=290)
HELD, EVALUATED = (BLUE, "-"), (ORANGE, "--")
COLUMNS = 20


@lru_cache(2048)
def cost(n: int, keep: int) -> tuple[int, int]:
    """(most values held at once, evaluations of layers) for a chain of n layers, by going through it; see `replay`."""
    held, evaluated, _ = replay(n, keep)
    return held, evaluated


def replay(n: int, keep: int) -> tuple[int, int, list[int]]:
    """Go forward and back through a chain. A value is known by the layer that it enters; those that stay are the third result."""
    kept = list(range(0, n, keep))
    shelf, evaluated, most = set(kept), n, len(kept)
    for first in reversed(kept):
        segment = range(first, min(first + keep, n))
        for layer in segment[1:]:  # from the checkpoint again: what enters each further layer of the segment
            shelf.add(layer)
            evaluated += 1
        most = max(most, len(shelf))
        shelf -= set(segment)  # the way back through the segment is done
    return most, evaluated, kept


def draw_still(axes, n: int) -> None:
    """Both counts for every distance of the checkpoints."""
    keeps = np.unique(np.minimum(KEEPS, n))
    table = np.array([cost(n, int(keep)) for keep in keeps])
    for column, (color, line), text in zip(table.T, (HELD, EVALUATED), ("held at once", "layers evaluated")):
        axes[0].plot(keeps, column, color=color, linestyle=line, linewidth=2.5)
        note(
            axes[0],
            text,
            (keeps[-1], column[-1]),
            (2, 13) if text.startswith("layers") else (4, -16),
            ha="right" if keeps[-1] > 8 else "left",
        )
    axes[0].plot([np.sqrt(n)] * 2, [0.9, 1100], color=GREEN, linestyle=":", linewidth=1.5)
    note(axes[0], "√n", (np.sqrt(n), 1), (5, 8))


def draw(axes, keep: int, n: int) -> None:
    """The dots of this distance, and the chain with what is kept and what a segment computes again."""
    keep = min(keep, n)
    held, evaluated, kept = replay(n, keep)
    axes[0].plot([keep], [held], color=BLUE, linestyle="", marker="o", markersize=10)
    axes[0].plot([keep], [evaluated], color=ORANGE, linestyle="", marker="s", markersize=10)
    rows, last = int(np.ceil(n / COLUMNS)), kept[-1]
    for value in range(n):
        x, y = value % COLUMNS, 2.3 - 2.4 * (value // COLUMNS) / max(rows, 3)
        color, size = (BLUE, 9) if value in kept[: len(kept)] and value % keep == 0 else (ORANGE, 7) if value > last else (INK, 3)
        axes[1].plot([x], [y], color=color, linestyle="", marker="o" if color == BLUE else "s", markersize=size)
    note(axes[1], "● kept   ■ computed again for the last segment", (-0.4, -0.45))


def describe(keep: int, n: int) -> Description:
    """The words of a state."""
    keep = min(keep, n)
    held, evaluated, kept = replay(n, keep)
    cells = (
        (None, "layers n", str(n)), (None, "every", str(keep)), (None, "kept all the time", str(len(kept))), (HELD, "held at once, at most", str(held)),
        (EVALUATED, "layers evaluated", str(evaluated)), (None, "times n", number(round(evaluated / n, 3), 3)),
    )  # fmt: skip
    labels = (
        f"values held and layers evaluated against the distance of the checkpoints, logarithmic; with every {keep} kept of {n} they are {held} and {evaluated}",
        f"a chain of {n} values of which {len(kept)} are kept",
    )
    return Description(labels, cells, sentence(keep, n, held))


def sentence(keep: int, n: int, held: int) -> Told:
    """What there is to see, told by the most values held at once."""
    checkpoints = -(-n // keep)
    others = [cost(n, min(k, n))[0] for k in KEEPS]
    if keep == 1:
        return told(
            "Everything is kept, nothing is computed again: the tape of your engine. Keep fewer.",
            lambda: replay(n, keep)[1:] == (n, list(range(n))),
        )
    if held == min(others):
        return told(
            "No other distance here holds fewer values. It is near the root of n: about as many checkpoints as values in a segment.",
            lambda: all(held <= other for other in others) and 0.4 < keep / np.sqrt(n) < 2.5,
        )
    if keep < np.sqrt(n):
        return told(
            "Most of what is held are checkpoints. Put them farther apart.",
            lambda: 2 * checkpoints >= held and any(cost(n, more)[0] < held for more in range(keep + 1, n + 1)),
        )
    return told(
        "Most of what is held is a segment that was computed again. Put the checkpoints closer together.",
        lambda: 2 * keep >= held and any(cost(n, less)[0] < held for less in range(1, keep)),
    )


def checkpoint_explorer(n: int = 100, keep: int = 1, yours=None):
    """Keep every so many values of a deep chain, and see what memory it saves and what it costs in evaluations.

    `n` is the number of layers, from 1 to 400, `keep` every how many values one is kept. `yours` is a function of yours that takes n and
    keep and returns both counts. What to find out: at which distance is
    the least held at once, and how much more is computed then?
    """
    return scene(n, keep, yours).explorer()


def scene(n: int = 100, keep: int = 1, yours=None) -> Scene:
    """The scene of the explorer."""
    depths, keeps = counts(DEPTHS, n, "n", 400), counts(KEEPS, keep, "keep", 400)
    return Scene(
        "checkpoint",
        (
            Control("keep", "keep every", "every how many values one is kept", keeps, keep, str),
            Control("n", "layers n", "how deep the chain is", depths, n, str),
        ),
        (COUNT, ROW), draw, describe, lambda axes, n: draw_still(axes, n),
        presets=(Preset("keep all", "the plain tape", {"keep": 1}), Preset("every tenth", "of a hundred", {"keep": 10, "n": n}), Preset("hardly any", "every 64th", {"keep": 64})),
        goal=Goal("hold less than a fifth of the n values at once.", lambda keep, n: cost(n, keep)[0] < n / 5),
        shown=("held at once, at most", "layers evaluated"), prints=({}, {"keep": 10}, {"keep": 64}),
        yours=yours and Yours(
            asked(yours), lambda keep, n: checkpoint_yours.offer(keep, n),
            lambda one, value, keep, n: checkpoint_yours.beside(one, value, keep, n, keeps, cost),
        ),
    )  # fmt: skip
