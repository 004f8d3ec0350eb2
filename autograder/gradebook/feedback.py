"""Feedback for a class: a page for each student, written by several processes, without a kernel and without nbconvert.

Theory of operation. What all pages share (the gradebook's scores and comments, the roster, the lesson's own cells) is read once; then processes
that were forked with it make pages from verdicts and autograded notebooks, each by itself. Everybody gets a page: whoever has no grade is told
why. The pages lie where nbgrader's feedback lies, so that `nbgrader release_feedback` gives them out.
"""

from __future__ import annotations

import contextlib
import functools
import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.report import Status
from ..exercises import lesson as lesson_called
from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.names import for_file
from ..files.plain_files import read_plain
from ..files.settings import PRIVATE
from ..intake.roster import Roster, RosterError, load_roster
from ..writing.exercise import Lesson
from .elsewhere import other_lessons
from .feedback_page import Feedback, Why, page
from .filling import NoVerdict, refuse
from .final_scores import NOT_ENTERED, GradebookScores, NotEntered, points_of
from .grades import ClassVerdicts

_EXCHANGE = ("timestamp.txt", "submission_secret.txt")  # nbgrader's: which hand-in a page is about
_MOST = 64 << 20  # bytes of an autograded notebook, pictures included
_NAMED = 3  # other notebooks in a hand-in
_WORTH_A_PROCESS = 20  # students; for fewer, starting it costs more than it saves


@dataclass
class Written:
    """What became of the pages, by student: `why` there is no grade, where there is none. `pages` counts them; `ours` are told like a grade's errors."""

    pages: int = 0
    why: dict[str, str] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)


class ClassFeedback:
    """What the pages of one lesson share. Raises `LookupError` for a lesson that was not released, and what opening the gradebook raises."""

    def __init__(self, course: Course, lesson: str):
        if not course.release(lesson).is_file():
            there = sorted(path.parent.name for path in course.notebooks.glob("*/*.ipynb"))
            raise LookupError(f"there is no lesson {lesson!r} in {course.notebooks}; there are {', '.join(there) or 'none'}")
        self.course, self.lesson = course, lesson
        self.verdicts = ClassVerdicts(course, lesson)
        self.known, self.after = _called(lesson), _after(course, lesson)
        self.roster = _roster(course)
        self.released = frozenset("".join(cell["source"]) for cell in json.loads(course.release(lesson).read_bytes())["cells"])
        self.scores: GradebookScores | None = None
        with contextlib.suppress(NotEntered):
            self.scores = GradebookScores(course, lesson)

    def students(self) -> list[str]:
        """Everybody who gets a page: who handed in, and who is on the roster."""
        return sorted({*self._handed_in, *(self.roster.by_id if self.roster else ())})

    def of(self, student: str) -> tuple[Feedback, str]:
        """What the student is told, and what the teacher should know of it ("" for a grade)."""
        person = self.roster.by_id.get(student) if self.roster else None
        told = Feedback(self.lesson, student, str(person) if person else student, Why.OURS, self.known, self.after, released=self.released)
        if student not in self._handed_in:
            told.why = Why.ABSENT
            return told, "nothing was handed in"
        try:
            sheet = self.verdicts.read(student)
            graded = sheet.status == "graded" or sheet.is_error
            if self.scores is not None:
                told.score, told.comments = self.scores.of(student, sheet.status, points_of(sheet)), self.scores.comments(student)
            elif graded:
                raise NotEntered(NOT_ENTERED)
            if not graded:
                told.why, told.detail = Why.MISSING if sheet.status == "missing" else Why.UNREADABLE, sheet.detail + self._instead(student)
                return told, f"{sheet.status}: {sheet.detail}"
            refuse(sheet)
            told.cells = self._cells(student)
        except (NoVerdict, NotEntered) as reason:
            told.score = None
            return told, str(reason)
        told.why, told.sheet = Why.GRADED, sheet
        if not any(report.points or report.status is not Status.MISSING for report in sheet.reports.values()):
            told.others = other_lessons(self.course, self.lesson, student)
        return told, ""

    def _instead(self, student: str) -> str:
        """Which other notebooks came where the lesson's own should lie."""
        own = self.course.submitted(self.lesson, student)
        with contextlib.suppress(OSError):
            others = sorted(name for name in os.listdir(own.parent) if name.endswith(".ipynb") and name != own.name)
            return f"; what came is {', '.join(others[:_NAMED])}" if others and not own.is_file() else ""
        return ""

    @functools.cached_property
    def _handed_in(self) -> frozenset[str]:
        return frozenset(self.verdicts.students())

    def _cells(self, student: str) -> list[dict]:
        """The cells of the autograded notebook. Raises `NotEntered` where there is none to read."""
        path = self.course.autograded(self.lesson, student)
        try:
            cells = json.loads(read_plain(path, self.course.work, _MOST))["cells"]
            for cell in cells:
                cell["source"] = "".join(cell["source"])
            return cells
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise NotEntered(f"the graded notebook cannot be read ({type(problem).__name__}: {problem}); grade again") from None


