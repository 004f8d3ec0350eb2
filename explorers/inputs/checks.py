"""A learner's own function, data or sizes: what an explorer asks of them, and errors that say what was given and what to do.

What a function refuses (a division by zero, the root of a negative number) is a gap in the picture. An error is raised when
there would be no picture at all: f is no function, takes other arguments, returns another shape, or is nowhere a number.
"""

from __future__ import annotations

import numpy as np

from ..drawing.digits import formula, number
from .slopes import values


def stops(around, asked) -> tuple:
    """The values of a slider with the one that was `asked` for among them, sorted."""
    return tuple(around) if asked in around else tuple(sorted((*around, asked)))


def fitting(states, controls) -> tuple:
    """Those of `states` (presets, or dicts of values) that can be set: an own start may have moved a slider's values."""
    known = {control.name: list(control.values) for control in controls}
    return tuple(one for one in states if all(value in known[name] for name, value in getattr(one, "state", one).items()))


def counts(around, asked, name: str, most: int = 10**9) -> tuple:
    """Like `stops` for a whole number from 1 to `most`; raises `ValueError` for anything else."""
    if isinstance(asked, bool) or not isinstance(asked, (int, np.integer)) or not 1 <= asked <= most:
        raise ValueError(f"{name} is {asked!r}. It should be a whole number from 1 to {most:,}; try {name}={around[len(around) // 2]}.")
    return stops(around, int(asked))


def finite(given, name: str, shape: tuple) -> np.ndarray:
    """`given` as a float array of this shape (-1 stands for any length); raises `ValueError` saying what came instead."""
    wanted = "one finite number" if shape == () else f"finite numbers of shape {str(shape).replace('-1', 'n')}"
    try:
        array = np.array(given, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {_short(given)}. It should be {wanted}; write it as a list or a NumPy array.") from None
    if array.ndim != len(shape) or any(s not in (-1, n) for s, n in zip(shape, array.shape)):
        raise ValueError(f"{name} has the shape {array.shape}. It should be {wanted}; look at np.shape({name}).")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} is {_short(given)}, with entries that are no finite numbers. It should be {wanted}; replace nan and inf.")
    return array


def check_function(f, x: float, low: float, high: float, name: str = "f"):
    """`f`, when it can be drawn between `low` and `high`. Raises `ValueError` or `TypeError` otherwise."""
    require_callable(f, name, "one number", "lambda x: x**2")
    call_once(f, x, name, "one number", f"{x:g}")
    ys = values(f, np.linspace(low, high, 61))
    if not np.isfinite(ys).any():
        raise ValueError(
            f"{name} has no finite value from {number(low)} to {number(high)}. It should have some around x = {number(x)}; choose another x or another {name}."
        )
    return f


def require_callable(f, name, wants, example):
    if not callable(f):
        raise TypeError(
            f"{name} is {_short(f)}. It should be a function of {wants}; write {name} without brackets, or a lambda such as {example}."
        )


def call_once(f, x, name, wants, shown, shape=()):
    """One call: it must return a number (or an array of `shape`), or refuse as arithmetic does."""
    returns = "one number" if shape == () else "an array" if shape is None else f"an array of shape {shape}"
    rule = f"It should take {wants} and return {returns}; try {name}({shown}) in a cell of its own."
    with np.errstate(all="ignore"):
        try:
            y = f(x)
        except ArithmeticError:
            return None
        except Exception as error:
            if isinstance(error, ValueError) and any(word in str(error) for word in ("math domain", "expected a")):
                return None  # math.log(-1), as Python 3.11 and 3.14 put it: a place where f is not defined
            # `from None`: what to do next should not drown in the inside of an explorer
            raise ValueError(f"{name}({shown}) raised {type(error).__name__}: {error}. {rule}") from None
    if y is None:
        raise ValueError(f"{name}({shown}) returned None: is its return missing? {rule}")
    try:
        y = np.asarray(y)
        y = y if y.dtype.kind == "c" else y.astype(float)
    except (TypeError, ValueError):
        raise ValueError(f"{name}({shown}) returned {_short(y)}. {rule}") from None
    if shape is not None and y.shape != shape:
        raise ValueError(f"{name}({shown}) returned an array of shape {y.shape}. {rule}")
    return y


def _short(value) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


def short_name(f, letters: str = "") -> str:
    """A short name for menus and labels: the formula of a `Function`, a function's own name, or "your f"."""
    text = formula(getattr(f, "expr", ""))
    name = getattr(f, "__name__", "<lambda>")
    if text and len(text) <= 24:
        return text
    return "your f" if name in ("<lambda>", "f") or text else name + letters


def check_array_function(f, X: np.ndarray, most_in: int, most_out: int) -> str:
    """The name of a learner's function of an array, when the picture has room for `X` and f(X). Raises `ValueError` otherwise."""
    require_callable(f, "f", "an array", "lambda X: X @ X.T")
    if not 1 <= X.size <= most_in:
        raise ValueError(f"X has {X.size} entries. The picture has room for 1 to {most_in}; try a smaller X of the same kind.")
    Y = call_once(f, X.copy(), "f", "an array", "X", None)
    if Y is None or not 1 <= Y.size <= most_out or not np.isfinite(Y).all():
        what = "no numbers" if Y is None else f"{Y.size} entries" if np.isfinite(Y).all() else "entries that are no finite numbers"
        raise ValueError(f"f(X) has {what}. It should have 1 to {most_out} finite entries; try another f, or a smaller X.")
    return short_name(f, "(X)")
