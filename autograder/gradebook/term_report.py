"""All lessons of the term on one page: how each went, and each student's points from lesson to lesson."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.messages import number
from ..exercises import lessons
from ..files.course import Course
from ..files.names import for_html, for_terminal
from ..intake.roster import Person, Roster, RosterError, load_roster
from .deadlines import lateness
from .grades import ClassVerdicts
from .page_frame import heading, page, table, tiles
from .plots import histogram, median


@dataclass
class LessonColumn:
    """One lesson: what each student has in it. A `status` that is not ``graded`` stands for no points; `errors` are ours."""

    lesson: str
    title: str = ""
    max_points: float = 0.0
    points: dict[str, float] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    late: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class TermReport:
    """The lessons that somebody handed in, in order, and everybody who is on the roster or handed one in."""

    lessons: list[LessonColumn]
    people: dict[str, Person]
    students: list[str]
    notes: list[str] = field(default_factory=list)  # what the report could not find out

    @property
    def max_points(self) -> float:
        """Points of all lessons together."""
        return sum(one.max_points for one in self.lessons)

    def total(self, student: str) -> float | None:
        """A student's points in all lessons; None where there is no grade at all."""
        got = [one.points[student] for one in self.lessons if student in one.points]
        return sum(got) if got else None

    def missing(self, lesson: LessonColumn) -> list[str]:
        """Those on the roster who handed nothing in for the lesson."""
        return [
            student for student in self.students if student in self.people and student not in lesson.status and student not in lesson.errors
        ]


def term_report(root: Path | None = None) -> TermReport:
    """Gather all lessons that somebody handed in. Points are the judge's; what people scored is in the exports."""
    course = Course.at(root)
    found, notes, roster = list[LessonColumn](), list[str](), None
    try:
        roster = load_roster(course)
    except RosterError as problem:
        notes.append(str(problem))
    for name, lesson in lessons().items():
        if course.students(name):
            found.append(_column(course, name, lesson.title, notes))
    people = (roster or Roster()).by_id
    students = sorted({*people, *(student for one in found for student in (*one.status, *one.errors))})
    return TermReport(found, people, students, list(dict.fromkeys(notes)))


def _column(course: Course, lesson: str, title: str, notes: list[str]) -> LessonColumn:
    made, (late, note) = LessonColumn(lesson, title), lateness(course, lesson)
    notes += [note] if note else []
    for student, sheet, why in ClassVerdicts(course, lesson).each():
        if sheet is None:
            made.errors[student] = why
            continue
        made.status[student] = sheet.status
        if sheet.status == "graded":
            made.points[student] = sheet.points
            made.max_points = made.max_points or sum(report.max_points for report in sheet.reports.values())
        if said := late(student, sheet.submission):
            made.late[student] = said
    return made


def as_text(report: TermReport) -> str:
    """The term for a terminal: a line a lesson, our errors first."""
    lines = [f"! {for_terminal(note)}" for note in report.notes]
    for one in report.lessons:
        lines += [
            f"! no grade yet, not their fault   {one.lesson}: {for_terminal(s)}: {for_terminal(why)}" for s, why in one.errors.items()
        ]
    for one in report.lessons:
        points = list(one.points.values())
        middle = f"median {number(round(median(points), 2))} of {number(one.max_points)}" if points else "nobody graded"
        absent = f"  missing {len(report.missing(one)):>4}" if report.people else ""
        lines.append(f"{one.lesson:<28} graded {len(points):>4}  late {len(one.late):>4}{absent}  {middle}")
    return "\n".join(lines)


def as_table(report: TermReport) -> Iterator[list]:
    """The term as lines of a table: one a student; of each lesson points, status and lateness."""
    yield [
        "student",
        "name",
        *(cell for one in report.lessons for cell in (one.lesson, f"{one.lesson} status", f"{one.lesson} late")),
        "total",
        "max_total",
    ]
    for student in report.students:
        person, cells, total = report.people.get(student), list[object](), report.total(student)
        for one in report.lessons:
            cells += [one.points.get(student, ""), _status(one, student), one.late.get(student, "")]
        yield [student, person.name if person else "", *cells, "" if total is None else total, report.max_points]


