"""A learner's own function, data or sizes: what an explorer asks of them, and errors that say what was given and what to do.

What a function refuses (a division by zero, the root of a negative number) is a gap in the picture. An error is raised when
there would be no picture at all: f is no function, takes other arguments, returns another shape, or is nowhere a number.
"""

from __future__ import annotations

import numpy as np

from .digits import formula, number
from .slopes import numeric_slope, value, values


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


def of_one_number(f, x: float, low: float, high: float, name: str = "f"):
    """`f`, when it can be drawn between `low` and `high`. Raises `ValueError` or `TypeError` otherwise."""
    _callable(f, name, "one number", "lambda x: x**2")
    _accepts(f, x, name, "one number", f"{x:g}")
    ys = values(f, np.linspace(low, high, 61))
    if not np.isfinite(ys).any():
        raise ValueError(
            f"{name} has no finite value from {number(low)} to {number(high)}. It should have some around x = {number(x)}; choose another x or another {name}."
        )
    return f


def _callable(f, name, wants, example):
    if not callable(f):
        raise TypeError(
            f"{name} is {_short(f)}. It should be a function of {wants}; write {name} without brackets, or a lambda such as {example}."
        )


def _accepts(f, x, name, wants, shown, shape=()):
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


def title_of(f, letters: str = "") -> str:
    """A short name for menus and labels: the formula of a `Function`, a function's own name, or "your f"."""
    text = formula(getattr(f, "expr", ""))
    name = getattr(f, "__name__", "<lambda>")
    if text and len(text) <= 24:
        return text
    return "your f" if name in ("<lambda>", "f") or text else name + letters


class Plane:
    """A learner's f of a point (x, z), for pictures: ``plane(x, z)`` for arrays of any equal shape, `gradient` at a point.

    `f` takes one vector of length 2, as in the lessons, or two numbers. Without `gradient` (a function of the same argument that
    returns two numbers) the partial derivatives come from central differences, extrapolated to about ten digits.
    """

    def __init__(self, f, gradient=None, at=(1.0, 1.0)):
        self.name, self.given = title_of(f, "(x, z)"), gradient is not None
        if gradient is None and getattr(f, "d", ""):
            gradient, self.given = f.derivative, True
        _callable(f, "f", "a vector of length 2", "lambda x: x[0]**2 + x[0]*x[1]")
        self._two = _wants_two(f)
        self._f, self._gradient, self._kept, self._slopes = f, gradient, {}, {}
        point = np.array(at, dtype=float)
        _accepts(lambda p: self._one(*p), point, "f", "two numbers" if self._two else "a vector of length 2", _point(point, self._two))
        if gradient is not None:
            _callable(gradient, "gradient", "a vector of length 2", "lambda x: np.array([2*x[0] + x[1], x[0]])")
            _accepts(
                lambda p: np.asarray(self._apply(gradient, *p)), point, "gradient", "the same argument as f", _point(point, self._two), (2,)
            )
        near = np.linspace(-1.5, 1.5, 7)
        if not np.isfinite(self(*np.meshgrid(point[0] + near, point[1] + near))).any():
            raise ValueError(
                f"f has no finite value around {_point(point, False)}. It should have some there; choose another point or another f."
            )

    def _apply(self, f, x, z):
        return f(x, z) if self._two else f(np.array([x, z]))

    def _one(self, x, z):
        return self._apply(self._f, x, z)

    def __call__(self, x, z):
        """f at every point of two arrays (or numbers) that fit together; NaN where it refuses."""
        if np.ndim(x) == np.ndim(z) == 0:
            return value(lambda _: self._one(float(x), float(z)), 0.0)
        x, z = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(z, dtype=float))
        key = (x.shape, x.tobytes(), z.tobytes())
        if key not in self._kept:
            if len(self._kept) > 200:
                self._kept.clear()
            self._kept[key] = self._all(x, z)
        return self._kept[key]

    def _all(self, x, z):
        single = np.vectorize(lambda a, b: value(lambda _: self._one(a, b), 0.0), otypes=[float])
        if x.size > 4:
            try:
                with np.errstate(all="ignore"):
                    fast = np.asarray(self._one(x, z), dtype=float)
                if fast.shape == x.shape:
                    # x @ A @ x also runs on whole arrays, and means something else there: compare a few points
                    some = np.linspace(0, x.size - 1, 5).astype(int)
                    if np.allclose(fast.ravel()[some], single(x.ravel()[some], z.ravel()[some]), rtol=1e-9, equal_nan=True):
                        return fast
            except Exception:  # whatever it dislikes about arrays, it may still like points
                pass
        with np.errstate(all="ignore"):
            return single(x, z)

    def gradient(self, x: float, z: float) -> np.ndarray:
        """∇f, shape ``(2,)``; NaN where f refuses. Remembered: every stop of a slider asks for it."""
        key = (float(x), float(z))
        if key not in self._slopes:
            self._slopes[key] = self._measure(*key)
        return self._slopes[key]

    def _measure(self, x: float, z: float) -> np.ndarray:
        if self._gradient is not None:
            with np.errstate(all="ignore"):
                return np.asarray(self._apply(self._gradient, x, z), dtype=float)
        return np.array([numeric_slope(lambda t: self(t, z), x), numeric_slope(lambda t: self(x, t), z)])

    def smooth(self, x: float, z: float) -> bool:
        """Whether the slopes along the two axes and both diagonals, each from both sides, are those of one gradient."""
        g, here = self.gradient(x, z), float(self(x, z))
        if not (np.isfinite(g).all() and np.isfinite(here)):
            return False
        scale = 1 + float(np.abs(g).max())
        for a in np.arange(8) * np.pi / 4:
            gaps = []
            for h in (1e-4 * (1 + abs(x) + abs(z)), 1e-5 * (1 + abs(x) + abs(z))):
                gaps.append(abs((float(self(x + h * np.cos(a), z + h * np.sin(a))) - here) / h - g @ [np.cos(a), np.sin(a)]))
            # where f only bends, a ten times smaller step brings the two slopes ten times nearer
            if not (gaps[1] < 1e-3 * scale or gaps[1] < 0.5 * gaps[0]):
                return False
        return True


