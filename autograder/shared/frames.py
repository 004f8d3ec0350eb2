"""Whole frames: two big-endian lengths, a bounded JSON header, and the body, the bytes of all arrays one after another. It runs on both sides."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass

from .functions import Function
from .wire import Body, Malformed, Parts, TooLarge, pack, unpack

LENGTHS = struct.Struct(">II")
_write_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

# an escaped surrogate that is not the first or second of a pair
_HALVES = re.compile(rb"(?<!\\)((?:\\\\)*)(?:\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..))")


def _whole(found: re.Match) -> bytes:
    return found[1] + rb"\ufffd" if found[2] else found[0]


def decode(header: bytes, body: bytes, refs=None) -> tuple[dict, list]:
    """A frame's message and values from its two parts. Raises `Malformed` and nothing else, whatever the bytes are."""
    if b"\\u" in header:  # half of a pair alone is no text: nothing could write it down
        header = _HALVES.sub(_whole, header)
    try:
        frame = json.loads(header.decode("ascii"))
        message, values = frame["m"], frame["v"]
        functions: list[Function] = []
        if refs is not None and "f" in frame:  # in a child only, which believes the judge
            functions = [Function(expr, args=args, name=name) for expr, args, name in frame["f"]]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise Malformed("a header that is no JSON of ours") from None
    if type(message) is not dict or type(values) is not list:
        raise Malformed("a header without message and values")
    rest = Body(body, functions)
    decoded = [unpack(value, rest, 0, refs) for value in values]
    if rest.at != len(body):
        raise Malformed("bytes that belong to no array")
    return message, decoded


@dataclass(frozen=True)
class Packed:
    """Values made ready for frames, of which they may go into many."""

    header: str
    body: bytes


def prepack(values: tuple) -> Packed:
    """`values` as every frame that carries them has them. Raises `TypeError` for what is no plain data."""
    parts = Parts()
    header = _write_json([pack(value, parts) for value in values])
    if parts.functions:
        header += f',"f":{_write_json(list(parts.functions))}'
    return Packed(header, b"".join(parts.buffers))


def encode(message: dict, values: tuple | Packed = ()) -> bytes:
    """A whole frame. Raises `TypeError` for what is no plain data and `TooLarge` for what no frame can hold."""
    packed = values if isinstance(values, Packed) else prepack(values)
    header = f'{{"m":{_write_json(message)},"v":{packed.header}}}'.encode("ascii")
    if max(len(header), len(packed.body)) >= 1 << 31:
        raise TooLarge("more than a frame can say")
    return b"".join([LENGTHS.pack(len(header), len(packed.body)), header, packed.body])
