"""Judges the part of the corpus that attacks the machine, in whatever process and as whatever user it is called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import seeds
from submissions import broken, exhausting, hostile, telling
from submissions.case import Case


def cases() -> list[Case]:
    """All that reads, escapes and stops, which the system must not let happen, and some of what only the judge has to see through; others with each seed.

    Every one of them is judged at the strongest level in `test_judge_corpus`; in `make thorough` here as well.
    """
    found = [*broken.HONEST[:3], *hostile.READING, *hostile.ESCAPING, *telling.STOPPING]
    for share, kind in ((8, hostile.FORGING), (4, exhausting.SURVIVING), (8, telling.SAYING), (8, telling.LEAKING), (6, telling.FLOODING)):
        found += _some(kind, 1 if seeds.MANY else share)
    return found


def _some(kind: Sequence[Case], share: int) -> Sequence[Case]:
    return kind[seeds.one() % share :: share]


def main(place: str, level: str) -> None:
    """Grade at `level` below `place`; print what went wrong, or that nothing did. Raises `SystemExit`."""
    from judge.test_judge_corpus import Class

    handed_in = cases()
    made = Class(Path(place) / "course", level, handed_in)
    wrong = [
        (case.name, made.sheet(case).points, made.sheet(case).detail)
        for case in handed_in
        if made.sheet(case).is_error or (case.points is not None and made.sheet(case).points != case.points)
    ]
    if wrong or made.before != made.after or made.alive:
        raise SystemExit(f"wrong: {wrong}, changed: {made.before != made.after}, alive: {made.alive}")
    print("all as they must be")
