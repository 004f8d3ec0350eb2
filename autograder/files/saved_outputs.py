"""Takes saved outputs and widgets out of a large notebook's bytes before anybody parses them: what nobody reads is not measured.

Theory of operation. The text is cut into strings and brackets, which is all that is needed to know where a value ends. Of each cell the value of
"outputs" and of the notebook's metadata that of "widgets" is left out. Whether the rest is JSON is for the parser to say.
"""

from __future__ import annotations

import re

MOST_PIECES = 2_000_000  # strings and brackets that are looked at, in a second or two
# a quote that ends nowhere is a piece of its own: there the search ends, instead of beginning anew at every quote
_PIECE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["{}\[\]]', re.DOTALL)
_COLON = re.compile(rb"\s*:\s*")
_LEFT_OUT = {(b"{[{", b'"outputs"'), (b"{{", b'"widgets"')}  # by what is open around a key, and the key
_DEEPEST = 3  # open brackets around the innermost of these


class TooManyPieces(ValueError):
    """There are more strings and brackets than any notebook has."""


def without_outputs(data: bytes) -> bytes:
    """`data` with `[]` in place of what is left out; as it is from the first thing on that cannot be JSON. Raises `TooManyPieces`."""
    kept, start = [], 0  # the pieces to keep, and where the next one starts
    depth, around = 0, bytearray()  # how many brackets are open, and which the outer ones are
    value_at, ends_at = -1, -1  # where a value that is left out begins, and how deep what follows it lies
    for number, piece in enumerate(_PIECE.finditer(data)):
        if number > MOST_PIECES:
            raise TooManyPieces
        at, kind = piece.start(), data[piece.start()]
        if at == value_at:
            ends_at = depth
        if kind in b"{[":
            if depth < _DEEPEST:
                around.append(kind)
            depth += 1
        elif kind in b"}]":
            depth -= 1
            if depth < 0:
                break
            del around[depth:]
        elif piece.end() - at == 1:
            break
        elif ends_at < 0 and depth <= _DEEPEST and (bytes(around), piece[0]) in _LEFT_OUT and (colon := _COLON.match(data, piece.end())):
            value_at = colon.end()
        if depth == ends_at:
            kept += [data[start:value_at], b"[]"]
            start, ends_at = piece.end(), -1
    return b"".join([*kept, data[start:]])
