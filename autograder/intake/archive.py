"""What lies in an archive or a folder that nobody vouches for, file by file, within bounds; nothing is unpacked to where a name in it says.

Accepted are .zip, .tar, .tar.gz and .tgz (nbgrader's exchange is handed on as one), folders, single notebooks, and one archive within
another, as students hand in. A file that is a link, a device, encrypted, damaged, too large, or whose path leads out of the archive is
an entry that says so.
"""

from __future__ import annotations

import datetime
import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from ..files.notebooks import MAX_FILE
from ..files.plain_files import read_plain
from .bounds import BoundedTar, Budget, check_directory

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
_LONGEST = 1000  # characters of a path; a ZIP may have 65,535, and patterns that look for names in it would be busy
_OTHER_ARCHIVES = (".rar", ".7z", ".tar.bz2", ".tar.xz", ".gz", ".bz2", ".xz")
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, struct.error)


class NotAnArchive(ValueError):
    """There is nothing here that can be taken in; the text says why and what to do."""


@dataclass
class Entry:
    """One file. `data` is None where it was not read: because of what `refused` says, or because it is no notebook. `date` is the file's own."""

    parts: tuple[str, ...]
    data: bytes | None = None
    date: datetime.datetime | None = None
    refused: str = ""

    @property
    def path(self) -> str:
        """The path in the archive."""
        return "/".join(self.parts)


def is_notebook(name: str) -> bool:
    """Whether a file says by its name that it is a notebook, also one to which a browser gave another ending."""
    return name.lower().endswith((".ipynb", ".ipynb.txt", ".ipynb.json"))


def is_archive(name: str) -> bool:
    """Whether a file says by its name that it is an archive that can be opened here."""
    return name.lower().endswith(ARCHIVES)


def entries(source: Path) -> Iterator[Entry]:
    """Every file in the archive, folder or notebook at `source`, once, in order. Raises `NotAnArchive`."""
    budget = Budget()
    if source.is_dir():
        yield from _limited(_folder(source, budget), budget)
    elif source.exists() and not source.is_file():
        raise NotAnArchive(f"{source} is no plain file: a pipe or a device is not waited for")
    elif is_archive(source.name):
        with open(source, "rb") as stream:
            yield from _limited(_open(stream, source.name, (), budget, outermost=True), budget)
    elif is_notebook(source.name):
        with open(source, "rb") as stream:
            data = stream.read(MAX_FILE + 1)
        yield Entry((source.name,), data, _of(source.stat().st_mtime))
    elif not source.exists():
        raise NotAnArchive(f"there is no {source}")
    else:
        raise NotAnArchive(
            f"{source.name} is neither a folder nor an archive that can be opened here ({', '.join(ARCHIVES)}); pack it as .zip"
        )


def _limited(found: Iterator[Entry], budget: Budget) -> Iterator[Entry]:
    for entry in found:
        if why := budget.one_more():
            raise NotAnArchive(why)
        yield entry


def _open(stream, name: str, above: tuple[str, ...], budget: Budget, outermost: bool = False) -> Iterator[Entry]:
    """The entries of an archive; one within another that cannot be opened is an entry itself."""
    try:
        if name.lower().endswith(".zip"):
            check_directory(stream)
            opened: zipfile.ZipFile | tarfile.TarFile = zipfile.ZipFile(stream)
        else:
            unpacked = gzip.GzipFile(fileobj=stream) if name.lower().endswith("gz") else stream
            opened = tarfile.open(fileobj=cast(IO[bytes], BoundedTar(unpacked)), mode="r:")
    except _BROKEN as problem:
        if outermost:
            raise NotAnArchive(f"{name} cannot be opened ({problem}); download it again") from None
        yield Entry(above, refused=f"the archive cannot be opened ({problem})")
        return
    with opened:
        yield from _zip(opened, above, budget) if isinstance(opened, zipfile.ZipFile) else _tar(opened, above, budget)


def _zip(archive: zipfile.ZipFile, above: tuple[str, ...], budget: Budget) -> Iterator[Entry]:
    for info in archive.infolist():
        folder = info.filename.endswith("/")
        if folder and not info.file_size:
            continue
        name = _name(info)
        mode = info.external_attr >> 16
        why = "it is a link; hand in the file itself" if stat.S_ISLNK(mode) else "a folder holds no bytes" if folder else ""
        why = why or ("it is encrypted; hand it in without a password" if info.flag_bits & 1 else "")
        yield from _entry(name, above, _zip_date(info), why, lambda info=info: archive.open(info), budget)


