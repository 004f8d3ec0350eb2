"""How much of an archive is unpacked, and how much of what it says of itself is believed."""

from __future__ import annotations

import os
import struct

from ..files.notebooks import MAX_FILE

MAX_ENTRIES = 100_000  # files of one archive, those within its archives included
MAX_TOTAL = 4 << 30  # bytes that are unpacked of one archive, together
_MAX_DIRECTORY = 16 << 20  # bytes of a ZIP's table of contents, which zipfile reads in one piece
_CHUNK = 1 << 20


class Budget:
    """What may still be unpacked."""

    def __init__(self):
        self.entries, self.bytes = MAX_ENTRIES, MAX_TOTAL

    def one_more(self) -> str:
        """Count one more file; why it is one too many, or ""."""
        self.entries -= 1
        return f"there are more than {MAX_ENTRIES} files; take them in part by part" if self.entries < 0 else ""

    def read(self, stream) -> bytes:
        """A whole file. Raises `ValueError` with a sentence when it, or all together, is too large."""
        parts, size = [], 0
        while chunk := stream.read(min(_CHUNK, MAX_FILE + 1 - size)):
            size += len(chunk)
            self.bytes -= len(chunk)
            if size > MAX_FILE:
                raise ValueError(f"it is larger than {MAX_FILE >> 20} MiB; clear the notebook's outputs")
            if self.bytes < 0:
                raise ValueError(f"the archive holds more than {MAX_TOTAL >> 30} GiB; take it in part by part")
            parts.append(chunk)
        return b"".join(parts)


class BoundedTar:
    """An unpacked TAR, of which nobody reads much at once (tarfile would take a header's word for its size) nor very far in."""

    def __init__(self, stream):
        self._stream = stream
        self.tell, self.close = stream.tell, stream.close

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= MAX_FILE:
            raise ValueError(f"a header in it says that it is larger than {MAX_FILE >> 20} MiB")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        if offset > MAX_TOTAL:
            raise ValueError(f"the archive holds more than {MAX_TOTAL >> 30} GiB; take it in part by part")
        return self._stream.seek(offset, whence)


def check_directory(stream) -> None:
    """Raises `ValueError` for a ZIP whose table of contents would not fit into memory. Source: PKWARE's APPNOTE, 4.3.14 to 4.3.16."""
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(max(0, size - (1 << 16) - 100))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) >= at + 16:
        length = struct.unpack("<L", tail[at + 12 : at + 16])[0]
        if length == 0xFFFFFFFF and (wide := tail.rfind(b"PK\x06\x06")) >= 0 and len(tail) >= wide + 48:
            length = struct.unpack("<Q", tail[wide + 40 : wide + 48])[0]
        if min(length, size) > _MAX_DIRECTORY:
            raise ValueError(f"its table of contents is larger than {_MAX_DIRECTORY >> 20} MiB; take it in part by part")
