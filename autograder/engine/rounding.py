"""Inputs that are off by a few roundings, and how far apart two values are."""

from __future__ import annotations

import numpy as np

from ..writing.compare import EPS


def off(value, signs: tuple[int, ...]):
    """The same values, their floats off by a few dozen roundings, up or down as `signs` say in turn."""
    if isinstance(value, float) or isinstance(value, np.ndarray) and value.dtype.kind == "f":
        moved = value * (1 + 64 * EPS * np.resize(signs, np.shape(value)))
        return moved if isinstance(value, np.ndarray) else float(moved)
    if isinstance(value, (list, tuple)):
        return type(value)(off(item, signs[k % len(signs) :] + signs[: k % len(signs)]) for k, item in enumerate(value))
    if isinstance(value, dict):
        return dict(zip(value, off(list(value.values()), signs)))
    return value


def spread(a, b) -> float:
    """The largest difference between two values of one form; 0 where they are of two."""
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return max(map(spread, a, b), default=0.0)
    if isinstance(a, dict) and isinstance(b, dict):
        return max((spread(a[key], b[key]) for key in a.keys() & b.keys()), default=0.0)
    if not all(isinstance(v, (int, float, complex, np.ndarray, np.generic)) for v in (a, b)) or np.shape(a) != np.shape(b):
        return 0.0
    with np.errstate(all="ignore"):
        apart = np.abs(np.asarray(a, complex) - np.asarray(b, complex))
    return float(np.max(apart[np.isfinite(apart)], initial=0.0))
