"""The class report for a terminal, and as a table with a line for each student and exercise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..engine.messages import number
from ..files.names import for_terminal
from ..intake.against_roster import as_lines
from .class_report import KINDS, ClassReport, ExerciseStatistics, kind_of

_SHOWN = 8  # of many names that a line shows; all are in the page and in the table
HEADS = (
    "student name lesson status late points max_points exercise outcome exercise_points exercise_max mistake told lines alike_with".split()
)


def as_text(report: ClassReport) -> str:
    """The report for a terminal: our errors first, then who and what."""
    lines = [f"{report.lesson}: {len(report.graded)} graded"]
    lines += [
        f"! no grade yet, not their fault   {for_terminal(report.called(s))}: {for_terminal(why)}" for s, why in report.errors.items()
    ]
    lines += [
        f"! ended by the judge   {for_terminal(report.called(student))}: {name}: {told.status.value}"
        for student, name, told in report.ended
    ]
    lines += [f"  no grade              {for_terminal(report.called(s))}: {for_terminal(why)}" for s, why in report.odd.items()]
    lines += [f"! {for_terminal(note)}" for note in report.notes]
    late = [student for student, line in report.students.items() if line.late]
    lines += [f"late, {len(late)}: {_names(report, late)}"] if late else []
    lines += as_lines([*report.beside, *report.missing], most=len(report.missing))
    lines += [f"  not graded            {for_terminal(sentence)}" for sentence in report.aside]
    lines += [f"? the same file, byte by byte: {_names(report, group)}" for group in report.same]
    lines += [
        f"? alike: {_names(report, pair.students)}, {round(100 * pair.share)} % of what neither the lesson nor others have, "
        f"most of it in {', '.join(pair.exercises)}"
        for pair in report.pairs
    ]
    wide = max((len(line.exercise) for line in report.lines), default=0)
    for one in report.lines:
        lines += _exercise(report, one, wide)
    wide = max((len(for_terminal(student)) for student in report.students), default=0)
    for student, line in report.students.items():
        points, note = (number(line.points), "") if line.points is not None else ("–", f"  {line.status}")
        late_by = f"  late {line.late}" if line.late else ""
        lines.append(f"{for_terminal(student).ljust(wide)}  {points:>5}{note}{late_by}")
        for name, told in line.told.items():
            lines += [f"{'':{wide}}    {name}, line {k}: {for_terminal(own)}" for k, own in told.place]
    return "\n".join(lines)


def _exercise(report: ClassReport, one: ExerciseStatistics, wide: int) -> Iterator[str]:
    mean = number(round(one.points / one.attempts, 2)) if one.attempts else "–"
    others = ", ".join(f"{one.counts[kind]} {kind}" for kind in KINDS[1:] if one.counts[kind])
    yield (
        f"{one.exercise.ljust(wide)}  tried {one.attempts:>4}  right {one.right:>4}  mean {mean:>5} of {number(one.max_points)}"
        f"{f'  ({others})' if others else ''}"
    )
    for mistake in one.mistakes:
        who = _names(report, mistake.students)
        yield f"{'':{wide}}    {len(mistake.students)} × {for_terminal(mistake.name)}: {for_terminal(mistake.message)} ({who})"
    if one.unknown:
        yield f"{'':{wide}}    {len(one.unknown)} × wrong without a name or a place ({_names(report, one.unknown)})"


def _names(report: ClassReport, students) -> str:
    more = f" and {len(students) - _SHOWN} more" if len(students) > _SHOWN else ""
    return "; ".join(for_terminal(report.called(student)) for student in students[:_SHOWN]) + more


def as_table(report: ClassReport) -> Iterator[list]:
    """All of the report as lines of a table, under `HEADS`: one for each student and exercise, one for a student who has none."""
    alike = defaultdict(list)
    for group in report.same:
        for student in group:
            alike[student] += [f"{other} (the same file)" for other in group if other != student]
    for pair in report.pairs:
        for one, other in (pair.students, pair.students[::-1]):
            alike[one].append(f"{other} ({round(100 * pair.share)} %)")
    messages = {(one.exercise, mistake.name): mistake.message for one in report.lines for mistake in one.mistakes}
    most = {one.exercise: one.max_points for one in report.lines}
    yield HEADS
    for student, why in report.errors.items():
        yield _line(report, student, "no grade yet", told=why)
    for student, line in report.students.items():
        with_others = "; ".join(alike[student])
        points: float | str = "" if line.points is None else line.points
        if line.points is None:
            yield _line(report, student, line.status, line.late, told=report.odd.get(student, ""), alike=with_others)
            continue
        for name, one in line.told.items():
            lines = " | ".join(f"{k}: {own.strip()}" for k, own in one.place)
            told = messages.get((name, one.mistake), "") or one.detail
            outcome = kind_of(one.status) if kind_of(one.status) != "stopped" else one.status.value
            cells = [name, outcome, one.points, most.get(name, ""), one.mistake, told, lines]
            yield [*_line(report, student, line.status, line.late)[:5], points, report.max_points, *cells, with_others]
    for one in report.missing:
        yield [one.path, one.path, report.lesson, "missing", *[""] * (len(HEADS) - 4)]


def _line(report: ClassReport, student: str, status: str, late: str = "", told: str = "", alike: str = "") -> list:
    """A line about a student without a grade."""
    person = report.people.get(student)
    return [student, person.name if person else "", report.lesson, status, late, "", report.max_points, *[""] * 5, told, "", alike]