def map_of_a_point(f, jacobian, at):
    """A learner's map of the plane as (f(a, b), J(a, b), name, whether J is measured); both return NaN where f refuses."""
    two = _wants_two(f)
    apply = lambda g, a, b: g(a, b) if two else g(np.array([a, b], dtype=float))
    shown, wants = _point(at, two), "two numbers" if two else "a vector of length 2"
    _accepts(lambda p: np.asarray(apply(f, *p)), np.array(at), "f", wants, shown, (2,))
    if jacobian is None and getattr(f, "d", ""):
        jacobian = f.derivative
    if jacobian is not None:
        _callable(jacobian, "jacobian", wants, "lambda x: np.array([[1.0, 0.0], [0.0, 1.0]])")
        _accepts(lambda p: np.asarray(apply(jacobian, *p)), np.array(at), "jacobian", wants, shown, (2, 2))

    def quiet(g, a, b, shape):
        with np.errstate(all="ignore"):
            try:
                return np.asarray(apply(g, a, b), dtype=float).reshape(shape)
            except (ArithmeticError, ValueError):
                return np.full(shape, np.nan)

    def measured(a, b):
        entry = lambda i: (numeric_slope(lambda t: quiet(f, t, b, 2)[i], a), numeric_slope(lambda t: quiet(f, a, t, 2)[i], b))
        return np.array([entry(0), entry(1)])

    J = measured if jacobian is None else lambda a, b: quiet(jacobian, a, b, (2, 2))
    return lambda a, b: quiet(f, a, b, 2), J, title_of(f), jacobian is None


def array_map(f, X: np.ndarray, most_in: int, most_out: int) -> str:
    """The name of a learner's function of an array, when the picture has room for `X` and f(X). Raises `ValueError` otherwise."""
    _callable(f, "f", "an array", "lambda X: X @ X.T")
    if not 1 <= X.size <= most_in:
        raise ValueError(f"X has {X.size} entries. The picture has room for 1 to {most_in}; try a smaller X of the same kind.")
    Y = _accepts(f, X.copy(), "f", "an array", "X", None)
    if Y is None or not 1 <= Y.size <= most_out or not np.isfinite(Y).all():
        what = "no numbers" if Y is None else f"{Y.size} entries" if np.isfinite(Y).all() else "entries that are no finite numbers"
        raise ValueError(f"f(X) has {what}. It should have 1 to {most_out} finite entries; try another f, or a smaller X.")
    return title_of(f, "(X)")


def _wants_two(f) -> bool:
    import inspect

    try:
        given = inspect.signature(f).parameters.values()
    except (TypeError, ValueError):
        return False
    return sum(p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in given) == 2


def _point(point, two: bool) -> str:
    inside = ", ".join(f"{v:g}" for v in point)
    return inside if two else f"np.array([{inside}])"


def window(centre: float, half: float = 1.5) -> tuple[float, float]:
    """The usual ±`half` where `centre` lies well inside it, else as much to either side of it."""
    return (-half, half) if abs(centre) <= 0.94 * half else (centre - half, centre + half)
