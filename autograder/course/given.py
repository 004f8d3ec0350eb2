"""Puts the functions that an exercise gives to read into a cell of their own, above the exercise's."""

from __future__ import annotations

import inspect

from nbformat.v4 import new_code_cell

from ..writing.exercise import Exercise, Lesson
from .parts import exercise_of


def with_given(found: list, lesson: Lesson) -> list:
    """The (line, cell) pairs of a lesson's text, and before each exercise that gives functions a cell with their code."""
    cells = []
    for line, cell in found:
        exercise = lesson.exercises.get(exercise_of(cell))
        if exercise is not None and exercise.given:
            cells.append((line, new_code_cell(code(exercise))))
        cells.append((line, cell))
    return cells


def code(exercise: Exercise) -> str:
    """The functions as they stand in the exercise's module, in their order."""
    return "\n\n\n".join(inspect.getsource(function).rstrip() for function in exercise.given)
