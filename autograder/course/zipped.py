"""Packs files into a ZIP: the same files are the same bytes, on every machine."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable

_WHEN = (2020, 2, 2, 0, 0, 0)


def zipped(files: dict[str, bytes], executable: Iterable[str] = ()) -> bytes:
    """A ZIP of the files by their names, in the order given, without any date or right of this machine; programs are those in `executable`."""
    programs = {*executable}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(entry(name, name in programs), data, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def entry(name: str, executable: bool = False) -> zipfile.ZipInfo:
    """What a ZIP says of a file, without any date or right of this machine."""
    made = zipfile.ZipInfo(name, _WHEN)
    made.create_system, made.external_attr = 3, (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
    return made


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files in a ZIP, by their names, in its order. Raises `zipfile.BadZipFile`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
