"""What an answer may return: plain data, the same in a kernel and behind a pipe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .functions import Function

KINDS = "biufc"  # dtypes that may cross: bool, int, unsigned, float, complex


@dataclass(frozen=True)
class Seeded:
    """An argument that the answer receives as `numpy.random.default_rng(seed)`, fresh in every call."""

    seed: int


# the base type's own method, called on the type: a subclass may say anything of itself
_OWN_METHODS: tuple[tuple[type, Callable], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (complex, complex.__complex__),
    (str, str.__str__),
)


@dataclass(frozen=True)
class Opaque:
    """Stands for a returned value that is no plain data; only the name of its type is kept."""

    type_name: str
    callable: bool = False


def plain(value, depth: int = 0):
    """Reduce `value` to plain data: None, bool, int, float, complex, str, ndarray, NumPy scalar, list, tuple, dict.

    Subclasses lose their behaviour, so that an object whose `==` always says yes is judged by its numbers.
    Anything else becomes `Opaque`. Nesting deeper than 20 becomes `Opaque` as well.
    """
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str):
        return value
    if depth > 20:
        return Opaque("deeply nested " + kind.__name__)
    if isinstance(value, np.ndarray):
        base = np.array(value, copy=True, subok=False)
        return base if base.dtype.kind in KINDS else Opaque(f"array of {base.dtype}")
    if isinstance(value, np.generic) and not isinstance(value, str):  # NumPy's text is Python's
        if value.dtype.kind not in KINDS:
            return Opaque(kind.__name__)
        # float64 and int64 are what Python's own numbers are; the rarer ones keep their dtype, it is worth a remark
        return value.item() if value.dtype in (np.float64, np.int64, np.complex128, np.bool_) else value.dtype.type(value)
    for base_type, own in _OWN_METHODS:
        if isinstance(value, base_type):
            return own(value)
    if isinstance(value, (list, tuple)):
        items = [plain(item, depth + 1) for item in (list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value))]
        return items if isinstance(value, list) else tuple(items)
    if isinstance(value, dict):
        pairs = list(dict.items(value))
        if all(isinstance(key, str) for key, _ in pairs):
            return {str.__str__(key): plain(item, depth + 1) for key, item in pairs}
    return Opaque(kind.__name__, callable(value))


def layout(array: np.ndarray) -> str:
    """How an array lies in memory: "C" row by row, "F" column by column, "S" with gaps between its numbers."""
    return "C" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "S"


def laid_out(array: np.ndarray, kind: str, writeable: bool = True) -> np.ndarray:
    """A copy of `array` that lies in memory in the way `kind` names, see `layout`."""
    if kind == "S" and array.ndim:
        copy = np.repeat(array, 2, axis=-1)[..., ::2]
    else:
        copy = array.copy(order="F" if kind == "F" else "C")
    copy.setflags(write=writeable)
    return copy


def fresh(value):
    """A copy of an argument that the answer may not spoil for later calls; read-only arrays and their layout stay what they are."""
    if type(value) is float:
        return value
    if isinstance(value, np.ndarray):
        return laid_out(value, layout(value), value.flags.writeable)
    if isinstance(value, (list, tuple)):
        return type(value)(fresh(item) for item in value)
    if isinstance(value, dict):
        return {key: fresh(item) for key, item in value.items()}
    return value


def same(a, b) -> bool:
    """Whether two plain values are identical, bit for bit in shape, dtype and numbers (NaN at the same place counts)."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, Function):
        return a is b
    return a == b or (a != a and b != b)
