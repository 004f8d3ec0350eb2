"""Our steps in nbgrader's own commands: `nbgrader autograde` restores, asks the judge, and fills in what the judge said.

nbgrader_config.py names these classes. A grade cell that nothing filled counts as full marks in nbgrader, so every step here
fails loudly rather than passing a submission on.
"""

from __future__ import annotations

import atexit
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import from_dict
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Float, Int, Unicode

from ..engine.report import Sheet
from ..files.course import Course
from ..files.notebooks import read_notebook
from ..files.settings import nbgrader_config
from ..judge import verdicts
from ..judge.options import ENGINES, LINUX_ONLY
from ..judge.signing import CourseKey
from ..judge.submission import TeacherTests, read_bytes
from ..judge.versions import versions, with_limits, with_tests
from .csv_export import CarefulExport as CarefulExport  # nbgrader_config.py names it here
from .filling import NoVerdict, fill, refuse
from .master import Master, read_master, restore
from .teacher_tests import of_master
from .ungraded import ungraded

if TYPE_CHECKING:  # the judge needs Linux; nbgrader's export and feedback, which are set up here too, do not
    from ..judge.grade import Judge


@cache
def the_judge(root: Path, level: str = "auto", engine: str = "child", seconds: float = 0.0, memory: int = 0) -> Judge:
    """The running judge of the course in `root`; it ends with this process. Raises `SandboxError` when the level does not hold."""
    from ..judge.allowance import chosen
    from ..judge.grade import Judge

    times, limits = chosen(seconds, memory)
    judge = Judge(root, level, limits, times, engine=engine).__enter__()
    atexit.register(judge.__exit__, None, None, None)
    return judge


def verdict_for(
    root: Path,
    lesson: str,
    student: str,
    level: str = "auto",
    tests: TeacherTests | None = None,
    engine: str = "child",
    seconds: float = 0.0,
    memory: int = 0,
) -> Sheet:
    """The verdict on what the student handed in: the one on file when nothing it depends on has changed, else a new one.

    `tests` are the teacher's own test cells, which run as they were released; `engine` is what runs the cells (`options.ENGINES`);
    `seconds` and `memory` are as in `allowance.chosen`.
    """
    from ..judge.coordinator import kept

    judge = the_judge(root, level, engine, seconds, memory)
    course, key = judge.course, CourseKey.load(judge.course.root)
    current = with_limits(versions(course, judge.lesson(lesson), engine), judge.times.asked)
    sheet = kept(course, lesson, student, key, with_tests(current, tests), judge.level)
    if sheet is None:
        sheet = judge.grade(course.submitted(lesson, student), lesson, student, tests=tests)
        verdicts.save(course.root, sheet, key)
    return sheet


