"""Remembers a learner's best points between sessions."""

from __future__ import annotations

from . import kept
from .kept import FOLDER

__all__ = ["FOLDER", "best", "remember"]
_session: dict[str, float] = {}


def best() -> dict[str, float]:
    """The best points so far, by exercise. An unreadable file counts as empty and is left alone."""
    try:
        before = {str(name): float(points) for name, points in kept.read("points").items()}
    except (ValueError, TypeError):
        before = {}
    return {name: max(before.get(name, 0.0), _session.get(name, 0.0)) for name in before | _session}


def remember(exercise: str, points: float) -> None:
    """Keep `points` if they are the best so far."""
    if points > best().get(exercise, -1.0):
        _session[exercise] = points
        kept.write("points", dict(sorted(best().items())))
