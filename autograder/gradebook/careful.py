"""nbgrader's own commands, kept from what a hostile folder, file or name does to them; nbgrader_config.py calls `be_careful` and `safe_pages`.

Theory of operation. `nbgrader autograde` and Formgrader list the hand-ins by pattern, copy what lies in them, and read their
timestamps, all with plain Python: a pipe stops them, a link leads them away, a newline in a name ends the whole run. nbgrader
0.9.6 has no settings for this, so a few methods of its classes are replaced, in whatever process has loaded them. What they
do for an honest hand-in is what nbgrader does.
"""

from __future__ import annotations

import fnmatch
import functools
import logging
import sys
from pathlib import Path

from tornado.log import LogFormatter

from ..files.course import Course
from ..files.hand_ins import close_to_others
from ..files.names import for_terminal

_stock: dict[str, object] = {}  # nbgrader's own methods, by name


def be_careful() -> None:
    """Replace the methods, in this process, of those classes that are loaded already; calling it again changes nothing."""
    if (loaded := sys.modules.get("nbgrader.coursedir")) and "format_path" not in _stock:
        _replace(loaded.CourseDirectory, format_path=_format_path, get_existing_timestamp=_timestamp)
    if (loaded := sys.modules.get("nbgrader.converters.autograde")) and "init_notebooks" not in _stock:
        _replace(
            loaded.Autograde,
            init_notebooks=_init_notebooks,
            init_destination=_init_destination,
            init_assignment=_init_assignment,
            convert_single_notebook=_convert_single_notebook,
            convert_notebooks=_convert_notebooks,
        )

    if (loaded := sys.modules.get("nbgrader.apps.api")) and "get_submitted_students" not in _stock:
        _replace(loaded.NbGraderAPI, get_submitted_students=_submitted_students, get_submitted_timestamp=_submitted_timestamp)


def safe_pages() -> None:
    """Let Formgrader, if this process is its server, escape what it writes into its pages and fetch nothing.

    A student's name comes from a folder or a learning platform and may be anything. What renders pages is loaded for that server only: every command reads the settings.
    """
    server = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if server is not None:
        from jinja2 import Environment

        from .viewing import OfflineExporter

        server.Environment = functools.partial(Environment, autoescape=True)
        server.HTMLExporter = OfflineExporter


def _replace(owner: type, **methods) -> None:
    for name, method in methods.items():
        _stock[name] = getattr(owner, name)
        setattr(owner, name, method)


class OneLine(LogFormatter):
    """nbgrader's log lines, on which no name moves the cursor; tornado sets in what follows a line break, so none begins a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as nbgrader would write it, with controls as escapes."""
        plain = logging.makeLogRecord(vars(record))
        plain.msg, plain.args = _plain(record.getMessage()), ()
        if record.exc_info:
            plain.exc_text = _plain(self.formatException(record.exc_info))
        return super().format(plain)


def _plain(text: str) -> str:
    return "\n".join(for_terminal(line.replace("\t", "    ")).replace("\\\\", "\\") for line in text.split("\n"))


def _format_path(self, nbgrader_step: str, student_id: str, assignment_id: str, escape: bool = False) -> str:
    """As nbgrader's; the patterns among them also fit names with a newline."""
    path = _stock["format_path"](self, nbgrader_step, student_id, assignment_id, escape)
    return f"(?s){path}" if escape and "(?P<" in path else path


def _timestamp(self, dest_path: str):
    """When it was handed in; None, and a warning, where the file says no date or is no plain file."""
    from .rows import timestamp

    folder, course = Path(dest_path), Course(Path(self.root))
    if folder.is_absolute() and folder.is_relative_to(course.hand_ins):
        below = course.hand_ins
    else:
        below = folder
    try:
        return timestamp(folder, below)
    except ValueError as problem:
        self.log.warning("%s: %s", dest_path, problem)
    except OSError:
        pass  # there is no folder, so there is no file
    return None


def _submitted_students(self, assignment_id: str) -> set[str]:
    """Everybody whom Formgrader lists; those whose name no gradebook can hold are told by `grade` only."""
    from .autograded import fits

    if assignment_id == "*":
        return set(filter(fits, _stock["get_submitted_students"](self, assignment_id)))
    return set(filter(fits, Course(Path(self.coursedir.root).resolve()).students(assignment_id)))


def _submitted_timestamp(self, assignment_id: str, student_id: str):
    """When it was handed in, as the command that grades reads it."""
    return self.coursedir.get_existing_timestamp(
        str(self.coursedir.format_path(self.coursedir.submitted_directory, student_id, assignment_id))
    )