def _tar(archive: tarfile.TarFile, above: tuple[str, ...], budget: Budget) -> Iterator[Entry]:
    while True:
        try:
            info = archive.next()
        except _BROKEN as problem:
            yield Entry((*above, "…"), refused=f"the rest of the archive cannot be read ({problem}); download it again")
            return
        if info is None:
            return
        archive.members = []  # type: ignore[attr-defined]  # or tarfile keeps every name that it ever saw
        if info.isdir():
            continue
        why = "" if info.isreg() else "it is a link or a device; hand in the file itself"
        yield from _entry(info.name, above, _of(info.mtime), why, lambda info=info: archive.extractfile(info), budget)


def _folder(root: Path, budget: Budget) -> Iterator[Entry]:
    todo = [root]
    while todo:
        folder = todo.pop()
        try:
            found = sorted(os.scandir(folder), key=lambda one: one.name)
        except OSError as problem:
            yield Entry(folder.relative_to(root).parts, refused=f"it cannot be read ({problem.strerror})")
            continue
        for one in found:
            path = Path(one.path)
            if one.is_dir(follow_symlinks=False):
                todo.append(path)
                continue
            plain = one.is_file(follow_symlinks=False)
            date = _of(one.stat(follow_symlinks=False).st_mtime)
            why = "" if plain else "it is a link, a pipe or a device; hand in the file itself"
            relative = path.relative_to(root).as_posix()
            yield from _entry(relative, (), date, why, lambda path=path: io.BytesIO(read_plain(path, root, MAX_FILE)), budget)


def _entry(name: str, above: tuple[str, ...], date, why: str, opening, budget: Budget) -> Iterator[Entry]:
    """One file of an archive: read when it is a notebook or a timestamp, opened when it is an archive in the outermost one."""
    parts, wrong = _parts(name)
    last = parts[-1]
    entry = Entry((*above, *parts), date=date, refused=wrong or why)
    nested = is_archive(last) and not above
    if not entry.refused and last.lower().endswith((*_OTHER_ARCHIVES, *(ARCHIVES if above else ()))) and not nested:
        entry.refused = "it is an archive that is not opened here; unpack it, or have it handed in as a notebook"
    if entry.refused or not (nested or is_notebook(last) or last == "timestamp.txt"):
        yield entry
        return
    try:
        with opening() as stream:
            data = budget.read(stream)
    except _BROKEN as problem:
        entry.refused = f"it cannot be read ({problem})" if not str(problem).startswith(("it is", "the archive")) else str(problem)
        yield entry
        return
    if nested:
        found = False
        for inner in _open(io.BytesIO(data), last, entry.parts, budget):
            found = True
            yield inner
        if not found:
            entry.refused = "it is an empty archive"
            yield entry
    else:
        entry.data = data
        yield entry


def _parts(name: str) -> tuple[tuple[str, ...], str]:
    """A name's parts, and what is wrong with it or ""."""
    if len(name) > _LONGEST:
        return (f"{name[:100]}…",), "its name is longer than that of any file"
    parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
    absolute = name.startswith(("/", "\\")) or name[1:2] == ":"
    out = absolute or ".." in parts or not parts or "\0" in name
    return parts or ("?",), "its path leads out of the archive" if out else ""


def _name(info: zipfile.ZipInfo) -> str:
    """The name in a ZIP: macOS and others write UTF-8 and do not say so, which zipfile then reads as the code page of DOS."""
    if not info.flag_bits & 0x800:
        try:
            return info.orig_filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return info.orig_filename.split("\0")[0] if "\0" not in info.orig_filename[1:2] else info.orig_filename


def _zip_date(info: zipfile.ZipInfo) -> datetime.datetime | None:
    """When the file was changed: the time in UTC where the packer wrote one (extra field 0x5455), else the packer's clock, taken for ours."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return _of(struct.unpack("<i", extra[5:9])[0])
        extra = extra[4 + size :]
    try:
        return datetime.datetime(*info.date_time).astimezone(datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _of(seconds: float) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None
