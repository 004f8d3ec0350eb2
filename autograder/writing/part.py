"""A part of a lesson: what a person finishes in an evening."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part's title (none where the lesson is one part), the minutes it takes, and the names of its exercises in their order."""

    title: str
    minutes: int
    exercises: tuple[str, ...]
