"""The class at a glance: what went wrong how often, who has how many points, and, on top, whatever is our fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.messages import number
from ..engine.report import Sheet, Status
from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.hand_ins import passed_over
from ..files.names import for_html, for_terminal
from ..files.settings import PRIVATE
from ..intake.against_roster import against_roster, as_lines
from ..intake.looking import Listed
from .filling import NoVerdict, refuse
from .grades import ClassVerdicts

_UNTRIED = (Status.NOT_ATTEMPTED, Status.MISSING, Status.MALFORMED, Status.ERROR)
_MOST = 3  # mistakes listed for an exercise


@dataclass
class ExerciseStatistics:
    """One exercise over the class. `mistakes` are (how many made it, its name, what the learner was told)."""

    exercise: str
    max_points: float
    attempts: int = 0
    right: int = 0
    points: float = 0.0
    mistakes: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass
class ClassReport:
    """All numbers of the report. `errors` are ours; `odd` are notebooks without a grade for reasons of their own."""

    lesson: str
    errors: dict[str, str]
    odd: dict[str, str]
    lines: list[ExerciseStatistics]
    students: dict[str, Sheet]
    beside: list[Listed] = field(default_factory=list)  # folders that are nobody's on the roster, and who is missing
    aside: list[str] = field(default_factory=list)  # what lies in work/submitted and nobody grades


def class_report(lesson: str, root: Path | None = None) -> ClassReport:
    """Gather the verdicts of a lesson. A verdict that cannot be believed is an error, not a zero."""
    course = Course.at(root)
    sheets, errors = ClassVerdicts(course, lesson).all()
    odd: dict[str, str] = {}
    for student, sheet in list(sheets.items()):
        try:
            refuse(sheet)
        except NoVerdict as reason:
            (errors if sheet.is_error else odd)[student] = str(reason)
            if sheet.is_error:
                del sheets[student]
    names = list(dict.fromkeys(name for sheet in sheets.values() for name in sheet.reports))
    return ClassReport(
        lesson,
        dict(sorted(errors.items())),
        dict(sorted(odd.items())),
        [_line(name, sheets) for name in names],
        dict(sorted(sheets.items())),
        against_roster(course, lesson),
        passed_over(course, lesson),
    )


def _line(name: str, sheets: dict[str, Sheet]) -> ExerciseStatistics:
    reports = [sheet.reports[name] for sheet in sheets.values() if name in sheet.reports]
    tried = [report for report in reports if report.status not in _UNTRIED]
    told = {report.mistake: report.diagnosis for report in tried if report.mistake}
    counts = Counter(report.mistake for report in tried if report.mistake)
    # equal counts in the order of their names, so that the same class gives the same page
    mistakes = sorted(((count, mistake, told[mistake]) for mistake, count in counts.items()), key=lambda m: (-m[0], m[1]))
    right = sum(report.status is Status.RIGHT for report in tried)
    return ExerciseStatistics(
        name, max((r.max_points for r in reports), default=0), len(tried), right, sum(r.points for r in tried), mistakes[:_MOST]
    )


def write_report(lesson: str, root: Path | None = None) -> tuple[str, Path | None]:
    """Write the page work/reports/<lesson>.html; returns the report as text, and the page's path, None where it could not be written."""
    course = Course.at(root)
    report = class_report(lesson, course.root)
    page, text = course.report(lesson, "html"), as_text(report)
    try:
        write_atomically(page, as_html(report), PRIVATE)
    except OSError as problem:
        return f"{text}\n! the page could not be written: {problem}", None
    return text, page


def as_text(report: ClassReport) -> str:
    """The report for a terminal."""
    lines = [f"{report.lesson}: {_graded(report)} graded"]
    lines += [f"! no grade, our fault   {for_terminal(student)}: {for_terminal(why)}" for student, why in report.errors.items()]
    lines += [f"  no grade              {for_terminal(student)}: {for_terminal(why)}" for student, why in report.odd.items()]
    lines += as_lines(report.beside, most=len(report.beside))
    lines += [f"  not graded            {for_terminal(sentence)}" for sentence in report.aside]
    wide = max((len(line.exercise) for line in report.lines), default=0)
    for line in report.lines:
        mean = number(round(line.points / line.attempts, 2)) if line.attempts else "–"
        lines.append(
            f"{line.exercise.ljust(wide)}  tried {line.attempts:>4}  right {line.right:>4}  mean {mean:>5} of {number(line.max_points)}"
        )
        lines += [f"{'':{wide}}    {count} × {for_terminal(name)}: {for_terminal(text)}" for count, name, text in line.mistakes]
    wide = max((len(for_terminal(student)) for student in report.students), default=0)
    for student, sheet in report.students.items():
        points, note = (number(sheet.points), "") if sheet.status == "graded" else ("–", f"  {sheet.status}")
        lines.append(f"{for_terminal(student).ljust(wide)}  {points:>5}{note}")
        for name, its in sheet.reports.items():
            lines += [f"{'':{wide}}    {name}, line {k}: {for_terminal(own)}" for k, own in (its.place.lines if its.place else ())]
    return "\n".join(lines)


