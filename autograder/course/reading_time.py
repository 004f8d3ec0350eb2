"""How long a lesson's parts take: their exercises, their text, their explorers, predictions and inventions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from math import ceil

from ..writing.exercise import Lesson
from ..writing.part import Part
from .lesson_table import BEGIN, END
from .parts import exercise_of, split

WORDS_A_MINUTE = 200  # slower than the 238 of plain prose (Brysbaert 2019, doi 10.1016/j.jml.2019.104047): formulas are among them
MINUTES_AN_EXPLORER = 2
MINUTES_A_PREDICTION = 1
MINUTES_AN_INVENTION = 2
INVENTION = "## Invent it: "  # what an ungraded cell before a concept is asked under
ROUNDED_UP_TO = 5


def timed(cells: Iterable, lesson: Lesson) -> list[Part]:
    """The parts of the lesson whose text has these notebook `cells`; each one's minutes are rounded up to 5."""
    cells = list(cells)
    explorers = _imported(cell.source for cell in cells if cell.cell_type == "code")
    return [_part(title, some, lesson, explorers) for title, some in split(cells)]


def _part(title: str, cells: list, lesson: Lesson, explorers: set[str]) -> Part:
    words = sum(_words(cell.source) for cell in cells if cell.cell_type == "markdown")
    names = [name for cell in cells if (name := exercise_of(cell)) in lesson.exercises]
    code = [cell.source for cell in cells if cell.cell_type == "code" and "exercise" not in cell.metadata]
    shown = sum(_calls(source, explorers) for source in code)
    predictions = sum(source.startswith("predict(") for source in code)
    inventions = sum(cell.source.startswith(INVENTION) for cell in cells)
    exercises = sum(lesson.exercises[name].minutes for name in names)
    exact = exercises + words / WORDS_A_MINUTE + MINUTES_AN_EXPLORER * shown + MINUTES_A_PREDICTION * predictions
    exact += MINUTES_AN_INVENTION * inventions
    return Part(title, ROUNDED_UP_TO * ceil(exact / ROUNDED_UP_TO), tuple(names))


def _words(markdown: str) -> int:
    """Words of the author's; the table of lessons is made from this very number and does not count."""
    return len(re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", "", markdown, flags=re.DOTALL).split())


def _imported(sources: Iterable[str]) -> set[str]:
    """The names that the lesson imports from `explorers`."""
    found = (node for source in sources for node in _nodes(source) if isinstance(node, ast.ImportFrom) and node.module == "explorers")
    return {alias.asname or alias.name for node in found for alias in node.names}


def _calls(source: str, names: set[str]) -> bool:
    """Whether a cell calls one of the `names`."""
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names for node in _nodes(source))


def _nodes(source: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(source)))
    except SyntaxError:  # magics are no Python, and show no explorer
        return []
