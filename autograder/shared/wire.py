"""Values on the wire between the judge and a child: JSON data and the raw bytes of arrays, never pickle.

Theory of operation. Values are written as tagged lists, so that int and float, list and tuple, 0-d array and NumPy scalar
stay apart. Functions are numbers into a table of texts, in which each stands once; only a child reads this table, because it obeys the
judge, and the judge runs no text of a child's. What is read becomes plain data only, from a white list of dtypes, and no length, shape or depth is
believed that was not checked; whatever else arrives is `Malformed`, and whoever sent it is ended. The module runs on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from .functions import Function
from .values import Opaque, Seeded, laid_out, layout

_DEPTH = 40  # `values.plain` stops at 20; a case may nest a little more
_INT_BITS = 14_000  # 4214 digits: more than any honest answer, and few enough that Python agrees to print it
_AS_IT_IS = {type(None), bool, float, str}  # JSON writes and reads them exactly, and ints that are short
_READ_AS_IT_IS = _AS_IT_IS | {int}
DTYPES = {np.dtype(t).str: np.dtype(np.dtype(t).str) for t in "?bhilqBHILQefdgFDG"}


class Malformed(Exception):
    """What arrived is no frame, or not of plain data."""


class TooLarge(ValueError):
    """A value does not fit into a frame."""


@dataclass(frozen=True)
class Ref:
    """A function argument on the wire: its number and its name; the judge keeps the function."""

    number: int
    name: str = "f"


@dataclass
class Parts:
    """What stands beside a frame's values: the bytes of their arrays, and the texts of their functions with their numbers."""

    buffers: list[bytes] = field(default_factory=list)
    functions: dict[tuple[str, str, str], int] = field(default_factory=dict)


