"""Final scores as tables: ours and nbgrader's. Text is text in them and numbers are numbers; what nobody graded is empty, never a zero.

Source of nbgrader's columns: its plugins/export.py (`CsvExportPlugin`).
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from ..engine.messages import number
from ..files.names import for_csv
from ..intake.roster import Person, Roster
from .final_scores import FinalScore

NBGRADER_COLUMNS = tuple(
    "assignment duedate timestamp student_id last_name first_name email raw_score late_submission_penalty score max_score".split()
)
Term = dict[str, dict[str, FinalScore]]  # by lesson and student


@dataclass
class GradeFile:
    """A file, and how many scores are in it. By reason: the students `without` a score, and those whose score is `misplaced`, which has no place in it."""

    text: str = ""
    scores: int = 0
    without: dict[str, list[str]] = field(default_factory=dict)
    misplaced: dict[str, list[str]] = field(default_factory=dict)

    def count(self, lesson: str, student: str, one: FinalScore | None, why: str = "") -> None:
        """Note what became of a student's score in a lesson; `why` is the reason that it has no place."""
        if one is None:
            self.without.setdefault(f"no hand-in for {lesson}", []).append(student)
        elif one.score is None:
            self.without.setdefault(f"{lesson}: {_status(one)}", []).append(student)
        elif why:
            self.misplaced.setdefault(why, []).append(student)
        else:
            self.scores += 1


def as_csv(term: Term, roster: Roster | None, by_exercise: bool = False) -> GradeFile:
    """Our own table, one line a student, those of the roster without a hand-in included; a lesson's score, and the sum of what there is."""
    made, lines = GradeFile(), list[list]()
    head = ["student", "name", "email"]
    for lesson, scores in term.items():
        head += [lesson, f"{lesson} status", f"{lesson} late penalty"]
        head += [f"{lesson} {name}" for name in cells_of(scores)] if by_exercise else []
    lines.append([*head, "total", "max_total"])
    most = sum(most_of(scores) for scores in term.values())
    for student in sorted({*students_of(term), *(roster.by_id if roster else ())}):
        person = person_of_id(student, roster)
        row: list = [student, person.name, person.email]
        got: list[float] = []
        for lesson, scores in term.items():
            one = scores.get(student)
            made.count(lesson, student, one)
            got += [one.score] if one and one.score is not None else []
            row += [points_of(one), _status(one), one.penalty if one and one.score is not None else ""]
            row += [number_of(one.by_cell.get(name) if one else None) for name in cells_of(scores)] if by_exercise else []
        lines.append([*row, sum(got) if got else "", most])
    made.text = as_text(lines)
    return made


def as_nbgrader(term: Term, roster: Roster | None) -> GradeFile:
    """The columns of `nbgrader export`, a line for each lesson and student who handed in."""
    made, lines = GradeFile(), list[list]([[*NBGRADER_COLUMNS]])
    for lesson, scores in term.items():
        for student, one in scores.items():
            made.count(lesson, student, one)
            person = person_of_id(student, roster)
            given, _, family = person.name.rpartition(" ")
            names = family, given, person.email
            lines.append(nbgrader_line(lesson, one.due, one.timestamp, student, names, one.raw, one.penalty, one.max_score))
    made.text = as_text(lines)
    return made


def nbgrader_line(
    lesson: str,
    due: datetime.datetime | None,
    stamp: datetime.datetime | None,
    student: str,
    names: tuple[str, str, str],
    raw: float | None,
    penalty: float,
    most: float,
) -> list:
    """The cells of `NBGRADER_COLUMNS`; `names` are family name, given name and address. Without a `raw` score there are no scores, and no zero."""
    scores = ["", "", ""] if raw is None else [raw, penalty, max(0.0, raw - penalty)]
    return [lesson, str(due or ""), str(stamp or ""), student, *names, *scores, most]


def students_of(term: Term) -> list[str]:
    return sorted({student for scores in term.values() for student in scores})


def cells_of(scores: dict[str, FinalScore]) -> list[str]:
    return list(next(iter(scores.values())).max_by_cell) if scores else []


def most_of(scores: dict[str, FinalScore]) -> float:
    return next(iter(scores.values())).max_score if scores else 0.0


def person_of_id(student: str, roster: Roster | None) -> Person:
    return (roster.by_id.get(student) if roster else None) or Person(student)


def _status(one: FinalScore | None) -> str:
    if one is None:
        return "no hand-in"
    return one.status if one.score is not None or one.status != "graded" else "needs a person"


def points_of(one: FinalScore | None) -> str:
    return "" if one is None else number_of(one.score)


def number_of(value: float | None) -> str:
    return "" if value is None else number(round(value, 4))


def as_text(lines: Iterable[Iterable], separator: str = ",") -> str:
    """The lines as a table in one text."""
    return "".join(as_texts(lines, separator))


def as_texts(lines: Iterable[Iterable], separator: str = ",") -> Iterator[str]:
    """The lines of a table, one text after the other."""
    made: list[str] = []
    table = csv.writer(SimpleNamespace(write=made.append), delimiter=separator, lineterminator="\n")
    for line in lines:
        table.writerow([number_of(cell) if isinstance(cell, float) else cell if _is_number(cell) else for_csv(str(cell)) for cell in line])
        yield made.pop()


def _is_number(text) -> bool:
    """Whether a cell is a plain number, or the dash with which Moodle says that there is none; no spreadsheet runs either."""
    return text == "-" or str(text).lstrip("-").replace(".", "", 1).replace(",", "", 1).isdecimal() and str(text).isascii()
