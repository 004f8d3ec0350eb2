"""Opens files that nobody vouches for: never blocks, never follows a link in any part of the path, plain files of bounded size only."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class NotPlain(OSError):
    """What lies there is no plain file of bounded size, or cannot be reached without a link; the text says what it is."""


def read_plain(path: Path, below: Path, most: int) -> bytes:
    """The bytes of the file at `path`, at most `most`.

    `below` is a folder of ours, in which `path` lies; from there on every part must be a real folder, and the last a plain file. Raises
    `FileNotFoundError` where there is nothing, `NotPlain` for anything else, `OSError` for what the system refuses.
    """
    with open(path, "rb", opener=lambda *_: _open(path, below)) as stream:
        size = os.fstat(stream.fileno()).st_size
        data = b"" if size > most else stream.read(most + 1)  # a terabyte of nothing is refused unread
    if max(size, len(data)) > most:
        raise NotPlain(f"{path.name} is larger than {most >> 20} MiB" if most >= 1 << 20 else f"{path.name} is larger than {most} bytes")
    return data


def _open(path: Path, below: Path) -> int:
    """A descriptor of the plain file, reached part by part."""
    parts = path.relative_to(below).parts
    if ".." in parts or not parts:
        raise NotPlain(f"{path} does not lie below {below}")
    if os.open not in os.supports_dir_fd:  # Windows: the next best, a look before the opening
        for part in (path, *path.parents[: len(parts) - 1]):
            if part.is_symlink() or part.is_junction() if hasattr(part, "is_junction") else part.is_symlink():
                raise NotPlain(f"{part.name} is a link, which is not followed")
        return _plain(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), path)
    folder = os.open(below, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            folder, before = _follow_not(part, folder, os.O_DIRECTORY), folder
            os.close(before)
        # O_NONBLOCK: opening a pipe that somebody put there would wait for ever
        return _plain(_follow_not(parts[-1], folder, os.O_NONBLOCK), path)
    finally:
        os.close(folder)


def _follow_not(part: str, folder: int, flags: int) -> int:
    try:
        return os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | flags, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError as error:
        found = os.stat(part, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISLNK(found.st_mode):
            raise NotPlain(f"{part} is a link, which is not followed") from None
        if flags & os.O_DIRECTORY and not stat.S_ISDIR(found.st_mode):
            raise NotPlain(f"{part} is no folder") from None
        raise error


def _plain(handle: int, path: Path) -> int:
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise NotPlain(f"{path.name} is no plain file")
