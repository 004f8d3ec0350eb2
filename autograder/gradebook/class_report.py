"""What is known of a lesson's class: who handed in, what went wrong for whom, and, first, whatever is our fault.

Sheets are read one after the other and only what a report tells of them is kept: a class of verdicts is too much to hold.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..engine.report import Report, Sheet, Status
from ..exercises import lessons
from ..files.course import Course
from ..files.hand_ins import passed_over
from ..intake.against_roster import against_roster
from ..intake.looking import Listed
from ..intake.roster import Person, RosterError, load_roster
from .deadlines import lateness
from .filling import NoVerdict, refuse
from .grades import ClassVerdicts
from .similarity import Pair, alike, identical

_UNTRIED = (Status.NOT_ATTEMPTED, Status.MISSING, Status.MALFORMED, Status.ERROR)
ENDED = (Status.TIMEOUT, Status.MEMORY, Status.EXITED, Status.FORBIDDEN)  # the judge ended the answer


class Told(NamedTuple):
    """One exercise of one student. `place` are the learner's own lines at which a change would do, each with its number."""

    points: float
    status: Status
    mistake: str = ""
    place: tuple[tuple[int, str], ...] = ()
    detail: str = ""

    @property
    def tried(self) -> bool:
        """Whether there was an answer to judge."""
        return self.status not in _UNTRIED


@dataclass(slots=True)
class StudentLine:
    """One student. `points` are None where there is no grade, `late` says how late, "" for in time or unknown; `told` by exercise."""

    status: str
    points: float | None
    late: str
    told: dict[str, Told]


@dataclass
class Mistake:
    """A mistake with a name, what the learner was told, and who made it."""

    name: str
    message: str
    students: list[str] = field(default_factory=list)


@dataclass
class ExerciseStatistics:
    """One exercise over the class. `places` are lines where mistakes without a name lie, with who wrote them; `unknown` have neither name nor place."""

    exercise: str
    asks: str = ""
    max_points: float = 0.0
    points: float = 0.0
    counts: Counter = field(default_factory=Counter)  # by `kind_of`
    mistakes: list[Mistake] = field(default_factory=list)
    places: list[tuple[tuple[tuple[int, str], ...], list[str]]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def attempts(self) -> int:
        """How many wrote an answer."""
        return self.counts.total() - self.counts["not written"]

    @property
    def right(self) -> int:
        """How many have it right."""
        return self.counts["right"]


KINDS = ("right", "partly right", "wrong", "stopped", "not written")


def kind_of(status: Status) -> str:
    """The outcome of an exercise as one of `KINDS`; an answer that was ended, or stopped with an error, is stopped."""
    if status in _UNTRIED:
        return "not written"
    return status.value if status in (Status.RIGHT, Status.PARTIAL, Status.WRONG) else "stopped"


@dataclass
class ClassReport:
    """All of the report. `errors` have no grade by our fault, `odd` for reasons of their own; `missing` are on the roster and handed in nothing."""

    lesson: str
    title: str = ""
    max_points: float = 0.0
    errors: dict[str, str] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)
    lines: list[ExerciseStatistics] = field(default_factory=list)
    students: dict[str, StudentLine] = field(default_factory=dict)
    beside: list[Listed] = field(default_factory=list)  # folders that are nobody's on the roster
    missing: list[Listed] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)  # what lies in work/submitted and nobody grades
    same: list[list[str]] = field(default_factory=list)  # students whose files are the same, byte by byte
    pairs: list[Pair] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # what the report could not find out

    def called(self, student: str) -> str:
        """The student's name with the id, or the id alone."""
        return str(self.people.get(student, student))

    @property
    def graded(self) -> list[StudentLine]:
        """Those with a grade."""
        return [line for line in self.students.values() if line.points is not None]

    @property
    def ended(self) -> list[tuple[str, str, Told]]:
        """Student, exercise and outcome where the judge ended an answer: for time, memory or what is not allowed."""
        return [
            (student, name, told) for student, line in self.students.items() for name, told in line.told.items() if told.status in ENDED
        ]


def class_report(lesson: str, root: Path | None = None) -> ClassReport:
    """Gather the verdicts of a lesson. A verdict that cannot be believed is an error, not a zero."""
    course = Course.at(root)
    known = lessons().get(lesson)
    made, files = ClassReport(lesson, known.title if known else ""), dict[str, str]()
    late, note = lateness(course, lesson)
    made.notes += [note] if note else []
    found: dict[str, ExerciseStatistics] = {}
    messages: dict[tuple[str, str], Mistake] = {}
    kept: dict[Told, Told] = {}  # most of a class have one of a few outcomes
    for student, sheet, why in ClassVerdicts(course, lesson).each():
        if sheet is None:
            made.errors[student] = why
            continue
        graded = sheet.status == "graded"
        if not graded:
            made.odd[student] = _reason(sheet)
        told = {name: kept.setdefault(one := _told(report), one) for name, report in sheet.reports.items()}
        made.students[student] = StudentLine(sheet.status, sheet.points if graded else None, late(student, sheet.submission), told)
        if any(one.tried for one in told.values()):
            files[student] = sheet.submission
        if not made.max_points:
            made.max_points = sum(report.max_points for report in sheet.reports.values())
        for name, report in sheet.reports.items() if graded else ():
            asks = known.exercises[name].asks if known and name in known.exercises else ""
            _count(found.setdefault(name, ExerciseStatistics(name, asks)), student, report, told[name], messages)
    for one in found.values():
        # equal counts in the order of their names, so that the same class gives the same page
        one.mistakes.sort(key=lambda mistake: (-len(mistake.students), mistake.name))
        one.places.sort(key=lambda place: (-len(place[1]), place[0]))
    made.lines = list(found.values())
    beside = against_roster(course, lesson)
    made.beside, made.missing = [one for one in beside if one.waits], [one for one in beside if not one.waits]
    made.aside = passed_over(course, lesson)
    made.same, made.pairs = identical(files), alike(course, lesson, list(files))
    try:
        roster = load_roster(course)
        made.people = roster.by_id if roster else {}
    except RosterError:
        pass  # `against_roster` says so
    return made


def _reason(sheet: Sheet) -> str:
    try:
        refuse(sheet)
    except NoVerdict as reason:
        return str(reason)
    return sheet.status


def _told(report: Report) -> Told:
    place = tuple((number, own) for number, own in report.place.lines) if report.place else ()
    return Told(report.points, report.status, report.mistake, place, report.detail if report.status in ENDED else "")


def _count(one: ExerciseStatistics, student: str, report: Report, told: Told, messages: dict[tuple[str, str], Mistake]) -> None:
    """Add one student's outcome to the exercise's numbers."""
    one.max_points = max(one.max_points, report.max_points)
    one.points += report.points if told.tried else 0.0
    one.counts[kind_of(told.status)] += 1
    if told.mistake:
        mistake = messages.get((one.exercise, told.mistake))
        if mistake is None:
            mistake = messages[one.exercise, told.mistake] = Mistake(told.mistake, report.diagnosis)
            one.mistakes.append(mistake)
        mistake.students.append(student)
    elif told.place:
        same = next((students for place, students in one.places if _texts(place) == _texts(told.place)), None)
        same.append(student) if same is not None else one.places.append((told.place, [student]))
    elif kind_of(told.status) in ("partly right", "wrong", "stopped") and told.status not in ENDED:
        one.unknown.append(student)


def _texts(place: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    """The lines without their numbers, which comments above shift."""
    return tuple(" ".join(own.split()) for _, own in place)