def _init_notebooks(self) -> None:
    """Everybody who handed in the lesson, whatever it is that they handed in; nbgrader passes over a folder without a notebook."""
    from nbgrader.converters.base import NbGraderException

    from .autograded import NO_NAME, fits

    lesson, wanted = self.coursedir.assignment_id, self.coursedir.student_id
    course = Course(Path(self.coursedir.root).resolve())
    if not course.release(lesson).exists() or self.coursedir.notebook_id not in ("*", lesson):
        self.without_grade = {}
        return _stock["init_notebooks"](self)  # an assignment of nbgrader's alone
    _need_the_key(self, course, lesson)
    if mended := close_to_others(course, lesson):
        self.log.warning(mended)
    self.assignments, self.notebooks, self.without_grade = {}, [], {}
    for student in course.students(lesson):
        if student != wanted and not fnmatch.fnmatchcase(student, wanted):
            continue
        if not fits(student):
            self.log.error("%s: %s", for_terminal(student), NO_NAME)
            self.without_grade[student] = NO_NAME
        else:
            source = self._format_source(lesson, student)
            self.assignments[source] = [str(Path(source) / f"{lesson}.ipynb")]
    if not self.assignments and not self.without_grade:
        problem = f"No notebooks were matched by '{self._format_source(lesson, wanted)}'"
        self.log.error(problem)
        raise NbGraderException(problem)


def _need_the_key(self, course: Course, lesson: str) -> None:
    """End the command, with the reason and before any grade is touched, where the course's key is not the one that it was."""
    from nbgrader.converters.base import NbGraderException

    from ..judge.signing import CourseKey, KeyProblem

    if sys.platform != "linux":
        return  # the hook says that grading needs Linux
    from ..judge.coordinator import refuse_another_key

    try:
        key = CourseKey.load(course.root)
        if not self.force:
            refuse_another_key(course.root, lesson, course.students(lesson), key)
    except (KeyProblem, OSError) as problem:
        self.log.error("Nothing was graded: %s", problem)
        raise NbGraderException(str(problem)) from None


def _init_destination(self, assignment_id: str, student_id: str) -> bool:
    """As nbgrader's; but what was autograded stays only while there is a grade, on the very notebook that lies there."""
    from .autograded import remove
    from .filling import NoVerdict
    from .grades import ClassVerdicts

    if _stock["init_destination"](self, assignment_id, student_id):
        return True
    course = Course(Path(self.coursedir.root).resolve())
    try:
        if ClassVerdicts(course, assignment_id).read(student_id).status == "graded":
            return False
    except NoVerdict:
        pass
    remove(course.autograded(assignment_id, student_id).parent)
    return True


def _init_assignment(self, assignment_id: str, student_id: str) -> None:
    """What nbgrader does before it looks at a notebook: the student, the submission and its date, the files beside the notebook."""
    from nbgrader.api import Gradebook, MissingEntry
    from nbgrader.converters.base import NbGraderException

    from .autograded import other_files

    course = Course(Path(self.coursedir.root).resolve())
    stamp = self.coursedir.get_existing_timestamp(self._format_source(assignment_id, student_id))

    def gradebook():  # opened for each step, as nbgrader does: in one session its models warn of each other
        return Gradebook(self.coursedir.db_url, self.coursedir.course_id)

    try:
        with gradebook() as book:
            book.update_or_create_student(student_id) if self.create_student else book.find_student(student_id)
        with gradebook() as book:
            book.find_notebook(assignment_id, assignment_id)
    except MissingEntry as problem:
        self.log.error("%s; did you forget to run 'nbgrader generate_assignment', or to add the student?", problem)
        raise NbGraderException(str(problem)) from None
    with gradebook() as book:
        submission = book.update_or_create_submission(assignment_id, student_id, **({"timestamp": stamp} if stamp else {}))
        if stamp and submission.total_seconds_late > 0:
            self.log.warning("%s is %s seconds late", submission, submission.total_seconds_late)
    files, left_out = other_files(course, assignment_id, student_id)
    for name in left_out:
        self.log.warning("%s: left out: %s", student_id, name)
    target = Path(self._format_dest(assignment_id, student_id))
    for name, data in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).unlink(missing_ok=True)
        (target / name).write_bytes(data)


def _convert_single_notebook(self, notebook_filename: str) -> None:
    """As nbgrader's; a submission that gets no grade leaves a notebook that says why, on which a person can score."""
    from sqlalchemy.exc import OperationalError

    from .nbgrader_steps import leave_reason

    try:
        _stock["convert_single_notebook"](self, notebook_filename)
    except OperationalError:
        raise  # the gradebook's trouble, not this student's
    except Exception as problem:
        folder = Path(notebook_filename).parent
        student, lesson = folder.parent.name, folder.name
        self._sanitizing = True
        why = leave_reason(self, Course(Path(self.coursedir.root).resolve()), lesson, student, problem)
        self.without_grade[student] = why
        self.log.error("There was an error processing assignment '%s' for student '%s': %s", lesson, student, why)


def _convert_notebooks(self) -> None:
    """As nbgrader's; it fails at the end, as nbgrader does, when somebody got no grade."""
    from nbgrader.converters.base import NbGraderException

    from .nbgrader_steps import judge_again

    course = Course(Path(self.coursedir.root).resolve())
    for student in self.without_grade:  # their verdict says what is wrong, to `report` and to `export`
        judge_again(self, course, self.coursedir.assignment_id, student)
    _stock["convert_notebooks"](self)
    if self.without_grade:
        names = ", ".join(map(for_terminal, sorted(self.without_grade)))
        raise NbGraderException(
            f"{len(self.without_grade)} got no grade, everybody else did; the reasons stand above and in Formgrader: {names}"
        )
