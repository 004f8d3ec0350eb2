"""The class report as one page that loads and runs nothing, whatever students call themselves: what needs the teacher first, then the class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..engine.messages import number
from ..files.names import for_html
from .class_report import KINDS, ClassReport, ExerciseStatistics, Told, kind_of
from .page_frame import cell_class, heading, page, table, tiles
from .plots import histogram, median, stacked_bar

_TALK = 5  # mistakes to talk about
_SHOWN = 12  # names before the rest folds away


def as_html(report: ClassReport) -> str:
    """The page as one text."""
    return "".join(html_parts(report))


def html_parts(report: ClassReport) -> Iterator[str]:
    """The page, one text after the other: the table of a large class need not be held twice."""
    sections = [
        _ours(report),
        _ended(report),
        _odd(report),
        _distribution(report),
        _talk(report),
        _exercises(report),
        _alike(report),
        _absent(report),
        _beside(report),
        _students(report),
    ]
    parts = [part for part in sections if part]
    name = f"{report.lesson[:2]} {report.title}" if report.title else report.lesson
    head = f"<h1>{for_html(name)}</h1><p class='quiet'>Class report of <code>{for_html(report.lesson)}</code></p>{_numbers(report)}"
    head += "".join(f"<p>{for_html(note)}</p>" for note in report.notes)
    return page(name, head, parts)


def _numbers(report: ClassReport) -> str:
    handed = len(report.students) + len(report.errors)
    late = sum(bool(line.late) for line in report.students.values())
    points = [line.points for line in report.graded]
    shown = [("handed in", f"{handed} of {handed + len(report.missing)}" if report.people else str(handed)), ("graded", str(len(points)))]
    shown += [("late", str(late))] if late else []
    shown += [("missing", str(len(report.missing)))] if report.missing else []
    if points:
        shown += [("mean", f"{number(round(sum(points) / len(points), 1))} of {number(report.max_points)}")]
        shown += [("median", number(round(median(points), 1)))]
    return tiles(shown)


def _ours(report: ClassReport) -> str:
    if not report.errors:
        return ""
    rows = [(_who(report, student), for_html(why)) for student, why in report.errors.items()]
    text = "<p>Grade these again before you export anything: no export is written while they stand.</p>"
    return heading("ours", "No grade yet, through no fault of theirs", len(rows), alarm=True) + text + table(("student", "why"), rows)


def _ended(report: ClassReport) -> str:
    rows = [
        (_who(report, student), f"<code>{for_html(name)}</code>", for_html(told.status.value), for_html(told.detail))
        for student, name, told in report.ended
    ]
    text = "<p>The judge ended these answers while they ran.</p>"
    return (
        heading("ended", "Ended by the judge", len(rows)) + text + table(("student", "exercise", "why", "what it said"), rows)
        if rows
        else ""
    )


def _odd(report: ClassReport) -> str:
    rows = [(_who(report, student), for_html(why)) for student, why in report.odd.items()]
    text = "<p>These have no points, which is no zero. Formgrader opens each of them.</p>"
    return heading("odd", "Could not be graded", len(rows)) + text + table(("student", "why"), rows) if rows else ""


def _distribution(report: ClassReport) -> str:
    drawn = histogram([line.points for line in report.graded if line.points is not None], report.max_points)
    return f"{heading('points', 'Points')}<p class='quiet'>How many have how many points.</p>{drawn}" if drawn else ""


def _talk(report: ClassReport) -> str:
    """The mistakes that most people made, over all exercises."""
    most = sorted(
        ((len(mistake.students), one.exercise, mistake.message) for one in report.lines for mistake in one.mistakes),
        key=lambda found: (-found[0], found[1]),
    )
    items = [
        f"<li><b>{many}</b> in <a href='#{for_html(name)}'><code>{for_html(name)}</code></a>: {for_html(said)}</li>"
        for many, name, said in most[:_TALK]
    ]
    text = "<p class='quiet'>The mistakes that most people made, and what they were told.</p>"
    return f"{heading('talk', 'What to talk about')}{text}<ul>{''.join(items)}</ul>" if items else ""


def _exercises(report: ClassReport) -> str:
    if not report.lines:
        return ""
    legend = "".join(f"<span><i class='{kind.replace(' ', '-')}'></i>{kind}</span>" for kind in KINDS)
    items = "".join(_exercise(report, one) for one in report.lines)
    return f"{heading('exercises', 'Exercises')}<p class='legend'>{legend}</p><ul class='exercises'>{items}</ul>"


def _exercise(report: ClassReport, one: ExerciseStatistics) -> str:
    counts = [(kind, one.counts[kind]) for kind in KINDS]
    share = f"{round(100 * one.right / one.attempts)} % right" if one.attempts else "nobody tried"
    mean = f", mean {number(round(one.points / one.attempts, 2))} of {number(one.max_points)}" if one.attempts else ""
    said = " · ".join(f"{many} {kind}" for kind, many in counts if many)
    found = [
        f"<li><b>{for_html(mistake.name.replace('_', ' '))}</b>: {for_html(mistake.message)}{_names(report, mistake.students)}</li>"
        for mistake in one.mistakes
    ]
    for place, students in one.places:
        lines = "<br>".join(f"<code>line {k}: {for_html(own.strip())}</code>" for k, own in place)
        found.append(f"<li>a change here would make every check pass:<br>{lines}{_names(report, students)}</li>")
    if one.unknown:
        found.append(f"<li>wrong in a way that has no name{_names(report, one.unknown)}</li>")
    made = sum(len(mistake.students) for mistake in one.mistakes) + sum(len(who) for _, who in one.places) + len(one.unknown)
    more = f"<details><summary>{made} with a mistake, of {len(found)} kinds</summary><ul>{''.join(found)}</ul></details>" if found else ""
    return (
        f"<li id='{for_html(one.exercise)}'><div class='what'><code>{for_html(one.exercise)}</code> "
        f"<span class='quiet'>{for_html(one.asks)}</span></div><div class='share'>{share}{mean}</div>{stacked_bar(counts)}"
        f"<div class='quiet'>{said}</div>{more}</li>"
    )


def _names(report: ClassReport, students: list[str]) -> str:
    """Who, behind how many; of many the rest folds away."""
    names = [_who(report, student) for student in students]
    shown, rest = "; ".join(names[:_SHOWN]), names[_SHOWN:]
    more = f"<details><summary>and {len(rest)} more</summary>{'; '.join(rest)}</details>" if rest else ""
    return f"<div class='names'><b>{len(names)}</b> {shown}{more}</div>"


def _alike(report: ClassReport) -> str:
    if not report.same and not report.pairs:
        return ""
    parts = [heading("alike", "More alike than the lesson explains", len(report.same) + len(report.pairs))]
    if report.same:
        parts.append("<p>The same file, byte by byte. Did one of them hand in for another, or was one file sent around?</p>")
        parts.append(table(("students",), [("; ".join(_who(report, student) for student in group),) for group in report.same]))
    if report.pairs:
        parts.append(
            "<p>These share much of what neither the handout nor our answers nor more than a few others have: names aside, the same words in the "
            "same order. That is a question and no proof: they may have worked together, or from one source. Read both before you ask.</p>"
        )
        rows = [
            (
                f"{_who(report, pair.students[0])} and {_who(report, pair.students[1])}",
                f"{round(100 * pair.share)} %",
                ", ".join(f"<code>{for_html(name)}</code>" for name in pair.exercises),
            )
            for pair in report.pairs
        ]
        parts.append(table(("students", "of the smaller one's own", "most of it in"), rows))
    return "".join(parts)


def _absent(report: ClassReport) -> str:
    late = [
        f"{_who(report, student)} <span class='quiet'>({for_html(line.late)})</span>"
        for student, line in report.students.items()
        if line.late
    ]
    parts = [f"{heading('late', 'Late', len(late))}<p class='names'>{'; '.join(late)}</p>"] if late else []
    if report.missing:
        absent = "; ".join(for_html(one.path) for one in report.missing)
        parts.append(f"{heading('missing', 'Missing', len(report.missing))}<p class='names'>{absent}</p>")
    return "".join(parts)


def _beside(report: ClassReport) -> str:
    if not report.beside and not report.aside:
        return ""
    rows = [(for_html(one.path), for_html(one.why)) for one in report.beside]
    parts = [heading("beside", "In work/submitted, and nobody's hand-in", len(rows) + len(report.aside))]
    parts += [table(("folder", "what"), rows)] if rows else []
    parts += [f"<ul>{''.join(f'<li>{for_html(sentence)}</li>' for sentence in report.aside)}</ul>"] if report.aside else []
    return "".join(parts)


def _students(report: ClassReport) -> str:
    if not report.students:
        return ""
    names = [line.exercise for line in report.lines]
    heads = ("student", "points", *(f"<a href='#{for_html(name)}'><code>{for_html(name)}</code></a>" for name in names))
    return heading("students", "Students", len(report.students)) + table(heads, _rows(report, names), "students")


def _rows(report: ClassReport, names: list[str]) -> Iterable[tuple[str, ...]]:
    for student, line in report.students.items():
        late = f" <small>late {for_html(line.late)}</small>" if line.late else ""
        if line.points is None:
            yield _who(report, student) + late, f"– <small>{for_html(line.status)}</small>", *("<td></td>" for _ in names)
        else:
            yield _who(report, student) + late, f"<b>{number(line.points)}</b>", *(_mark(line.told.get(name)) for name in names)


def _mark(told: Told | None) -> str:
    if told is None:
        return "<td></td>"
    kind = kind_of(told.status)
    word = told.mistake.replace("_", " ") or ("" if kind in ("right", "partly right", "wrong") else told.status.value)
    place = f"line {', '.join(str(k) for k, _ in told.place)}" if told.place else ""
    small = f" <small>{for_html(word or place)}</small>" if word or place else ""
    return f"<td class='{cell_class(kind)}'>{number(told.points)}{small}</td>"


def _who(report: ClassReport, student: str) -> str:
    person = report.people.get(student)
    if person is None or not person.name or person.name == student:
        return for_html(student)
    return f"{for_html(person.name)} <span class='quiet'>{for_html(student)}</span>"
