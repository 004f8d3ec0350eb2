"""A learner's own function of the plane, with values as one number or as two: what a picture asks of it, and its slopes."""

from __future__ import annotations

import inspect

import numpy as np

from .checks import call_once, require_callable, short_name
from .slopes import numeric_slope, value


class Plane:
    """A learner's f of a point (x, z), for pictures: ``plane(x, z)`` for arrays of any equal shape, `gradient` at a point.

    `f` takes one vector of length 2, as in the lessons, or two numbers. Without `gradient` (a function of the same argument that
    returns two numbers) the partial derivatives come from central differences, extrapolated to about ten digits.
    """

    def __init__(self, f, gradient=None, at=(1.0, 1.0)):
        self.name, self.given = short_name(f, "(x, z)"), gradient is not None
        if gradient is None and getattr(f, "d", ""):
            gradient, self.given = f.derivative, True
        require_callable(f, "f", "a vector of length 2", "lambda x: x[0]**2 + x[0]*x[1]")
        self._two = _wants_two(f)
        self._f, self._gradient, self._kept, self._slopes = f, gradient, {}, {}
        point = np.array(at, dtype=float)
        call_once(lambda p: self._one(*p), point, "f", "two numbers" if self._two else "a vector of length 2", _point(point, self._two))
        if gradient is not None:
            require_callable(gradient, "gradient", "a vector of length 2", "lambda x: np.array([2*x[0] + x[1], x[0]])")
            call_once(
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


def plane_map(f, jacobian, at):
    """A learner's map of the plane as (f(a, b), J(a, b), name, whether J is measured); both return NaN where f refuses."""
    two = _wants_two(f)
    apply = lambda g, a, b: g(a, b) if two else g(np.array([a, b], dtype=float))
    shown, wants = _point(at, two), "two numbers" if two else "a vector of length 2"
    call_once(lambda p: np.asarray(apply(f, *p)), np.array(at), "f", wants, shown, (2,))
    if jacobian is None and getattr(f, "d", ""):
        jacobian = f.derivative
    if jacobian is not None:
        require_callable(jacobian, "jacobian", wants, "lambda x: np.array([[1.0, 0.0], [0.0, 1.0]])")
        call_once(lambda p: np.asarray(apply(jacobian, *p)), np.array(at), "jacobian", wants, shown, (2, 2))

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
    return lambda a, b: quiet(f, a, b, 2), J, short_name(f), jacobian is None


def _wants_two(f) -> bool:
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
