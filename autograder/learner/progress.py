"""How far a learner is: state and points by lesson or exercise, what comes next, and an honest time for what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from ..engine.messages import number
from ..exercises import lessons
from ..writing.exercise import Exercise, Lesson
from . import best_points
from .today import Today


@dataclass(frozen=True)
class Row:
    """One lesson or exercise: its best points so far (None: never checked) of all, how much of it has full marks, minutes of what has not."""

    name: str
    title: str
    got: float | None
    most: float
    done: int
    count: int
    minutes: int

    @property
    def state(self) -> str:
        """One of "done", "begun" and "not begun": whether all, some or none of it was checked; for done, with full marks."""
        return "done" if self.done == self.count else "not begun" if self.got is None else "begun"


def by_lesson() -> list[Row]:
    """The lessons of the course in their order."""
    points = best_points.best()
    return [_lesson(one, points) for one in lessons().values()]


def by_exercise(name: str) -> list[Row]:
    """The exercises of the lesson `name` in their order."""
    points = best_points.best()
    return [_exercise(exercise, points) for exercise in lessons()[name].exercises.values()]


def following(lesson: str = "") -> Exercise | None:
    """The first exercise of the course, or of one lesson, without full marks; None when all have them."""
    points = best_points.best()
    some = [lessons()[lesson]] if lesson else lessons().values()
    return next((e for one in some for e in one.exercises.values() if points.get(e.name, 0.0) < e.points), None)


def text(lesson: str = "") -> str:
    """The lessons of the course, or the exercises of one, for a terminal; their sum, and what comes next."""
    rows = by_exercise(lesson) if lesson else by_lesson()
    shown = _with_parts(lesson, rows) if lesson else rows
    states = [] if lesson else [row.state for row in rows]  # of a single exercise the points say it
    lines = [f"{row.name:32} {_points(row):>14}   {_left(row)}".rstrip() for row in shown]
    lines = [f"{state:9}  {line}" for state, line in zip(states, lines)] or lines
    return "\n".join([*lines, "", *_summary(rows, lesson)])


def html(lesson: str = "") -> str:
    """The same as a table."""
    rows = by_exercise(lesson) if lesson else by_lesson()
    left = 'style="text-align:left"'
    head = "".join(
        f"<th {side}>{word}</th>" for word, side in (("name", left), ("what", left), ("state", left), ("points", ""), ("left", left))
    )
    body = "".join(
        f"<tr><td {left}>{_linked(row.name)}</td><td {left}>{escape(row.title)}</td><td {left}>{row.state}</td>"
        f"<td>{_points(row)}</td><td {left}>{_left(row)}</td></tr>"
        for row in (_with_parts(lesson, rows) if lesson else rows)
    )
    return f"<table><tr>{head}</tr>{body}</table>" + "".join(f"<p>{escape(line)}</p>" for line in _summary(rows, lesson))


def _lesson(one: Lesson, points: dict[str, float]) -> Row:
    return _sum(one.name, one.title, one.minutes, list(one.exercises.values()), points)


def _with_parts(name: str, rows: list[Row]) -> list[Row]:
    """The exercises' `rows` of a lesson, with a row above those of each part where it has several."""
    one, points = lessons()[name], best_points.best()
    if len(one.parts) < 2:
        return rows
    by_name, shown = {row.name: row for row in rows}, []
    for place, part in enumerate(one.parts, 1):
        some = [one.exercises[exercise] for exercise in part.exercises]
        shown += [_sum(f"Part {place}", part.title, part.minutes, some, points), *(by_name[exercise] for exercise in part.exercises)]
    return shown


def _sum(name: str, title: str, minutes: int, some: list[Exercise], points: dict[str, float]) -> Row:
    rows = [_exercise(exercise, points) for exercise in some]
    got = [row.got for row in rows if row.got is not None]
    whole = sum(exercise.minutes for exercise in some)
    # reading and looking are spread over a lesson as its exercises are
    left = round(minutes * sum(row.minutes for row in rows) / whole) if whole else 0
    most = sum(exercise.points for exercise in some)
    return Row(name, title, sum(got) if got else None, most, sum(row.done for row in rows), len(rows), left)


def _exercise(exercise: Exercise, points: dict[str, float]) -> Row:
    got = points.get(exercise.name)
    done = got is not None and got >= exercise.points
    return Row(exercise.name, exercise.asks, got, exercise.points, int(done), 1, 0 if done else exercise.minutes)


def _points(row: Row) -> str:
    return f"{'–' if row.got is None else number(row.got)} of {number(row.most)}"


def _left(row: Row) -> str:
    if row.done == row.count:
        return "done"  # in words once more: what is left stands alone at the end of a line
    whole = f"{row.count - row.done} of {row.count} exercises, " if row.count > 1 else ""
    return f"{whole}about {row.minutes} minutes"


def _linked(name: str) -> str:
    """A lesson's name, as a link where its notebook lies beside the one that asks, as in study/."""
    beside = f"../{name}/{name}.ipynb"
    word = f"<code>{escape(name)}</code>"
    return f'<a href="{beside}">{word}</a>' if name in lessons() and Path(beside).is_file() else word


def _summary(rows: list[Row], lesson: str) -> list[str]:
    on_top = [] if lesson else [row for row in rows if lessons()[row.name].bonus]  # as the table of all lessons has them
    counted, one = [row for row in rows if row not in on_top], following(lesson)
    sums = [f"Together {_sums(counted)} points", *(f"and {_sums([row])} on top in {row.name}" for row in on_top)]
    then = f"Next: {one.name}, in lesson {one.lesson}: {one.asks}." if one else "All have full marks."
    return [*([] if lesson else _of_all(rows)), ", ".join(sums) + ".", then]


def _sums(rows: list[Row]) -> str:
    return f"{number(sum(row.got or 0.0 for row in rows))} of {number(sum(row.most for row in rows))}"


def _of_all(rows: list[Row]) -> list[str]:
    """What the course as a whole adds: the time that is left, and the questions of the day."""
    minutes = sum(row.minutes for row in rows)
    left = f"about {minutes} minutes" if minutes < 120 else f"about {round(minutes / 60)} hours"
    return [*([f"Left: {left}."] if minutes else []), Today(date.today()).waiting()]