def as_html(report: TermReport) -> str:
    """The term as one page that loads and runs nothing."""
    return "".join(html_parts(report))


def html_parts(report: TermReport) -> Iterator[str]:
    """The page, one text after the other."""
    totals = [total for student in report.students if (total := report.total(student)) is not None]
    shown = [("lessons", str(len(report.lessons))), ("students", str(len(report.students)))]
    shown += [("points so far", number(report.max_points))]
    shown += [("median", number(round(median(totals), 1)))] if totals else []
    note = "".join(f"<p>{for_html(note)}</p>" for note in report.notes)
    quiet = "<p class='quiet'>Points are the judge's. Scores that people gave and late penalties are in the exports.</p>"
    head = f"<h1>The term so far</h1>{note}{tiles(shown)}{quiet}"
    return page(
        "The term so far", head, [part for part in (_errors(report), _lessons(report), _totals(totals, report), _students(report)) if part]
    )


def _errors(report: TermReport) -> str:
    rows = [(for_html(one.lesson), for_html(student), for_html(why)) for one in report.lessons for student, why in one.errors.items()]
    return (
        heading("ours", "No grade yet, through no fault of theirs", len(rows), alarm=True) + table(("lesson", "student", "why"), rows)
        if rows
        else ""
    )


def _lessons(report: TermReport) -> str:
    parts = [heading("lessons", "Lessons")]
    for one in report.lessons:
        points = list(one.points.values())
        said = [f"{len(points)} graded"]
        said += [f"{without} without a grade"] if (without := len(one.status) - len(points)) else []
        said += [f"{len(one.late)} late"] if one.late else []
        said += [f"{len(absent)} missing"] if (absent := report.missing(one)) else []
        if points:
            said.append(f"median {number(round(median(points), 1))} of {number(one.max_points)}")
        name = f"{one.lesson[:2]} {one.title}"
        parts.append(
            f"<h3 id='{for_html(one.lesson)}'><a href='{for_html(one.lesson)}.html'>{for_html(name)}</a></h3><p>{' · '.join(said)}</p>"
        )
        parts.append(histogram(points, one.max_points))
    return "".join(parts)


def _totals(totals: list[float], report: TermReport) -> str:
    drawn = histogram(totals, report.max_points)
    return f"{heading('points', 'Points of the term')}{drawn}" if drawn and len(report.lessons) > 1 else ""


def _students(report: TermReport) -> str:
    heads = ("student", "total", *(f"<a href='#{for_html(one.lesson)}'>{for_html(one.lesson)}</a>" for one in report.lessons))
    rows = []
    for student in report.students:
        person, total = report.people.get(student), report.total(student)
        named = person and person.name and person.name != student
        who = f"{for_html(person.name)} <span class='quiet'>{for_html(student)}</span>" if person and named else for_html(student)
        rows.append((who, "–" if total is None else f"<b>{number(total)}</b>", *(_cell(one, student) for one in report.lessons)))
    return heading("students", "Students", len(rows)) + table(heads, rows, "students") if rows else ""


def _cell(one: LessonColumn, student: str) -> str:
    if student not in one.points:
        return f"<td class='is-{'wrong' if student in one.errors else 'not-written'}'><small>{_status(one, student)}</small></td>"
    share = one.points[student] / one.max_points if one.max_points else 1.0
    kind = "right" if share > 0.99 else "partly-right" if share >= 0.5 else "wrong"
    late = f" <small>late {for_html(one.late[student])}</small>" if student in one.late else ""
    return f"<td class='is-{kind}'>{number(one.points[student])}{late}</td>"


def _status(one: LessonColumn, student: str) -> str:
    return "no grade yet" if student in one.errors else one.status.get(student, "no hand-in")