def pack(value, parts: Parts, depth: int = 0):
    """`value` as JSON data; arrays and functions are added to `parts`. Raises `TypeError` for anything that is no plain data."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if depth > _DEPTH:
        raise TypeError(f"nested deeper than {_DEPTH}")
    if kind is int:
        if value.bit_length() > _INT_BITS:
            raise TooLarge(f"an int of {value.bit_length()} bits")
        return value if value.bit_length() < 64 else ["i", hex(value)]
    if kind is complex:
        return ["c", value.real, value.imag]
    if kind is list or kind is tuple:
        if value and type(value[0]) is Function and all(type(item) is Function for item in value):
            return ["F" + kind.__name__, [_number_of(item, parts) for item in value]]
        return ["l" if kind is list else "t", _pack_all(value, parts, depth + 1)]
    if kind is dict:
        return ["d", [[_key(key), pack(item, parts, depth + 1)] for key, item in value.items()]]
    if kind is np.ndarray or isinstance(value, np.generic):
        name = _name_of(value.dtype)
        parts.buffers.append(np.asarray(value, dtype=DTYPES[name]).tobytes())
        if kind is not np.ndarray:
            return ["n", name]
        lies = layout(value)
        return ["a", name, list(value.shape), value.flags.writeable, *([] if lies == "C" else [lies])]
    if kind is Opaque:
        return ["o", str(value.type_name)[:60], bool(value.callable)]
    if kind is Seeded:
        return ["s", pack(value.seed, parts, depth + 1)]
    if kind is Ref:
        return ["f", value.number, value.name]
    if kind is Function:
        return ["F", _number_of(value, parts)]
    raise TypeError(f"a value of type {kind.__name__}")


def _pack_all(values, parts: Parts, depth: int) -> list:
    return [value if type(value) in _AS_IT_IS else pack(value, parts, depth) for value in values]


@lru_cache(64)
def _name_of(dtype: np.dtype) -> str:
    name = dtype.newbyteorder("=").str
    if name not in DTYPES:
        raise TypeError(f"numbers of dtype {dtype}")
    return name


def _number_of(function: Function, parts: Parts) -> int:
    text = function.expr, function.args, function.__name__
    return parts.functions.setdefault(text, len(parts.functions))


def _key(key):
    if type(key) is not str:
        raise TypeError("a dict whose keys are not all strings")
    return key


class Body:
    """The body of a frame, handed out in order, and its functions."""

    def __init__(self, data: bytes, functions: list[Function]):
        self.data, self.at, self.functions = memoryview(data), 0, functions

    def take(self, size: int) -> memoryview:
        if size > len(self.data) - self.at:
            raise Malformed("an array is longer than the frame")
        self.at += size
        return self.data[self.at - size : self.at]


def unpack(data, body: Body, depth: int = 0, refs=None):
    """The value that `pack` wrote. `refs` maps a `Ref` to what stands for it. Raises `Malformed`."""
    if type(data) in _READ_AS_IT_IS:
        return data
    if depth > _DEPTH or type(data) is not list or not data or type(data[0]) is not str:
        raise Malformed("no tagged value")
    tag, *rest = data
    try:
        if tag in ("l", "t"):
            (items,) = rest
            if type(items) is not list:
                raise Malformed("no items")
            items = [item if type(item) in _READ_AS_IT_IS else unpack(item, body, depth + 1, refs) for item in items]
            return items if tag == "l" else tuple(items)
        if tag == "F":
            return body.functions[rest[0]]
        if tag in ("Flist", "Ftuple"):
            items = [body.functions[number] for number in rest[0]]
            return items if tag == "Flist" else tuple(items)
        if tag == "d":
            (pairs,) = rest
            return {_text(key): unpack(item, body, depth + 1, refs) for key, item in pairs}
        if tag == "i":
            (text,) = rest
            if len(_text(text)) > _INT_BITS // 4 + 4:
                raise Malformed("an int that is too long")
            return int(text, 16)
        if tag == "c":
            real, imag = rest
            return complex(_number(real), _number(imag))
        if tag == "n":
            return _array(_text(rest[0]), [], body)[()]
        if tag == "a":
            dtype, shape, writeable, *lies = rest
            array = _array(_text(dtype), shape, body)
            if lies:
                return laid_out(array, _text(lies[0]), bool(writeable))
            array.setflags(write=bool(writeable))
            return array
        if tag == "o":
            name, callable_ = rest
            # the name of a class is the only free text that may come out of a hidden call: letters and digits, and few
            return Opaque("".join(c for c in _text(name)[:60] if c.isalnum() or c in "_ .()<>"), bool(callable_))
        if tag == "s":
            seed = unpack(rest[0], body, depth + 1)
            if type(seed) is int and seed >= 0:
                return Seeded(seed)
        if tag == "f" and refs is not None:
            number, name = rest
            return refs(Ref(number, _text(name)))
    except (ValueError, TypeError, IndexError) as error:
        raise Malformed(f"{tag}: {error}") from None
    raise Malformed(f"an unknown tag {tag[:20]!r}")


def _text(value) -> str:
    if type(value) is not str:
        raise Malformed("no text where text belongs")
    return value


def _number(value) -> float:
    if type(value) is not float:
        raise Malformed("no number where a number belongs")
    return value


def _array(dtype: str, shape, body: Body) -> np.ndarray:
    if dtype not in DTYPES:
        raise Malformed("a dtype that may not cross")
    if type(shape) is not list or len(shape) > 32:
        raise Malformed("no shape")
    count = 1
    for n in shape:  # Python ints: a product in NumPy would wrap around
        if type(n) is not int or not 0 <= n < 1 << 40:
            raise Malformed("no shape")
        count *= n
    kind = DTYPES[dtype]
    data = body.take(count * kind.itemsize)
    if kind.kind == "b":
        # a byte of 2 would be a truth value that is equal to neither True nor False
        return (np.frombuffer(data, dtype=np.uint8) != 0).reshape(shape)
    return np.frombuffer(data, dtype=kind).reshape(shape).copy()
