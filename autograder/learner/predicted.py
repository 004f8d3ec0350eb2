"""Remembers what a learner predicted, beside their points; it is no secret and earns nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..files.atomic import write_atomically
from .best_points import FOLDER

_session: dict[str, str] = {}


def _file() -> Path | None:
    folder = os.environ.get(FOLDER)
    return Path(folder) / ".predictions.json" if folder else None


def predicted() -> dict[str, str]:
    """The option that was chosen last, by the prediction's name. An unreadable file counts as empty."""
    file = _file()
    try:
        kept = json.loads(file.read_text(encoding="utf-8")) if file is not None else {}
        kept = {str(name): str(option) for name, option in kept.items()}
    except (OSError, ValueError, AttributeError):
        kept = {}
    return {**kept, **_session}


def remember(name: str, option: str) -> None:
    """Keep what was chosen. A full or read-only disk is no reason to disturb a learner."""
    _session[name] = option
    file = _file()
    if file is None:
        return
    try:
        write_atomically(file, json.dumps(dict(sorted(predicted().items())), indent=1, ensure_ascii=False), mode=0o600)
    except OSError:
        pass
