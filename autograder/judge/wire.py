"""Frames between the judge and a child: a bounded JSON header and raw array buffers, never pickle.

Theory of operation. A frame is two big-endian lengths (header, body), the header as JSON, and the body: the bytes of all
arrays one after another. Values are written as tagged lists, so that int and float, list and tuple, 0-d array and NumPy scalar
stay apart. The decoder builds only plain data, from a white list of dtypes, and believes no length, shape or depth that it
has not checked; whatever else arrives is `Malformed`, and whoever sent it is ended. The module runs on both sides.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass

import numpy as np

from ..functions import Function
from ..values import Opaque, Seeded

LENGTHS = struct.Struct(">II")
_DEPTH = 40  # `values.plain` stops at 20; a case may nest a little more
_INT_BITS = 14_000  # 4214 digits: more than any honest answer, and few enough that Python agrees to print it
_AS_IT_IS = {type(None), bool, float, str}  # JSON writes and reads them exactly, and ints that are short
_READ_AS_IT_IS = _AS_IT_IS | {int}
_write_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
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


def pack(value, buffers: list[bytes], depth: int = 0):
    """`value` as JSON data; array bytes are appended to `buffers`. Raises `TypeError` for anything that is no plain data."""
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
    if kind is list:
        return ["l", _pack_all(value, buffers, depth + 1)]
    if kind is tuple:
        return ["t", _pack_all(value, buffers, depth + 1)]
    if kind is dict:
        return ["d", [[_key(key), pack(item, buffers, depth + 1)] for key, item in value.items()]]
    if kind is np.ndarray or isinstance(value, np.generic):
        native = value.dtype.newbyteorder("=")
        if native.str not in DTYPES:
            raise TypeError(f"numbers of dtype {value.dtype}")
        array = np.asarray(value, dtype=native)
        buffers.append(array.tobytes())
        if kind is not np.ndarray:
            return ["n", native.str]
        return ["a", native.str, list(array.shape), value.flags.writeable]
    if kind is Opaque:
        return ["o", str(value.type_name)[:60], bool(value.callable)]
    if kind is Seeded:
        return ["s", pack(value.seed, buffers, depth + 1)]
    if kind is Ref:
        return ["f", value.number, value.name]
    if kind is Function:
        return ["F", value.expr, value.args, value.__name__]
    raise TypeError(f"a value of type {kind.__name__}")


def _pack_all(values, buffers: list[bytes], depth: int) -> list:
    return [value if type(value) in _AS_IT_IS else pack(value, buffers, depth) for value in values]


def _key(key):
    if type(key) is not str:
        raise TypeError("a dict whose keys are not all strings")
    return key


class _Body:
    """The body of a frame, handed out in order."""

    def __init__(self, data: bytes):
        self.data, self.at = memoryview(data), 0

    def take(self, size: int) -> memoryview:
        if size > len(self.data) - self.at:
            raise Malformed("an array is longer than the frame")
        self.at += size
        return self.data[self.at - size:self.at]


def unpack(data, body: _Body, depth: int = 0, refs=None):
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
            dtype, shape, writeable = rest
            array = _array(_text(dtype), shape, body)
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
        if tag == "F" and refs is not None:  # to the child only: its text becomes code there
            return Function(rest[0], args=rest[1], name=rest[2])
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


def _array(dtype: str, shape, body: _Body) -> np.ndarray:
    if dtype not in DTYPES:
        raise Malformed("a dtype that may not cross")
    if type(shape) is not list or len(shape) > 32 or any(type(n) is not int or not 0 <= n < 1 << 40 for n in shape):
        raise Malformed("no shape")
    count = 1
    for n in shape:  # Python ints: a product in NumPy would wrap around
        count *= n
    data = np.frombuffer(body.take(count * DTYPES[dtype].itemsize), dtype=np.uint8)
    if DTYPES[dtype].kind == "b":
        # a byte of 2 would be a truth value that is equal to neither True nor False
        return (data != 0).reshape(shape)
    return data.copy().view(DTYPES[dtype]).reshape(shape)


def decode(header: bytes, body: bytes, refs=None) -> tuple[dict, list]:
    """A frame's message and values from its two parts. Raises `Malformed` and nothing else, whatever the bytes are."""
    try:
        frame = json.loads(header.decode("ascii"))
        message, values = frame["m"], frame["v"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise Malformed("a header that is no JSON of ours") from None
    if type(message) is not dict or type(values) is not list:
        raise Malformed("a header without message and values")
    rest = _Body(body)
    decoded = [unpack(value, rest, 0, refs) for value in values]
    if rest.at != len(body):
        raise Malformed("bytes that belong to no array")
    return message, decoded


def encode(message: dict, values: tuple = ()) -> bytes:
    """A whole frame. Raises `TypeError` for what is no plain data and `TooLarge` for what no frame can hold."""
    buffers: list[bytes] = []
    packed = [pack(value, buffers) for value in values]
    header = _write_json({"m": message, "v": packed}).encode("ascii")
    size = sum(map(len, buffers))
    if max(len(header), size) >= 1 << 31:
        raise TooLarge("more than a frame can say")
    return b"".join([LENGTHS.pack(len(header), size), header, *buffers])
