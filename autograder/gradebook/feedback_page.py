"""One student's feedback on one lesson, as a page that stands alone: the score, each exercise by its name, what to do next, then the notebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from ..engine.messages import inline, number, reason
from ..engine.report import Report, Sheet, Status
from ..files.names import for_html
from ..writing.exercise import Lesson
from .feedback_notebook import comment_html, notebook_html
from .feedback_style import STYLE
from .final_scores import FinalScore

LIMIT = 200_000  # bytes of a page
_FIRST = 3  # exercises that are named as the next to look at
_LONGEST = 1200  # characters of one reason
_LINES = 6  # lines of a place


class Why(StrEnum):
    """What a page is about."""

    GRADED = "graded"
    UNREADABLE = "unreadable"  # a notebook came that cannot be graded
    MISSING = "missing"  # a folder came, and no notebook in it
    ABSENT = "absent"  # nothing came
    OURS = "ours"  # no grade, through no fault of the student's


@dataclass
class Feedback:
    """All that a page tells. `asks` is by exercise; `detail` is why there is no grade; `others` are lessons whose notebook was handed in instead of this one's."""

    lesson: str
    student: str
    name: str
    why: Why
    known: Lesson | None = None
    after: Lesson | None = None  # the lesson that comes next
    sheet: Sheet | None = None
    score: FinalScore | None = None
    detail: str = ""
    others: list[str] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)
    released: Collection[str] = frozenset()
    comments: Mapping[str, str] = field(default_factory=dict)


def page(told: Feedback) -> str:
    """The page, of at most `LIMIT` bytes."""
    known = told.known
    title = f"{_number(told.lesson)} {known.title}" if known else told.lesson
    graded = told.why is Why.GRADED
    body = _score(told) + (_next(told) if graded else _no_grade(told)) + ("" if told.others else _exercises(told))
    head = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>Feedback: {for_html(title)}</title><style>{STYLE}"
    )
    top = f'</style></head><body><main><p class="who">Feedback for {for_html(told.name)}</p><h1>{for_html(title)}</h1>{body}'
    foot = "</main><footer>From h to η. This page needs no network and runs nothing.</footer></body></html>\n"
    cells = looks = ""
    if graded and not told.others:
        top += "<h2>Your notebook</h2>"
        room = LIMIT - sum(len(part.encode("utf-8", "replace")) for part in (head, top, foot))
        cells, looks = notebook_html(told.cells, told.sheet.reports if told.sheet else {}, told.released, told.comments, room)
    return (head + looks + top + cells + foot).encode("utf-8", "replace").decode()


def _score(told: Feedback) -> str:
    """The points, and what they are made of; nothing where there are none."""
    score = told.score
    if score is None or score.raw is None and not any(points is not None for points in score.by_cell.values()):
        return ""
    unit = "bonus points" if told.known and told.known.bonus else "points"
    if score.score is None:
        have = sum(points for points in score.by_cell.values() if points is not None)
        return f'<p class="score">{number(round(have, 4))} of {number(score.max_score)} {unit} so far</p><p>A person has not scored all of it yet.</p>'
    share = 100 * min(1.0, score.score / score.max_score) if score.max_score else 100.0
    late = (
        f"<p>{number(round(score.raw or 0.0, 4))} points, less {number(round(score.penalty, 4))} for handing in late.</p>"
        if score.penalty
        else ""
    )
    return (
        f'<p class="score">{number(round(score.score, 4))} of {number(score.max_score)} {unit}</p>'
        f'<div class="bar" aria-hidden="true"><div style="width:{share:.1f}%"></div></div>{late}'
    )


def _next(told: Feedback) -> str:
    """What to do next: the first exercises that lack points, in the lesson's order, or what comes after a right notebook."""
    sheet = told.sheet
    assert sheet is not None, "who was graded has a sheet"
    if told.others:
        names = " or ".join(map(for_html, told.others))
        return (
            f'<div class="warn"><p><strong>You handed in the notebook of {names}.</strong> It has no exercise of {for_html(told.lesson)}, so '
            f"nothing could be judged.</p></div>{_how_to_hand_in(told.lesson)}"
        )
    open_ones = [report for report in sheet.reports.values() if report.points < report.max_points]
    if open_ones:
        steps = [f"<li>{_step(report)}</li>" for report in open_ones[:_FIRST]]
        more = f"<p>Then {len(open_ones) - _FIRST} more, below.</p>" if len(open_ones) > _FIRST else ""
        return f'<section class="next"><h2>What to do next</h2><ol>{"".join(steps)}</ol>{more}</section>'
    after = (
        f"<p>Go on to {for_html(_number(told.after.name))} {for_html(told.after.title)}: {for_html(told.after.question)}</p>"
        if told.after
        else ""
    )
    lowered = told.score and any((told.score.by_cell.get(name) or 0.0) < report.max_points for name, report in sheet.reports.items())
    said = "Every check of ours holds; what a person scored otherwise stands below." if lowered else "Every exercise is right."
    return f'<section class="next"><h2>What to do next</h2><p>{said}</p>{after}</section>'


