"""A learner's one small readable file: points, predictions, and what comes back when, each a section of it.

Everything in it goes by names of functions and questions, never by the number of a lesson or the place of a folder.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..files.atomic import write_atomically

FOLDER = "FROM_H_TO_ETA_STUDY"  # set by `make study`; without it nothing is kept beyond the kernel
NAME = ".progress.json"


def read(section: str) -> dict:
    """A section of the file; an unreadable file, or section, counts as empty and is left alone."""
    found = _whole().get(section)
    return found if isinstance(found, dict) else {}


def write(section: str, entries: dict) -> bool:
    """Put `entries` in the place of a section; whether they are kept. A full or read-only disk is no reason to disturb a learner."""
    file = _file()
    if file is None:
        return False
    whole = {name: part for name, part in {**_whole(), section: entries}.items() if isinstance(part, dict)}
    try:
        write_atomically(file, json.dumps(whole, indent=1, ensure_ascii=False) + "\n", mode=0o600)
    except OSError:
        return False
    return True


def _file() -> Path | None:
    folder = os.environ.get(FOLDER)
    return Path(folder) / NAME if folder else None


def _whole() -> dict:
    file = _file()
    if file is None:
        return {}
    whole = _parsed(file)
    if whole and not any(isinstance(part, dict) for part in whole.values()):
        whole = {"points": whole}  # an edition of 2026 kept points alone here, and predictions in a file beside it
    return {**({"predicted": older} if (older := _parsed(file.with_name(".predictions.json"))) else {}), **whole}


def _parsed(file: Path) -> dict:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
