"""The assignment in nbgrader's gradebook: opened, and brought up to date with the source notebook."""

from __future__ import annotations

import contextlib
import functools
import logging
import tempfile
from pathlib import Path
from types import SimpleNamespace

from ..files.course import Course
from ..files.exclusive import alone
from ..files.names import for_terminal
from ..files.notebooks import read_notebook
from ..files.settings import gradebook_url, nbgrader_config, private_work

_LOOKED_UP = (
    ("grade", "notebook_id"),
    ("comment", "notebook_id"),
    ("submitted_notebook", "assignment_id"),
    ("submitted_assignment", "student_id"),
)  # tables and columns of nbgrader's


_ONE = ".gradebook-lock"  # in work/: held while tables are made and lessons entered


class GradebookError(RuntimeError):
    """The gradebook cannot be used. The message says why and what to do."""


class RegistrationError(GradebookError):
    """The assignment cannot be brought into the gradebook. The message says why and what to do."""


@contextlib.contextmanager
def open_gradebook(course: Course):
    """nbgrader's gradebook of the course, made when it is not there. Closed on leaving.

    Raises `GradebookError` for one that cannot be opened, read or written, also while it is in use, and for one of another course;
    `SettingsError` where nbgrader_config.py is wrong.
    """
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SQLAlchemyError

    config = nbgrader_config(course)
    private_work(course.root)
    name = config.CourseDirectory.get("course_id", "default_course")
    try:
        with alone(course.work / _ONE), _quick_alembic():  # two that make the tables of a new gradebook at once both fail
            gradebook = Gradebook(gradebook_url(course), name)
        with gradebook:
            refuse_another_course(gradebook, name)
            _add_indexes(gradebook)
            yield gradebook
    except SQLAlchemyError as problem:
        raise GradebookError(_what_failed(course, problem)) from problem


def _add_indexes(gradebook) -> None:
    """What nbgrader looks rows up by and has no index for: without, one student's score costs a look at the whole class.

    Where they cannot be added, in a gradebook that is in use or only to be read, everything works, slower.
    """
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    try:
        for table, column in _LOOKED_UP:
            gradebook.db.execute(text(f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} ({column})"))
        gradebook.db.commit()
    except SQLAlchemyError:
        gradebook.db.rollback()


def refuse_another_course(gradebook, name: str) -> None:
    """Raise `GradebookError` for a gradebook that holds assignments of another course: its students would be mixed into this one."""
    others = sorted({str(one.course_id) for one in gradebook.assignments} - {name})
    if others:
        raise GradebookError(
            f"the gradebook has assignments of another course ({', '.join(map(for_terminal, others))}, and this one is {name}): move it away, "
            "or set c.CourseDirectory.course_id in nbgrader_config.py if it is this course's"
        )


def _what_failed(course: Course, problem: Exception) -> str:
    """What the database said, as a sentence with what to do."""
    where, said = course.work / "gradebook.db", str(getattr(problem, "orig", None) or problem).splitlines()[0]
    for word, meaning in (
        ("locked", "another program is writing it: wait for it, or end it, and run this again"),
        (
            "not a database",
            "it is damaged: restore it from a backup (only manual scores and comments are lost without it), or move it away",
        ),
        ("malformed", "it is damaged: restore it from a backup (only manual scores and comments are lost without it), or move it away"),
        ("unable to open", "is it a folder, or a file that you may not read?"),
        ("readonly", "it, or its folder, may not be written"),
        ("full", "the disk is full; nothing is lost: make room and run this again"),
        ("disk I/O", "the disk cannot be written; is it full? make room and run this again"),
        ("no such table", "it was made by another version: back it up and run  nbgrader db upgrade"),
        ("no such column", "it was made by another version: back it up and run  nbgrader db upgrade"),
    ):
        if word in said:
            return f"the gradebook {where} cannot be used ({said}): {meaning}"
    return f"the gradebook {where} cannot be used ({type(problem).__name__}: {said})"


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
    gradebook.db.commit()  # ends our read, so that we see what others entered, and nbgrader's own connection may write
    with alone(course.work / _ONE):
        gradebook.db.expire_all()
        if not _is_current(course, lesson, gradebook):
            gradebook.db.commit()
            _generate(course, lesson)
    gradebook.db.expire_all()


def _generate(course: Course, lesson: str) -> None:
    """Let nbgrader enter the assignment. Raises `RegistrationError`."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    with tempfile.TemporaryDirectory(prefix="register-") as temporary:
        config = nbgrader_config(course)
        config.CourseDirectory.assignment_id = lesson
        config.CourseDirectory.release_directory = str(Path(temporary).resolve())
        converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
        converter.log.setLevel(logging.WARNING)
        result = capture_log(converter)
    if not result["success"]:
        said = f"{result.get('log', '')}{result.get('error', '')}"
        if "submissions associated" in said:
            raise RegistrationError(
                f"nbgrader does not take {lesson} into the gradebook: exercises were added or removed after the first submissions, or the gradebook "
                f"is another course's; keep the old release for this class, or remove them with  nbgrader db assignment remove {lesson} --force"
            )
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        raise RegistrationError(f"nbgrader does not take {lesson} into the gradebook: {lines[-1] if lines else 'it does not say why'}")


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