def write_feedback(course: Course, lesson: str, *, to: Path | None = None, only: list[str] | None = None, jobs: int = 0) -> Written:
    """Write the pages of a lesson, of all students or of those in `only`: where nbgrader has them, or as STUDENT.html into the folder `to`.

    Nobody's page stops another's. Raises `LookupError` for an unknown lesson or student, `GradebookError`, `KeyProblem` and `OSError`.
    """
    shared = ClassFeedback(course, lesson)
    students = shared.students()
    if unknown := sorted(set(only or ()) - set(students)):
        raise LookupError(f"{', '.join(map(repr, unknown))} neither handed in {lesson} nor is on the roster; look below {course.hand_ins}")
    students = sorted(set(only)) if only else students
    result = Written()
    jobs = jobs or min(os.cpu_count() or 1, 1 + len(students) // _WORTH_A_PROCESS)
    with _workers(functools.partial(_write, shared, to), students, jobs) as each:
        for student, (why, noted) in zip(students, each):
            result.pages += 1
            if why is Why.ABSENT:
                result.absent.append(student)
            elif why is Why.OURS:
                result.ours[student] = noted
            elif why is not Why.GRADED:
                result.why[student] = noted
    return result


def path_of(course: Course, lesson: str, student: str, to: Path | None = None) -> Path:
    """Where a student's page lies."""
    return to / f"{for_file(student)}.html" if to else course.feedback(lesson, student)


def beside(course: Course, lesson: str, student: str) -> None:
    """Copy beside the page what nbgrader's exchange finds the hand-in by: its time and its secret. Links and pipes are not followed."""
    for name in _EXCHANGE:
        target = course.feedback(lesson, student).with_name(name)
        try:
            data = read_plain(course.submitted(lesson, student).with_name(name), course.hand_ins, 1000)
        except OSError:
            target.unlink(missing_ok=True)
        else:
            write_atomically(target, data, PRIVATE)


def made(shared: ClassFeedback, student: str) -> tuple[Why, str, str]:
    """A student's page: what it is about, what the teacher should know of it, and the HTML. Whatever fails is ours, and this student's alone."""
    try:
        told, noted = shared.of(student)
        return told.why, noted, page(told)
    except Exception as error:
        told = Feedback(shared.lesson, student, student, Why.OURS, shared.known)
        return told.why, f"the page failed ({type(error).__name__}: {error})", page(told)


def _write(shared: ClassFeedback, to: Path | None, student: str) -> tuple[Why, str]:
    why, noted, html = made(shared, student)
    write_atomically(path_of(shared.course, shared.lesson, student, to), html, PRIVATE)
    if to is None:
        beside(shared.course, shared.lesson, student)
    return why, noted


def _called(lesson: str) -> Lesson | None:
    try:
        return lesson_called(lesson)
    except LookupError:
        return None  # a teacher's own


def _after(course: Course, lesson: str) -> Lesson | None:
    later = sorted(path.parent.name for path in course.notebooks.glob("*/*.ipynb") if path.stem == path.parent.name > lesson)
    return _called(later[0]) if later else None


def _roster(course: Course) -> Roster | None:
    try:
        return load_roster(course)
    except RosterError:
        return None  # `grade` and the report say so; ids will do for the pages


@contextlib.contextmanager
def _workers(one: Callable[[str], tuple[Why, str]], students: list[str], jobs: int) -> Iterator:
    """The results of `one` for each student, in order, made in this process or in several."""
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield map(one, students)
        return
    with multiprocessing.get_context("fork").Pool(jobs, _start, (one,)) as pool:
        yield pool.imap(_go, students, chunksize=4)


def _start(one) -> None:
    global _one  # set in a worker only: what all pages share is handed over once, not with every student
    _one = one


def _go(student: str) -> tuple[Why, str]:
    return _one(student)


def counted(result: Written) -> str:
    """How many pages tell what, in a line."""
    kinds = Counter(graded=result.pages - len(result.why) - len(result.ours) - len(result.absent))
    kinds |= Counter(
        {"that could not be graded": len(result.why), "not graded yet": len(result.ours), "without a hand-in": len(result.absent)}
    )
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