class RepairingExporter(NotebookExporter):
    """Reads what was handed in as the judge does, so that both doors see one notebook; nbgrader's own reader is stricter."""

    def from_filename(self, filename: str, resources: dict | None = None, **kw):
        """The notebook at `filename`, repaired, through nbgrader's steps. Raises `BadNotebook`; nbgrader then fails this one."""
        path, course = Path(filename), Course.at(Path.cwd())
        below = course.hand_ins if path.is_absolute() and path.is_relative_to(course.hand_ins) else path.parent
        notebook, remarks = read_notebook(read_bytes(path, below))
        for remark in remarks:
            self.log.warning("%s: %s", path, remark)
        resources = ResourcesDict() if resources is None else resources
        resources["metadata"] = {**(resources.get("metadata") or {}), "name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(from_dict(notebook), resources, **kw)


class RestoreCells(NbGraderPreprocessor):
    """Brings a submission back to its master; in place of DeduplicateIds and OverwriteCells, on which one odd notebook ends a batch."""

    def preprocess(self, nb, resources):
        """Restore in place and log each change."""
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            master = read_master(gradebook, where["assignment"], where["notebook"])
        for change in restore(nb, master):
            self.log.warning("%s: %s", where["student"], change)
        return nb, resources


class JudgeExecute(NbGraderPreprocessor):
    """Fills the check cells with the judge's verdict; in place of Execute, which runs students' code beside the gradebook."""

    level = Unicode("auto", help="How strongly student code is confined: auto, full, standard or weak (docs/security.md)").tag(config=True)
    engine = Enum(ENGINES, "child", help="What runs the cells: child (warm, quick) or kernel (a real one)").tag(config=True)
    time = Float(0.0, help="Least processor seconds of an exercise and of a cell, as grade --time; 0: the usual ones").tag(config=True)
    memory = Int(0, help="MiB that a notebook may use, as grade --memory; 0: the usual ones").tag(config=True)

    def preprocess(self, nb, resources):
        """Judge the notebook that was handed in. Raises `NoVerdict` when it gets no grade; nbgrader then fails this one."""
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            master = read_master(gradebook, where["assignment"], where["notebook"])
        root = Path.cwd()  # nbgrader works in the course's root
        sheet = verdict_for(root, where["assignment"], where["student"], self.level, of_master(master), self.engine, self.time, self.memory)
        fill(nb, sheet, master)
        if master.foreign:
            self.log.warning("%s: the points of %s are what the student's own process said", where["student"], ", ".join(master.foreign))
        return nb, resources


def leave_reason(converter, course: Course, lesson: str, student: str, problem: Exception) -> str:
    """Write the notebook of a submission without a grade, and return the reason: the verdict's, or the `problem` that nbgrader met."""
    why, master = f"{type(problem).__name__}: {problem}", _master_of(converter, lesson)
    try:
        refuse(judge_again(converter, course, lesson, student))
    except NoVerdict as reason:
        why = str(reason)
    except Exception as error:  # ours; then nbgrader's words are all there is
        converter.log.warning("%s: %s: %s", student, type(error).__name__, error)
    ungraded(lesson, why, master).write(course.autograded(lesson, student).parent)
    return why


def judge_again(converter, course: Course, lesson: str, student: str) -> Sheet:
    """The verdict on what a student handed in, as `converter`'s settings have it; the one on file where nothing has changed."""
    step = JudgeExecute(parent=converter)
    return verdict_for(course.root, lesson, student, step.level, of_master(_master_of(converter, lesson)), step.engine)


def _master_of(converter, lesson: str) -> Master:
    with Gradebook(converter.coursedir.db_url, converter.coursedir.course_id) as gradebook:
        return read_master(gradebook, lesson, lesson)


def forget_old_grades(assignment: str, student: str, notebooks: list[str]) -> None:
    """nbgrader's hook before a submission is graded: takes its earlier grade back, so that none outlives a failure.

    Then the judge looks at the file, because nbgrader gives up on a renamed or malformed one before it comes to `JudgeExecute`,
    and what is wrong with it would be told nowhere. Where the judge cannot run, one sentence ends the command and no grade is touched.
    """
    if sys.platform != "linux":
        sys.exit(LINUX_ONLY)  # nbgrader would pass over an exception of a hook
    from .registration import open_gradebook

    step = JudgeExecute(config=nbgrader_config(Course(Path.cwd())))  # as the step itself will be, so that its verdict is this one
    course, names = Course(Path.cwd()), {Path(path).parent.parent.name for path in notebooks}
    with open_gradebook(course) as gradebook:
        try:
            tests = of_master(read_master(gradebook, assignment, assignment))
        except MissingEntry:
            tests = None  # nbgrader will say that it does not know the assignment
        for name in names:
            try:
                submission = gradebook.find_submission(assignment, name)
            except MissingEntry:
                continue  # never graded
            for notebook in submission.notebooks:
                notebook.late_submission_penalty = None
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = None, True
                for comment in notebook.comments:
                    comment.auto_comment = None
        gradebook.db.commit()
    for name in names:
        verdict_for(course.root, assignment, name, step.level, tests, step.engine)
