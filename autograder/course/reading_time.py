"""How long a lesson takes: its exercises, its text, its explorers, its predictions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from math import ceil

from ..writing.exercise import Lesson
from .lesson_table import BEGIN, END

WORDS_A_MINUTE = 200  # slower than the 238 of plain prose (Brysbaert 2019, doi 10.1016/j.jml.2019.104047): formulas are among them
MINUTES_AN_EXPLORER = 2
MINUTES_A_PREDICTION = 1
ROUNDED_UP_TO = 5


def minutes(cells: Iterable, lesson: Lesson) -> int:
    """Minutes for the lesson whose text has these notebook `cells`, rounded up to 5; never less than its exercises say."""
    cells = list(cells)
    words = sum(_words(cell.source) for cell in cells if cell.cell_type == "markdown")
    code = [cell.source for cell in cells if cell.cell_type == "code" and "exercise" not in cell.metadata]
    exercises = sum(exercise.minutes for exercise in lesson.exercises.values())
    predictions = sum(source.startswith("predict(") for source in code)
    exact = exercises + words / WORDS_A_MINUTE + MINUTES_AN_EXPLORER * _explorer_cells(code) + MINUTES_A_PREDICTION * predictions
    return ROUNDED_UP_TO * ceil(exact / ROUNDED_UP_TO)


def _words(markdown: str) -> int:
    """Words of the author's; the table of lessons is made from this very number and does not count."""
    return len(re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", "", markdown, flags=re.DOTALL).split())


def _explorer_cells(sources: list[str]) -> int:
    """How many cells call something that the lesson imports from `explorers`."""
    names: set[str] = set()
    count = 0
    for source in sources:
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except SyntaxError:  # magics are no Python, and show no explorer
            continue
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module == "explorers":
                names |= {alias.asname or alias.name for alias in node.names}
        count += any(isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names for node in nodes)
    return count
