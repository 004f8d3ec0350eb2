"""What an explorer must know of a function: its name, its values, and its slope, or that it has none."""

import numpy as np

from ..drawing.digits import formula


def name_of(f):
    """How to call `f` in a picture: its formula where it has one, its Python name otherwise."""
    expr = getattr(f, "expr", None)
    if expr:
        return formula(expr)
    name = getattr(f, "__name__", "f")
    return "f(x)" if name in ("<lambda>", "f") else f"{name}(x)"


def values(f, xs):
    """f at every one of `xs`, shape ``(n,) -> (n,)``; NaN where `f` refuses. `f` need not accept arrays."""
    xs = np.asarray(xs, dtype=float)
    # A learner's own function may divide by zero, or be made of `math.sin` and `if`: the picture then has a gap there or
    # is drawn point by point, and never ends in a traceback.
    with np.errstate(all="ignore"):
        try:
            ys = np.asarray(f(xs.copy()), dtype=float)
            if ys.shape == xs.shape:
                return ys
        except Exception:  # whatever it dislikes about arrays, it may still like numbers
            pass
        return np.array([_one(f, float(x)) for x in xs.ravel()]).reshape(xs.shape)


def _one(f, x):
    try:
        return float(f(x))
    except (ArithmeticError, ValueError):
        return float("nan")


def value(f, x):
    """f(x) as a float; NaN where `f` refuses."""
    with np.errstate(all="ignore"):
        return _one(f, float(x))


def numeric_slope(f, x, h=0.02):
    """The slope of a smooth `f` at `x`, by central differences extrapolated three times (error of order h⁸): ~11 digits."""
    table = [(value(f, x + h / 2**k) - value(f, x - h / 2**k)) / (2 * h / 2**k) for k in range(4)]
    for m in range(1, 4):
        table = [(4**m * b - a) / (4**m - 1) for a, b in zip(table, table[1:])]
    near = (value(f, x + 1e-5) - value(f, x - 1e-5)) / 2e-5
    # The extrapolation trusts many derivatives. Where f has only one (x|x| at 0), the plain difference is nearer.
    return table[0] if abs(table[0] - near) <= 1e-6 * (1 + abs(near)) else near


def slope_at(f, x, fprime=None):
    """f′(x), from `fprime` when there is one; NaN where the slopes from the left and from the right do not meet.

    `fprime` is not asked at a kink: `np.sign` would answer 0 for abs there, and a picture must not show a tangent.
    """
    f0 = value(f, x)

    def sides(h):
        return (f0 - value(f, x - h)) / h, (value(f, x + h) - f0) / h

    (left, right), (left10, right10) = sides(1e-6), sides(1e-7)
    scale = 1 + abs(left) + abs(right)
    # A corner keeps its gap when h shrinks; a vertical tangent has no gap, but its slopes grow without end.
    if not max(abs(left - right), abs(left10 - left), abs(right10 - right)) < 1e-2 * scale:
        return float("nan")
    return value(fprime, x) if fprime is not None else numeric_slope(f, x)
