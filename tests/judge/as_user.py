"""Judges the part of the corpus that attacks the machine, in whatever process and as whatever user it is called."""

from __future__ import annotations

from pathlib import Path

from submissions import broken, exhausting, hostile, telling


def main(place: str, level: str) -> None:
    """Grade at `level` below `place`; print what went wrong, or that nothing did. Raises `SystemExit`."""
    from judge.test_judge_corpus import Class

    cases = [*broken.HONEST[:3], *hostile.FORGING[::4], *hostile.READING, *hostile.ESCAPING, *exhausting.SURVIVING[::4]]
    cases += [*telling.SAYING[::4], *telling.LEAKING[::4], *telling.FLOODING[::2]]
    made = Class(Path(place) / "course", level, cases)
    wrong = [
        (case.name, made.sheet(case).points, made.sheet(case).detail)
        for case in cases
        if made.sheet(case).is_error or (case.points is not None and made.sheet(case).points != case.points)
    ]
    if wrong or made.before != made.after or made.alive:
        raise SystemExit(f"wrong: {wrong}, changed: {made.before != made.after}, alive: {made.alive}")
    print("all as they must be")