def _step(report: Report) -> str:
    name = escape(report.exercise)
    gain = number(round(report.max_points - report.points, 4))
    what = f'<a href="#check-{name}"><code>{name}</code></a> ({gain} {"point" if gain == "1" else "points"} to gain): '
    if report.status in (Status.NOT_ATTEMPTED, Status.MISSING):
        return (
            what + "it is not written yet."
            if report.status is Status.NOT_ATTEMPTED
            else what + "it is not there where it is checked; why, stands below."
        )
    if report.mistake:
        return what + f"we know this mistake; read it below, mend it, and call <code>check({name})</code>."
    if report.place:
        return what + f"look at the line that is marked below; <code>where({name})</code> in your notebook marks the part of it."
    if report.diagnosis:  # a plain fact, no name
        return what + f"read below what it does; <code>check({name})</code> in your notebook shows an input that fails."
    return (
        what + f"<code>check({name})</code> in your notebook shows an input that fails, <code>hint({name})</code> gives one step at a time."
    )


def _no_grade(told: Feedback) -> str:
    """Why there is no grade, and how to hand in again."""
    if told.why is Why.OURS:
        return (
            '<div class="warn"><p><strong>Your notebook has no grade yet.</strong> That is not your fault and costs you nothing. '
            "You need do nothing: your teacher grades it again.</p></div>"
        )
    said = {
        Why.ABSENT: "Nothing was handed in under your name for this lesson.",
        Why.MISSING: "A hand-in of yours is there, and the notebook is not in it.",
        Why.UNREADABLE: "Your notebook could not be graded.",
    }[told.why]
    detail = f"<p>{inline(_short(told.detail[:1].upper() + told.detail[1:]))}.</p>" if told.detail else ""
    return (
        f'<div class="warn"><p><strong>{said}</strong> This is no zero: there is no grade.</p>{detail}</div>{_how_to_hand_in(told.lesson)}'
    )


def _how_to_hand_in(lesson: str) -> str:
    name = for_html(lesson)
    return (
        '<section class="next"><h2>How to hand in again</h2><ol>'
        f"<li>Open your notebook of this lesson in JupyterLab. If it opens, save it (Ctrl S). If it does not, copy your answers into a fresh one.</li>"
        f"<li>In the folder of the course, <code>python3 start.py check study/{name}/{name}.ipynb</code> says whether all of it is there "
        "(Windows: <code>py start.py …</code>).</li>"
        f"<li>Hand in that file, called <code>{name}.ipynb</code>, where you handed in before. Ask your teacher if the deadline is over.</li></ol></section>"
    )


def _exercises(told: Feedback) -> str:
    """Each exercise by its name: points, and why not all of them. Where there is no grade, only what a person scored."""
    reports = told.sheet.reports if told.sheet and told.why is Why.GRADED else {}
    scores = told.score.by_cell if told.score else {}
    names = [*reports, *(name for name in scores if name not in reports)]
    items = [
        _exercise(told, name, reports.get(name)) for name in names if name in reports or scores[name] is not None or told.why is Why.GRADED
    ]
    return f'<h2>Exercises</h2><ul class="exercises">{"".join(items)}</ul>' if items else ""


def _exercise(told: Feedback, name: str, report: Report | None) -> str:
    most = told.score.max_by_cell.get(name) if told.score else None
    points = told.score.by_cell.get(name) if told.score else None
    if report and told.score is None:
        points = report.points
    most = report.max_points if most is None and report else most or 0.0
    kind, mark, word = _mark(points, most, report)
    shown = f'<a href="#check-{for_html(name)}"><code>{for_html(name)}</code></a>' if report else f"<code>{for_html(name)}</code>"
    said = f'<p class="asks">{inline(told.known.exercises[name].asks)}</p>' if told.known and name in told.known.exercises else ""
    if points is None:
        said += "<p>A person scores this one, and has not yet.</p>"
    elif report and points != report.points:
        said += f"<p>A person changed this score; the judge gave {number(report.points)}.</p>"
    if report and report.points < report.max_points:
        said += f"<p>{inline(_short(reason(report)))}</p>" + _place(report)
    for cell in (name, f"check-{name}"):
        if told.why is not Why.GRADED and cell in told.comments or report is None and cell in told.comments:
            said += comment_html(told.comments[cell])
    return (
        f'<li class="{kind}"><div class="row"><span class="mark" aria-hidden="true">{mark}</span><span>{shown}<span class="away">: {word}</span></span>'
        f"<span>{'–' if points is None else number(round(points, 4))} of {number(most)}</span></div>{said}</li>"
    )


def _mark(points: float | None, most: float, report: Report | None) -> tuple[str, str, str]:
    """The class, the sign and the word for a score."""
    if points is None:
        return "open", "○", "not scored yet"
    if points >= most:
        return "right", "✓", "right"
    if points > 0:
        return "partly", "◐", "partly right"
    if report and report.status is Status.NOT_ATTEMPTED:
        return "open", "○", "not written"
    return "wrong", "✗", report.status.value if report else "wrong"


def _place(report: Report) -> str:
    if report.place is None:
        return ""
    lines = "\n".join(f"{at:>3}  {text}" for at, text in report.place.lines[:_LINES])
    return f"<p>{escape(_short(report.place.sentence))}</p><pre>{escape(_short(lines))}</pre>"


def _number(lesson: str) -> str:
    return lesson.partition("_")[0]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
