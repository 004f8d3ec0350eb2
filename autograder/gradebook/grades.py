"""The grades of a class: verdicts that can be believed, what stands in the way of an export, what was entered into the gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..engine.report import Sheet
from ..files.course import Course
from ..files.names import for_terminal
from ..judge import verdicts
from ..judge.signing import CourseKey
from .filling import NoVerdict, refuse


class ClassVerdicts:
    """The verdicts of one lesson: each believed only when it is signed and on the very bytes that were handed in."""

    def __init__(self, course: Course, lesson: str):
        self.course, self.lesson = course, lesson
        self.key = CourseKey.load(course.root)

    def students(self) -> list[str]:
        """Everyone who handed in something for the lesson."""
        return self.course.students(self.lesson)

    def read(self, student: str) -> Sheet:
        """The verdict on the file that lies in the student's folder now. Raises `NoVerdict` when there is none to believe."""
        root = self.course.root
        if not verdicts.path_of(root, self.lesson, student).exists():
            raise NoVerdict(f"not graded yet; run  python -m autograder grade {self.lesson}")
        try:
            sheet, receipt = verdicts.read(root, self.lesson, student)
            doubts = verdicts.doubts(sheet, receipt, self.lesson, student, self.key)
        except (OSError, ValueError) as error:
            doubts = [str(error)]
        if doubts:
            raise NoVerdict(f"its verdict is not to be believed ({doubts[0]}); grade again")
        if (sheet.student, sheet.lesson) != (student, self.lesson):
            raise NoVerdict(f"its verdict speaks of {sheet.student!r} in {sheet.lesson}; grade again")
        if changed := verdicts.replaced(receipt, self.course.submitted(self.lesson, student), self.course.hand_ins):
            raise NoVerdict(f"{changed[0]}; if it was handed in again, grade again")
        return sheet

    def each(self) -> Iterator[tuple[str, Sheet | None, str]]:
        """Student, verdict and "", one after the other and by name; where our fault leaves somebody without a grade, no verdict and why."""
        for student in self.students():
            try:
                sheet = self.read(student)
                if sheet.is_error:
                    refuse(sheet)
                yield student, sheet, ""
            except NoVerdict as reason:
                yield student, None, str(reason)


def standing_errors(course: Course, lesson: str) -> dict[str, str]:
    """Students whose grade is missing by our fault, and why: these stop every export."""
    return {student: why for student, _, why in ClassVerdicts(course, lesson).each() if why}


@dataclass
class Entered:
    """What became of each submission: entered, unchanged, `failed` (a verdict, but no grade) and `errors` (ours), with reasons."""

    entered: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)  # what is odd about a hand-in and cost no points
    untrusted: list[str] = field(default_factory=list)  # the lesson's own test cells: what they scored, students' processes said

    def beside(self, told: set[str]) -> str:
        """What there is to say, but for why those in `told` have no grade: that was said."""
        lines = [f"{len(self.entered)} grades entered, {len(self.unchanged)} unchanged"]
        lines += [f"ERROR (ours) {for_terminal(student)}: {for_terminal(why)}" for student, why in sorted(self.errors.items())]
        if self.untrusted:
            lines.append(f"not to be trusted: the points of {', '.join(self.untrusted)} are what each student's own process said of itself")
        lines += [
            f"no grade {for_terminal(student)}: {for_terminal(why)}" for student, why in sorted(self.failed.items()) if student not in told
        ]
        lines += [f"note on {for_terminal(student)}: {for_terminal('; '.join(notes))}" for student, notes in sorted(self.notes.items())]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.beside(set())
