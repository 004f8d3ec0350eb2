"""What each promise of an exercise is worth, as lines to read: earned by the checks, lost by what every exercise promises."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.implicit import EDGES, promises
from ..writing.exercise import Exercise, Lesson


def table(lesson: Lesson) -> Iterator[str]:
    """A line for each exercise: its points by check, then what an answer that breaks an implicit promise loses of what it earned."""
    for exercise in lesson.exercises.values():
        earned = ", ".join(f"{check.name} {points:.2g}" for check, points in _earned(exercise))
        yield f"{exercise.name}, {exercise.points:g} points: {earned}"
    lost = {check.name: check.weight for exercise in lesson.exercises.values() for check in promises(exercise) if check.afterwards}
    yield f"lost of what was earned: {', '.join(f'{name} {share:.0%}' for name, share in lost.items())}; at the edges of the domain up to {EDGES:.0%}"


def _earned(exercise: Exercise):
    total = sum(check.weight for check in exercise.checks)
    for check in exercise.checks:
        yield check, exercise.points * check.weight / total
