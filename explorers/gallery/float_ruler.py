"""The float ruler: the neighbours of x in three formats (S0.15)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..drawing.chart import Chart
from ..drawing.digits import number, power_of_ten
from ..drawing.overlay import note
from ..drawing.palette import BLUE, INK, ORANGE
from ..inputs.checks import finite
from ..inputs.yours import asked
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told
from ..widgets.yours import Yours
from . import float_ruler_yours

FORMATS = {"float64": np.float64, "float32": np.float32, "float16": np.float16}
EXPONENTS = tuple(range(-4, 5))  # inside the range of float16
RULER = Chart(
    (-6.5, 6.5), (-1, 2), title="the floats around x", xlabel="distance from x, in gaps", ticks="x", left=16, width=380, height=250
)
GAPS = Chart((1e-4, 1e4), (1e-20, 1e3), title="gap against x", xlabel="x", ylabel="gap", xlog=True, ylog=True, width=380, height=250)
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


def describe(exponent, format: str) -> Description:
    """The words of a state."""
    x, kind = value_of(exponent), FORMATS[format]
    width, eps = gap(x, format), float(np.finfo(kind).eps)
    cells = (
        (MARK, "x", text_of(exponent)), (GAP, "gap", number(width, 4)), (None, "gap / x", number(width / float(kind(x)), 4)), (None, "ε of the format", number(eps, 4)),
        (None, "decimal digits", f"{-np.log10(eps):.1f}"),
    )  # fmt: skip
    labels = (
        f"the {format} numbers around {text_of(exponent)}: the next one is {number(width, 4)} away",
        f"gap against x for three formats; at {text_of(exponent)} it is {number(width, 4)}",
    )
    stored = float(kind(x))  # what the format has for x; the gap is measured from there
    words = (
        told(
            "At 1 the gap is ε itself: that is how machine epsilon is defined.",
            lambda: float(kind(1) + kind(eps)) - 1 == width and kind(1) + kind(eps / 4) == 1,
        )
        if x == 1
        else told(
            "The gap grows with x, and gap / x stays near ε: between ε/2 and ε. A float keeps digits, not distances.",
            lambda: eps / 2 <= (float(np.nextafter(kind(x), kind(np.inf))) - stored) / stored <= eps and gap(4 * x, format) > width,
        )
    )
    return Description(labels, cells, words)


def float_ruler(x: float | None = None, exponent: int = 0, format: str = "float64", yours=None):
    """Move x over powers of ten and watch the distance to the next float.

    `x` is any number from 0.0001 to 10000 of your own, or 10 to the power of `exponent`, −4 to 4; `format` is "float64",
    "float32" or "float16". `yours` is a function of yours that takes the name of a format, dtype, and returns its ε. What to find out: what stays nearly the same while the gap grows?
    """
    return scene(exponent, format, x, yours).explorer()


def scene(exponent: float = 0, format: str = "float64", x: float | None = None, yours=None) -> Scene:
    """The scene of the explorer."""
    if format not in FORMATS:
        raise ValueError(f"format is {format!r}. It should be one of {', '.join(map(repr, FORMATS))}.")
    exponents, own = EXPONENTS, None
    if x is not None:
        own = Number(float(finite(x, "x", ())))
        if not 1e-4 <= own.x <= 1e4:
            raise ValueError(
                f"x is {own.x:g}. It should be from 0.0001 to 10000, where all three formats have their digits; for −x the ruler looks the same."
            )
        exponents, exponent = tuple(sorted((*exponents, own), key=value_of)), own
    return Scene(
        "ruler",
        (Control("exponent", "x", "a power of ten" if own is None else "a power of ten, or your number", exponents, exponent, lambda v: number(v.x) if v is own else power_of_ten(v)),
         Control("format", "floats", "how many digits a number has", tuple(FORMATS), format, str, "toggle")),
        (RULER, GAPS), draw, describe,
        lambda axes: draw_gaps(axes[1]),
        presets=(Preset("at 1", "the gap is ε", {}), Preset("at 1000", "farther apart", {"exponent": 3}), Preset("float16", "three digits", {"exponent": 0, "format": "float16"})),
        goal=Goal("find an x whose neighbour is more than 10⁻¹³ away.", lambda exponent, format: gap(value_of(exponent), format) > 1e-13),
        shown=("gap", "gap / x"), prints=({}, {"exponent": 3}, {"exponent": -3}, {"format": "float32"}, {"format": "float16"}),
        yours=yours and Yours(
            asked(yours), lambda exponent, format: float_ruler_yours.offer(format),
            lambda one, value, exponent, format: float_ruler_yours.beside(one, value, float(np.finfo(FORMATS[format]).eps), value_of(exponent) == 1),
        ),
    )  # fmt: skip
