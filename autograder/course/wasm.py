"""A WebAssembly module, made smaller: without names for debuggers, without data, without the functions of libraries that are not shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CUSTOM, _IMPORT, _CODE, _DATA = 0, 2, 10, 11
_UNREACHABLE = b"\x03\x00\x00\x0b"  # the body of a function without locals that traps: its size, its locals, `unreachable`, `end`


def smaller(wasm: bytes, unwanted: re.Pattern[str], *, data: bool) -> bytes:
    """The module with the body of every function whose name (in its `name` section) `unwanted` finds replaced by one that traps, and without
    custom sections; without `data`, its memory begins empty, for a host that fills it."""
    names = _names(wasm)
    made = [wasm[:8]]
    for kind, content in _sections(wasm):
        if kind == _CUSTOM:
            continue
        if kind == _CODE:
            content = _code(content, _imported(wasm), names, unwanted)
        elif kind == _DATA and not data:
            content = _leb(0)
        made += [bytes([kind]), _leb(len(content)), content]
    return b"".join(made)


def _code(content: bytes, imported: int, names: dict[int, str], unwanted: re.Pattern[str]) -> bytes:
    count, at = _number(content, 0)
    made = [_leb(count)]
    for index in range(imported, imported + count):
        size, start = _number(content, at)
        made.append(_UNREACHABLE if unwanted.search(names.get(index, "")) else content[at : start + size])
        at = start + size
    return b"".join(made)


def _sections(wasm: bytes) -> Iterator[tuple[int, bytes]]:
    at = 8
    while at < len(wasm):
        size, start = _number(wasm, at + 1)
        yield wasm[at], wasm[start : start + size]
        at = start + size


def _imported(wasm: bytes) -> int:
    """How many functions the module imports: they have the first numbers. Raises `ValueError` for an import that is no function."""
    content = next((content for kind, content in _sections(wasm) if kind == _IMPORT), b"\x00")
    count, at = _number(content, 0)
    for _ in range(count):
        for _ in range(2):  # the names of its module and of itself
            size, at = _number(content, at)
            at += size
        if content[at] != 0:
            raise ValueError("the engine imports something that is no function: its functions cannot be counted")
        _, at = _number(content, at + 1)
    return count


def _names(wasm: bytes) -> dict[int, str]:
    """The names of functions by number, as the `name` section has them; demangled there already."""
    found = {}
    for kind, content in _sections(wasm):
        if kind != _CUSTOM:
            continue
        size, at = _number(content, 0)
        if content[at : at + size] != b"name":
            continue
        at += size
        while at < len(content):
            part, (size, start) = content[at], _number(content, at + 1)
            if part == 1:
                count, here = _number(content, start)
                for _ in range(count):
                    index, here = _number(content, here)
                    length, here = _number(content, here)
                    found[index] = content[here : here + length].decode("utf-8", "replace")
                    here += length
            at = start + size
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number as WebAssembly writes it (LEB128), and where the next thing begins."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if byte < 128:
            return value, at


def _leb(value: int) -> bytes:
    """As `_number` reads it."""
    made = bytearray()
    while True:
        byte, value = value & 127, value >> 7
        made.append(byte | (128 if value else 0))
        if not value:
            return bytes(made)
