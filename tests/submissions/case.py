"""What a case of the corpus is, and how it becomes a notebook of the tiny lesson."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import dedent

from judge import tiny

# answers that are wrong in every exercise and call a hook that an attack may have planted
BOGUS = {
    "difference_quotient": "def difference_quotient(f, x, h):\n    return 0.0",
    "scaled": "def scaled(v, c):\n    return np.zeros(len(v) + 1)",
    "tangent_line": "def tangent_line(f, df, a):\n    return lambda x: 0.0",
    "colour": 'def colour():\n    return "a"',
}


@dataclass
class Case:
    """One submission: its notebook, the points it must get, and the status of exercises where that matters.

    `points` is exact; None means at most the honest ones. `sheet` is the status of the whole, `says` what must stand in its verdict. One that
    `leaks` tries to tell what its hidden cases were.
    """

    name: str
    group: str
    data: bytes
    points: float | None = None
    status: dict[str, str] = field(default_factory=dict)
    sheet: str = "graded"
    place: Callable | None = None  # puts something else than a plain file into the folder
    student: str = ""
    says: str = ""
    leaks: bool = False


def forge(group: str, name: str, source: str, points: float = 0.0, **status: str) -> Case:
    """Wrong answers, and code before them that tries to get points all the same."""
    return Case(name, group, tiny.notebook(tiny.cells(BOGUS, before=dedent(source))), points, status)


def answer(group: str, name: str, source: str, points: float = 6.0, status: str = "", exercise: str = "difference_quotient") -> Case:
    """An honest notebook but for one answer, which attacks; the other exercises keep their points."""
    data = tiny.notebook(tiny.cells(**{exercise: dedent(source)}))
    return Case(name, group, data, points, {exercise: status} if status else {})


def cell(group: str, name: str, source: str, points: float | None = 10.0, after: bool = False, **status: str) -> Case:
    """An honest notebook and one more cell, which attacks; by default it loses nothing."""
    place = {"after" if after else "before": dedent(source)}
    return Case(name, group, tiny.notebook(tiny.cells(**place)), points, status)
