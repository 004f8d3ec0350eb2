"""Whether an input that a learner made up lies in its domain: axes, sizes, signs, whole numbers."""

from __future__ import annotations

import numpy as np

from .domains import Domain
from .kinds import Labels, Reals, Step

MOST_ENTRIES = 1000  # of one argument: whoever judges it must not pay for a large one


def outside(domains: dict[str, Domain], given: tuple[np.ndarray, ...]) -> str:
    """What keeps the arguments, in the order of `domains`, from being an input; nothing where they are one.

    An axis of one name has one length in all arguments. Raises `TypeError` for a kind of domain that this does not know.
    """
    lengths: dict[str, int] = {}
    for (name, domain), value in zip(domains.items(), given, strict=True):
        if not isinstance(domain, (Reals, Step, Labels)):
            raise TypeError(f"{type(domain).__name__} says nothing of which values it holds; write Reals, Step or Labels for {name}")
        problem = _axes(domain.axes, value, lengths) or _numbers(domain, value)
        if problem:
            return f"{name} {problem}"
    return ""


def _axes(axes, value: np.ndarray, lengths: dict[str, int]) -> str:
    if value.size > MOST_ENTRIES or not value.size:
        return f"has {value.size} entries; 1 to {MOST_ENTRIES} are allowed"
    names = axes.split()
    if value.ndim != len(names):
        wanted = {0: "one number", 1: "a vector", 2: "a matrix"}.get(len(names), f"an array with {len(names)} axes")
        return f"must be {wanted}, not an array of shape {value.shape}"
    for axis, length in zip(names, value.shape):
        if length != (int(axis) if axis.isdigit() else lengths.setdefault(axis, length)):
            return f"has the shape {value.shape}; the axis {axis} is of length {axis if axis.isdigit() else lengths[axis]}"
    return ""


def _numbers(domain: Reals | Step | Labels, value: np.ndarray) -> str:
    if not np.all(np.isfinite(value)):
        return "holds a number that is not finite"
    if isinstance(domain, Labels):
        count = domain.classes
        inside = np.all((value == np.round(value)) & (value >= 0)) and (isinstance(count, str) or np.all(value < count))
        return "" if inside else "must be whole numbers from 0" + (f" to {count - 1}" if isinstance(count, int) else "")
    if np.any(np.abs(value) > domain.high):
        return f"holds a number larger than {domain.high:g}"
    if domain.positive and np.any(value <= 0):
        return "must be positive"
    if (isinstance(domain, Step) or not domain.zero) and np.any(value == 0):
        return "must not be 0"
    if np.any((value != 0) & (np.abs(value) < domain.low)):
        return f"holds a number smaller than {domain.low:g}"
    return ""
