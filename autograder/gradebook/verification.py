"""Is a grade the one that was signed, on the notebook that lies there, and the one that the gradebook has?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..engine.report import Sheet
from ..files.course import Course
from ..judge import verdicts
from ..judge.signing import CourseKey
from .registration import open_gradebook
from .stored import graded_cells, stored


@dataclass
class Verification:
    """What is known of one student's grade. `forged` says why the verdict is not to be believed, `changed` what is otherwise than when it
    was signed; both are empty when all is well. `sheet` and `receipt` are there when they could be read."""

    student: str
    forged: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    sheet: Sheet | None = None
    receipt: dict = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether all is well."""
        return not self.forged and not self.changed


def verify_grades(course: Course, lesson: str, students: list[str]) -> Iterator[Verification]:
    """Look at the grades of the students, one after the other as they are asked for; nothing that was handed in is waited for or followed.

    Raises `KeyProblem` without the course's key, `GradebookError` or `SettingsError` for a gradebook that cannot be read.
    """
    key = CourseKey.load(course.root)
    scores = _scores(course, lesson)
    return (_verify(course, lesson, student, key, scores) for student in students)


def _verify(course: Course, lesson: str, student: str, key: CourseKey, scores: dict[str, dict[str, tuple]]) -> Verification:
    found = Verification(student, verdicts.problems(course.root, lesson, student, key))
    if found.forged:
        return found
    found.sheet, found.receipt = verdicts.read(course.root, lesson, student)
    found.changed = verdicts.replaced(found.receipt, course.submitted(lesson, student), course.hand_ins)
    graded = found.sheet.status == "graded" and not found.sheet.is_error
    for exercise, (score, most) in scores.get(student, {}).items():
        report = found.sheet.reports.get(exercise)
        wanted = min(max(report.points, 0.0), most) if graded and report else None
        if score is None and wanted is not None:
            found.changed.append(f"the gradebook has no points for {exercise}, the verdict {wanted:g}")
        elif score is not None and (wanted is None or abs(score - wanted) > _ROUNDING):
            found.changed.append(
                f"the gradebook has {score:g} points for {exercise}, the verdict {'no grade' if wanted is None else f'{wanted:g}'}"
            )
    return found


_ROUNDING = 1e-6  # points are written with fewer digits than this


def _scores(course: Course, lesson: str) -> dict[str, dict[str, tuple[float | None, float]]]:
    """What the gradebook says the judge gave, and the most there is, by student and exercise; nothing where there is no gradebook yet.

    Scores that people gave stand beside these and are theirs.
    """
    place = course.work / "gradebook.db"
    if place.is_file() and not place.stat().st_size or not place.exists():
        return {}
    from nbgrader.api import MissingEntry

    from .master import read_master

    found: dict[str, dict[str, tuple[float | None, float]]] = {}
    with open_gradebook(course) as gradebook:
        try:
            master = read_master(gradebook, lesson, lesson)
        except MissingEntry:
            return {}
        exercises = {name: cell for name, cell in master.cells.items() if cell.exercise}
        assignment = gradebook.find_assignment(lesson)
        judged = {ident: exercises[cell.name] for ident, cell in graded_cells(assignment).items() if cell.name in exercises}
        for one in stored(gradebook, assignment.id):
            found[one.student] = {
                cell.exercise: (one.scores[ident].auto, cell.points) for ident, cell in judged.items() if ident in one.scores
            }
    return found
