"""The table of lessons, in the README and in lesson 00: made from the registry, so that points and times are written in one place."""

from __future__ import annotations

from pathlib import Path

from ..engine.messages import number
from ..files.atomic import write_atomically
from ..files.course import Course
from ..writing.exercise import Lesson
from .percent import read_text
from .problems import LessonError

BEGIN, END = "<!-- lessons: made by `make build` -->", "<!-- end of lessons -->"


def table(lessons: dict[str, Lesson], link: str = "notebooks/{0}/{0}.ipynb") -> str:
    """The lessons as a Markdown table, with their sums; a bonus lesson stands outside the sum of points.

    `link` leads from the page that holds the table to a lesson's notebook.
    """
    lines = ["| lesson | the question it answers | exercises | minutes | points |", "|---|---|---|---|---|"]
    for name, lesson in lessons.items():
        points = f"+{number(lesson.points)}" if lesson.bonus else number(lesson.points)
        lines.append(
            f"| [{lesson.number} {lesson.title}]({link.format(name)}) | {lesson.question} | {len(lesson.exercises)} | {time(lesson)} | {points} |"
        )
    counted = [lesson for lesson in lessons.values() if not lesson.bonus]
    exercises, minutes = (sum(values) for values in ([len(o.exercises) for o in lessons.values()], [o.minutes for o in lessons.values()]))
    lines.append(f"| together | | {exercises} | {minutes} | {number(sum(lesson.points for lesson in counted))} |")
    return "\n".join(lines)


def time(lesson: Lesson) -> str:
    """Its minutes; where it has parts, in brackets theirs."""
    parts = f" ({' + '.join(str(part.minutes) for part in lesson.parts)})" if len(lesson.parts) > 1 else ""
    return f"{lesson.minutes}{parts}"


def refresh(lessons: dict[str, Lesson], root: Path | None = None, *, check: bool = False) -> list[Path]:
    """Bring the tables up to date and return the files that were not. With `check` nothing is changed.

    Raises `LessonError` when a file has lost the two markers that hold the table.
    """
    course = Course.at(root)
    changed = []
    for path, comment, link in (
        (course.root / "README.md", "", "notebooks/{0}/{0}.ipynb"),
        (course.text("00_start_here"), "# ", "../{0}/{0}.ipynb"),
    ):
        if not path.exists():
            continue
        name = path.relative_to(course.root).as_posix()
        text = read_text(path, name)
        new = _with_table(text, "".join(f"{comment}{line}\n" for line in table(lessons, link).splitlines()), comment, name)
        if new != text:
            changed.append(path)
            if not check:
                write_atomically(path, new)
    return changed


def _with_table(text: str, lines: str, comment: str, name: str) -> str:
    begin, end = f"{comment}{BEGIN}\n", f"{comment}{END}"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise LessonError(f"{name}:1: it needs the lines {BEGIN!r} and {END!r} once each, around the table of lessons; put them back")
    # an empty comment line between: Markdown sees a table only after one
    gap = f"{comment.rstrip()}\n" if comment else ""
    return text[: text.index(begin) + len(begin)] + gap + lines + gap + text[text.index(end) :]
