"""Writes files whole or not at all: a reader, or a crash at any moment, sees the old file or the new one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO


def write_atomically(path: Path, data: bytes | str | Iterable[str], mode: int = 0o644) -> None:
    """Write `data` (text as UTF-8, or texts one after the other) to `path`, making its folder, with the permissions `mode`.

    Raises `OSError`; then nothing has changed.
    """
    temporary = _written(path, data, mode)
    try:
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def replacing(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file at `path` when the block ends, and are gone when it fails: for what is too large to be held."""
    temporary = _written(path, b"", mode)
    try:
        with open(temporary, "r+b") as stream:
            yield stream
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def create_durably(path: Path, data: bytes | str, mode: int = 0o600) -> None:
    """Write `data` to `path` unless something is there already, which is left as it is. On return it survives a power cut. Raises `OSError`."""
    temporary = _written(path, data, mode, durable=True)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if hasattr(os, "O_DIRECTORY"):  # the new name, too, must survive; Windows has no handle for a folder
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _written(path: Path, data: bytes | str | Iterable[str], mode: int, durable: bool = False) -> Path:
    """A temporary file beside `path` with the data in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            for part in (data,) if isinstance(data, (bytes, str)) else data:
                stream.write(part.encode() if isinstance(part, str) else part)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        os.chmod(name, mode)  # mkstemp makes files that only their owner can read
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
