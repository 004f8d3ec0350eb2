"""A learner's partial derivatives, or the slices themselves, over the cuts: a layer of the slices explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.digits import number
from ..drawing.yours import NothingToDraw, draw_line
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(one, surface, x: float, z: float, i: int = 0) -> dict:
    """What a learner's function may take. Who takes f gets a vector x and the number i of a variable, who does not gets x and z."""
    place = np.array([x, z]) if "f" in one.parameters else x
    return {"f": lambda at: surface.f(at[0], at[1]), "x": place, "z": z, "i": i, "points": _points(surface, i).tolist()}


def beside(one, answer, surface, cuts, menu: bool) -> Beside:
    """Two slopes, one for each cut, or the heights of both slices; `cuts` are those of the explorer, `menu` says whether f is the lesson's."""
    (_, x, dx), (_, z, dz) = cuts
    if "f" not in one.parameters and not menu:
        raise NothingToDraw(f"{one.name} takes no f: it belongs to the first function of the menu, and is not compared with another.")
    if np.shape(answer) == _points(surface, 0).shape:  # a function of one number was returned, and this is what it makes of the points
        return _slices(one, surface, cuts)
    if "i" in one.parameters:
        both = [numbers(one.ask((surface, x, z, i), lambda i=i: offer(one, surface, x, z, i)), (), one.name) for i in range(2)]
    else:
        both = numbers(answer, (2,), one.name)
    mine, right = np.array(both, dtype=float), np.array([dx, dz])
    if not np.isfinite(right).all():
        raise NothingToDraw(f"f has no slope at this point along one of the cuts, so {one.name} is not compared.")

    def draw(axes) -> None:
        for i, (ax, (g, t0, _)) in enumerate(zip(axes[1:], cuts)):
            ts = _points(surface, i)
            draw_line(ax, ts, g(t0) + mine[i] * (ts - t0), at=_seen(ax, g(t0) + mine[i] * (ts - t0)))

    size = float(np.abs(right).max())
    return Beside("partial derivatives", mine, right, draw, 1e-6, 1e-6 * (1 + size))


def _slices(one, surface, cuts) -> Beside:
    """The heights of both slices, compared where they are furthest apart."""
    (_, x, _), (_, z, _) = cuts
    rows = []
    for i in range(2):
        heights = one.ask((surface, x, z, i), lambda i=i: offer(one, surface, x, z, i))
        rows.append(numbers(heights, _points(surface, i).shape, one.name))
    wanted = np.array([[float(g(t)) for t in _points(surface, i)] for i, (g, *_) in enumerate(cuts)])
    mine = np.array(rows)
    i, k = np.unravel_index(np.argmax(np.abs(mine - wanted)), mine.shape)

    def draw(axes) -> None:
        for j, ax in enumerate(axes[1:]):
            draw_line(ax, _points(surface, j), mine[j], at=_seen(ax, mine[j]))

    what = f"slice along {'xz'[i]} at {'xz'[i]} = {number(_points(surface, i)[k], 3)}"
    return Beside(what, mine[i, k], wanted[i, k], draw, 1e-9, 1e-9 * (1 + float(np.abs(wanted).max())))


def _points(surface, i: int) -> np.ndarray:
    """Where a slice is looked at."""
    return np.linspace(*(surface.xlim, surface.zlim)[i], 25)


def _seen(ax, ys) -> int:
    """The last point that lies well inside the axes, where the line is named."""
    low, high = ax.get_ylim()
    inside = np.flatnonzero((ys > low + 0.1 * (high - low)) & (ys < high - 0.1 * (high - low)))
    return int(inside[-1]) if inside.size else -1
