"""A learner's slope of a product, a quotient or a chain, as a line beside the true one: a layer of the product and of the chain explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.overlay import note
from ..drawing.palette import PURPLE
from ..drawing.yours import NothingToDraw, draw_gap
from ..inputs.slopes import value
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(one, pair, x: float) -> dict:
    """What a learner's function may take. A `quotient_slope` is given 1/g for g: the product of f and g is then the quotient that it takes."""
    g, gprime = pair.g, pair.gprime
    if one.name == "quotient_slope":
        if value(pair.g, x) == 0:
            raise NothingToDraw(f"g is 0 at this place, and 1/g has no value there, so {one.name} is not compared.")
        g, gprime = (lambda t: 1 / pair.g(t)), (lambda t: -pair.gprime(t) / pair.g(t) ** 2)
    return {"f": pair.f, "fprime": pair.fprime, "g": g, "gprime": gprime, "x": x}


def beside(one, answer, what: str, right: float, size: float, first: bool, draw_line) -> Beside:
    """The slope that it returned beside the `right` one; `size` is that of its parts, `first` says whether this is the pair that was
    asked for, and ``draw_line(ax, slope)`` draws a slope in the right picture."""
    if not np.isfinite(right):
        raise NothingToDraw(f"There is no slope at this place, so {one.name} is not compared.")
    if not first and "f" not in one.parameters:
        raise NothingToDraw(f"{one.name} takes no f: it belongs to the pair that it was opened with, and is not compared with another.")
    mine = float(numbers(answer, (), one.name))
    return Beside(what, np.array(mine), np.array(right), lambda axes: draw_line(axes[1], mine), 1e-9, 1e-11 * (1 + size))


def draw_height(ax, xlim: tuple, mine: float, right: float, at: float) -> None:
    """A horizontal line at the slope `mine`, named, and the bar to the right one over the place `at`."""
    ax.plot(xlim, [mine, mine], color=PURPLE, linewidth=3.5, alpha=0.9)
    note(ax, "yours", (xlim[1], mine), (-6, 10), ha="right")
    draw_gap(ax, at, mine, right)
