"""Which lesson a notebook is of: by the names of its cells, not by the name of its file."""

from __future__ import annotations

import re

from ..files.course import Course

# as text, since notebooks with their outputs are long and every one of a class is looked at
_MARK = re.compile(rb'"grade_id"\s*:\s*"([^"\\]{1,200})"')


def lesson_cells(course: Course) -> dict[str, frozenset[bytes]]:
    """The names of the cells of every lesson that was released, by lesson."""
    found = {}
    for path in sorted(course.notebooks.glob("*/*.ipynb")):
        if path.stem == path.parent.name:
            found[path.stem] = frozenset(_MARK.findall(path.read_bytes()))
    return found


def lesson_of(data: bytes, lessons: dict[str, frozenset[bytes]]) -> str:
    """The lesson that most of the notebook's named cells are of; "" where none are, or of two lessons as many."""
    marks = set(_MARK.findall(data))
    counts = sorted(((len(marks & cells), name) for name, cells in lessons.items()), reverse=True)
    if not counts or not counts[0][0] or (len(counts) > 1 and counts[1][0] == counts[0][0]):
        return ""
    return counts[0][1]
