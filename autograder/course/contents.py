"""The table of lessons in the README: made from the registry, so that points and times are written in one place."""

from __future__ import annotations

from pathlib import Path

from ..exercise import Lesson
from ..messages import number
from .files import repository, write_whole

BEGIN, END = "<!-- lessons: made by `make build` -->", "<!-- end of lessons -->"


def table(lessons: dict[str, Lesson]) -> str:
    """The lessons as a Markdown table, with their sums; a bonus lesson stands outside the sum of points."""
    lines = ["| lesson | the question it answers | exercises | minutes | points |", "|---|---|---|---|---|"]
    for name, lesson in lessons.items():
        points = f"+{number(lesson.points)}" if getattr(lesson, "bonus", False) else number(lesson.points)
        link = f"[{name[:2]} {lesson.title}](notebooks/{name}/{name}.ipynb)"
        lines.append(f"| {link} | {lesson.question} | {len(lesson.exercises)} | {lesson.minutes} | {points} |")
    counted = [lesson for lesson in lessons.values() if not getattr(lesson, "bonus", False)]
    exercises, minutes = (sum(values) for values in ([len(o.exercises) for o in lessons.values()], [o.minutes for o in lessons.values()]))
    lines.append(f"| together | | {exercises} | {minutes} | {number(sum(lesson.points for lesson in counted))} |")
    return "\n".join(lines)


def refresh(lessons: dict[str, Lesson], root: Path | None = None, *, check: bool = False) -> list[Path]:
    """Bring the README's table up to date and return [README] when it was not. With `check` nothing is changed.

    Raises `ValueError` when the README has lost the two markers that hold the table.
    """
    readme = (root or repository().root) / "README.md"
    text = readme.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"{readme} needs the lines {BEGIN!r} and {END!r} once each, around the table of lessons; put them back")
    new = text[: text.index(BEGIN) + len(BEGIN)] + "\n" + table(lessons) + "\n" + text[text.index(END):]
    if new == text:
        return []
    if not check:
        write_whole(readme, new)
    return [readme]
