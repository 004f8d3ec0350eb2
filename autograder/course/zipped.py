"""Packs files into a ZIP: the same files are the same bytes, on every machine."""

from __future__ import annotations

import io
import stat
import zipfile

_WHEN = (2020, 2, 2, 0, 0, 0)


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of the files by their names, in the order given, without any date or right of this machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files in a ZIP, by their names, in its order. Raises `zipfile.BadZipFile`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
