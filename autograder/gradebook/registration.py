"""The assignment in nbgrader's gradebook: opened, and brought up to date with the source notebook."""

from __future__ import annotations

import contextlib
import functools
import logging
import tempfile
from pathlib import Path
from types import SimpleNamespace

from ..files.course import Course
from ..files.notebooks import read_notebook
from ..files.settings import gradebook_url, nbgrader_config


class RegistrationError(RuntimeError):
    """The assignment cannot be brought into the gradebook. The message says why and what to do."""


@contextlib.contextmanager
def open_gradebook(course: Course):
    """nbgrader's gradebook of the course, made when it is not there. Closed on leaving."""
    from nbgrader.api import Gradebook

    config = nbgrader_config(course)
    course.work.mkdir(parents=True, exist_ok=True)
    with _quick_alembic():
        gradebook = Gradebook(gradebook_url(course), config.CourseDirectory.get("course_id", "default_course"))
    with gradebook:
        yield gradebook


@contextlib.contextmanager
def _quick_alembic():
    """A new gradebook runs the command `alembic` to learn the schema's version: seconds, and only where it is on the PATH."""
    from nbgrader import api

    command = api.get_alembic_version
    api.get_alembic_version = alembic_version
    try:
        yield
    finally:
        api.get_alembic_version = command


def alembic_version() -> str:
    """The version of nbgrader's database schema, as `alembic heads` prints it."""
    import nbgrader
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic")).get_heads()[0]


def register(course: Course, lesson: str, gradebook) -> None:
    """Bring the assignment into the gradebook as `nbgrader generate_assignment` does; nothing is done when it is up to date.

    The released notebook is left alone. Raises `RegistrationError` when there is no source notebook, or when nbgrader
    refuses, which it does when cells were added to or removed from an assignment that has submissions.
    """
    source = course.source(lesson)
    if not source.exists():
        raise RegistrationError(f"{source} is missing; run  make build  first")
    if _is_current(course, lesson, gradebook):
        return
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    gradebook.db.commit()  # ends our read, so that nbgrader's own connection may write
    with tempfile.TemporaryDirectory(prefix="register-") as temporary:
        config = nbgrader_config(course)
        config.CourseDirectory.assignment_id = lesson
        config.CourseDirectory.release_directory = str(Path(temporary).resolve())
        converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
        converter.log.setLevel(logging.WARNING)
        result = capture_log(converter)
    if not result["success"]:
        said = f"{result.get('log', '')}{result.get('error', '')}"
        remedy = "See what nbgrader said, above all its last lines:"
        if "submissions associated" in said:
            remedy = (
                "Exercises were added or removed after the first submissions: keep the old release for this class, or remove them with  "
                f"nbgrader db assignment remove {lesson} --force"
            )
        raise RegistrationError(f"nbgrader does not take {lesson} into the gradebook. {remedy}\n{said}")
    gradebook.db.expire_all()


def _is_current(course: Course, lesson: str, gradebook) -> bool:
    """Whether the gradebook holds the cells of the released notebook as they are now."""
    from nbgrader.api import MissingEntry

    release = course.release(lesson)
    if not release.exists():
        return False
    try:
        stored = gradebook.find_notebook(lesson, lesson)
    except MissingEntry:
        return False
    points = {cell.name: cell.max_score for cell in (*stored.grade_cells, *stored.task_cells)}
    known = {cell.name: (cell.checksum, points.get(cell.name)) for cell in stored.source_cells}
    wanted = {}
    for cell in read_notebook(release.read_bytes())[0]["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if any(marks.get(kind) for kind in ("grade", "solution", "locked", "task")):
            hidden = known.get(marks["grade_id"], ("",))[0]  # hidden tests are in the gradebook only; their checksum differs
            wanted[marks["grade_id"]] = (
                hidden if marks.get("task") or not marks.get("checksum") else marks["checksum"],
                marks.get("points"),
            )
    return known == wanted


def late_penalty(course: Course):
    """The course's rule for late submissions as ``penalty(student, score, seconds_late)``: nbgrader's plugin, as configured."""

    @functools.cache
    def rule():
        from nbgrader.preprocessors import AssignLatePenalties  # loaded only where somebody is late: it takes a while

        step = AssignLatePenalties(config=nbgrader_config(course))
        step.init_plugin()
        step.log.setLevel(logging.ERROR)  # it says each time which method it uses
        return step

    def penalty(student: str, score: float, late: float) -> float | None:
        found = rule().plugin_inst.late_submission_penalty(student, score, late)
        return None if found is None else rule()._check_late_penalty(SimpleNamespace(score=score), found)

    return penalty