def as_html(report: ClassReport) -> str:
    """The report as one page that loads and runs nothing, whatever students call themselves."""
    body = [f"<h1>{for_html(report.lesson)}</h1>", f"<p>{_graded(report)} graded.</p>"]
    if report.errors:
        body.append("<section class='ours'><h2>No grade, through an error of ours</h2><p>Grade these again before you export anything.</p>")
        body.append(_table(("student", "why"), [(for_html(s), for_html(why)) for s, why in report.errors.items()]) + "</section>")
    if report.odd:
        body.append("<h2>Notebooks that could not be graded</h2>")
        body.append(_table(("student", "why"), [(for_html(s), for_html(why)) for s, why in report.odd.items()]))
    if report.beside:
        body.append("<h2>Against the roster</h2>")
        body.append(_table(("student", "what"), [(for_html(one.path), for_html(one.why)) for one in report.beside]))
    if report.aside:
        body.append("<h2>In work/submitted, and nobody's hand-in</h2>")
        body.append(f"<ul>{''.join(f'<li>{for_html(sentence)}</li>' for sentence in report.aside)}</ul>")
    body.append("<h2>Exercises</h2>")
    rows = []
    for line in report.lines:
        mistakes = "".join(f"<li>{count} × <b>{for_html(name)}</b>: {for_html(text)}</li>" for count, name, text in line.mistakes)
        mean = number(round(line.points / line.attempts, 2)) if line.attempts else "–"
        share = f"{round(100 * line.right / line.attempts)}&nbsp;%" if line.attempts else "–"
        rows.append(
            (
                f"<code>{for_html(line.exercise)}</code>",
                line.attempts,
                share,
                f"{mean}&nbsp;of&nbsp;{number(line.max_points)}",
                f"<ul>{mistakes}</ul>" if mistakes else "",
            )
        )
    body.append(_table(("exercise", "tried", "right", "mean", "most frequent mistakes"), rows))
    body.append("<h2>Students</h2>")
    names = [line.exercise for line in report.lines]
    rows = []
    for student, sheet in report.students.items():
        graded = sheet.status == "graded"
        cells = [_mark(sheet, name) if graded else "" for name in names]
        rows.append(
            (for_html(student), f"<b>{number(sheet.points)}</b>" if graded else "–", "" if graded else for_html(sheet.status), *cells)
        )
    body.append(_table(("student", "points", "", *(f"<code>{for_html(name)}</code>" for name in names)), rows))
    return _PAGE.format(title=for_html(report.lesson), body="\n".join(body))


def _graded(report: ClassReport) -> int:
    return sum(sheet.status == "graded" for sheet in report.students.values())


def _mark(sheet: Sheet, name: str) -> str:
    report = sheet.reports.get(name)
    if report is None:
        return ""
    word = report.mistake or ("" if report.status in (Status.RIGHT, Status.PARTIAL, Status.WRONG) else report.status.value)
    place = "".join(f"<br><small>line {k}: <code>{for_html(own)}</code></small>" for k, own in (report.place.lines if report.place else ()))
    return f"{number(report.points)}{f' <small>{for_html(word)}</small>' if word else ''}{place}"


def _table(heads, rows) -> str:
    head = "".join(f"<th scope='col'>{text}</th>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em }}
table {{ border-collapse: collapse; display: block; overflow-x: auto }}
th, td {{ padding: .25em .8em; text-align: left; vertical-align: top; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent) }}
ul {{ margin: 0; padding-left: 1em }} small {{ opacity: .8 }}
.ours {{ border-left: 6px solid #D55E00; padding-left: 1em }}
</style></head><body>
{body}
</body></html>
"""
