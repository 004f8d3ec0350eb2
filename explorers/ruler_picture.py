"""The marks of a float ruler: the neighbours of x in three formats. Pure (S0.15, W0)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .digits import number, power_of_ten
from .overlay import note
from .palette import BLUE, INK, ORANGE
from .panel import Panel
from .scene import Told

FORMATS = {"float64": np.float64, "float32": np.float32, "float16": np.float16}
EXPONENTS = tuple(range(-4, 5))  # inside the range of float16
RULER = Panel(
    (-6.5, 6.5), (-1, 2), title="the floats around x", xlabel="distance from x, in gaps", ticks="x", left=16, width=380, height=250
)
GAPS = Panel((1e-4, 1e4), (1e-20, 1e3), title="gap against x", xlabel="x", ylabel="gap", xlog=True, ylog=True, width=380, height=250)
MARK, GAP = (ORANGE, "-"), (BLUE, "-")


@dataclass(frozen=True, eq=False)
class Number:
    """A learner's own x among the powers of ten."""

    x: float

    def __str__(self):
        return number(self.x)


def value_of(exponent) -> float:
    """x of a stop: a power of ten, or a learner's own `Number`."""
    return exponent.x if isinstance(exponent, Number) else 10.0**exponent


def text_of(exponent) -> str:
    """How the read-out writes it."""
    return str(exponent) if isinstance(exponent, Number) else power_of_ten(exponent)


def gap(x: float, format: str) -> float:
    """The distance from x to the next larger float of the format."""
    return float(np.spacing(FORMATS[format](x)))


def neighbours(x: float, format: str, count: int = 6) -> np.ndarray:
    """The `count` floats below x, x itself, and those above, shape ``(2·count + 1,)``, as exact float64 numbers."""
    kind = FORMATS[format]
    below, above = [kind(x)], [kind(x)]
    for _ in range(count):
        below.append(np.nextafter(below[-1], kind(-np.inf)))
        above.append(np.nextafter(above[-1], kind(np.inf)))
    return np.array([float(v) for v in [*below[:0:-1], *above]])


def draw_gaps(ax) -> None:
    """Gap against x in all formats."""
    xs = np.geomspace(1e-4, 1e4, 400)
    for name in FORMATS:
        ax.plot(xs, [gap(x, name) for x in xs], color=INK, linewidth=1.5)
        note(ax, name, (1e-4, gap(1e-4, name)), (6, 12))


def draw(axes, exponent, format: str) -> None:
    """The marks around x, and the point on the curve."""
    x = value_of(exponent)
    width = gap(x, format)
    for value in neighbours(x, format):
        at = (value - float(FORMATS[format](x))) / width
        axes[0].plot([at, at], [0, 0.7], color=ORANGE if at == 0 else INK, linewidth=4 if at == 0 else 2)
    axes[0].plot([-6.5, 6.5], [0, 0], color=INK, linewidth=2)
    axes[0].plot([0, 1], [1.1, 1.1], color=BLUE, linewidth=3)
    note(axes[0], f"gap {number(width, 3)}", (0.5, 1.1), (0, 14), ha="center")
    axes[1].plot([x], [width], color=ORANGE, linestyle="", marker="s", markersize=10)


def tell(exponent, format: str) -> Told:
    """The words of a state."""
    x, kind = value_of(exponent), FORMATS[format]
    width, eps = gap(x, format), float(np.finfo(kind).eps)
    cells = (
        (MARK, "x", text_of(exponent)), (GAP, "gap", number(width, 4)), (None, "gap / x", number(width / x, 4)), (None, "ε of the format", number(eps, 4)),
        (None, "decimal digits", f"{-np.log10(eps):.1f}"),
    )  # fmt: skip
    labels = (
        f"the {format} numbers around {text_of(exponent)}: the next one is {number(width, 4)} away",
        f"gap against x for three formats; at {text_of(exponent)} it is {number(width, 4)}",
    )
    words = (
        "At 1 the gap is ε itself: that is how machine epsilon is defined."
        if x == 1
        else "The gap grows with x, and gap / x stays near ε: between ε/2 and ε. A float keeps digits, not distances."
    )
    return Told(labels, cells, words)
