"""Grades one notebook: `Judge` holds a sandbox and the references, `grade` turns a file into a Sheet."""

from __future__ import annotations

import gc
import hashlib
import time
from pathlib import Path

from ..engine.report import Report, Sheet, Status
from ..engine.runner import transcribe
from ..engine.transcript import Transcript
from ..exercises import find_lesson
from ..files.course import Course
from ..writing.exercise import Lesson
from . import reference, submission
from .allowance import NeedsMore, Times, Used
from .inside.confine import Limits
from .sandbox import levels
from .sandbox.process import SandboxError, Zygote
from .sandbox.runtime import hidden_places
from .session import Session
from .signing import CourseKey
from .submission import TeacherTests
from .versions import versions, with_limits, with_tests

LIMITS, TIMES = Limits(), Times()
_ATTEMPTS = 3  # a sandbox that breaks is started anew this often before the grade is given up


class Judge:
    """A judge for the course in `root` (by default the one this package lies in). Use as a context manager.

    `engine` is what runs the cells, "child" or "kernel" (see `options.ENGINES`). `level` is "auto" (the strongest that works here), "full", "standard" or "weak". `render` makes the pictures of plots. `places` looks for the lines of mistakes that have no name.
    `lessons` replaces the course's own, for tests; `tests` are the teacher's own test cells of the lesson that is graded. Entering raises `SandboxError` when the level does not hold.
    Enter it in a thread that lives as long as the judge: the kernel ends a sandbox with the thread that started it.
    """

    def __init__(
        self,
        root: str | Path | None = None,
        level: str = "auto",
        limits: Limits = LIMITS,
        times: Times = TIMES,
        render: bool = False,
        lessons: dict[str, Lesson] | None = None,
        tests: TeacherTests | None = None,
        engine: str = "child",
        places: bool = True,
    ):
        self.course = Course.at(root)
        self.level, self.limits, self.times, self.render = level, limits, times, render
        self.tests, self.engine, self.places = tests, engine, places
        self._lessons, self._references, self._versions, self._zygote = lessons, {}, {}, None
        self.allows: dict[str, dict[str, float]] = {}  # by lesson, see `Used.allows`
        self._used = Used()  # by the notebook that was judged last
        self._asked: tuple[str, int] = "", 0  # the lesson and the seed of the notebook that was judged last
        self._transcripts: dict[str, Transcript] = {}  # by exercise, for that seed

    def __enter__(self) -> Judge:
        if self.level == "auto":
            self.level = levels.best()
        self._start()
        return self

    def __exit__(self, *_) -> None:
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    def _start(self) -> None:
        self.__exit__()
        course = self.course
        data = str(course.data) if course.data.is_dir() else ""
        zygote = Zygote(self.level, self.limits, data, hidden_places(course.root), self.render, self.engine)
        self._zygote = zygote.__enter__()
        try:
            self.probed = levels.verify(self._zygote, str(course.root))
        except SandboxError:
            self.__exit__()  # or it would wait for orders as long as this process lives
            raise

    def lesson(self, name: str | Lesson) -> Lesson:
        """The lesson called `name`. Raises `LookupError` naming the lessons there are."""
        if isinstance(name, Lesson):
            return name
        return find_lesson(name, self._lessons)

    def references(self, lesson: Lesson) -> dict:
        """The reference answers of a lesson, loaded once. Raises `reference.NoReference`."""
        if lesson.name not in self._references:
            self._references[lesson.name] = reference.load(self.course.source(lesson.name), lesson)
            gc.collect()
            gc.freeze()  # what is loaded by now stays as long as the judge: no collection need look at it again
        return self._references[lesson.name]

    def learn_times(self, lesson: Lesson, seed: int = 0) -> Sheet:
        """The sheet of our own answers, which are judged like any others; from then on it is known how long they take."""
        self.allows[lesson.name] = {}
        sheet = self.grade(self.course.source(lesson.name), lesson, "", seed)
        if sheet.is_error:
            del self.allows[lesson.name]
        else:
            self.allows[lesson.name] = self._used.allows()
        return sheet

    def grade(
        self,
        path: str | Path,
        lesson: str | Lesson,
        student: str,
        seed: int | None = None,
        tests: TeacherTests | None = None,
        first: bool = False,
    ) -> Sheet:
        """Judge the notebook at `path`. Whatever the notebook is or does, a Sheet comes back, complete by exercise.

        `seed` is by default the lesson's, derived from the course's. For the rest see `grade_bytes`.
        """
        lesson = self.lesson(lesson)
        seed = CourseKey.load(self.course.root).lesson_seed(lesson.name) if seed is None else seed
        path = Path(path)
        below = self.course.hand_ins if path.is_relative_to(self.course.hand_ins) else path.parent
        try:
            data = submission.read_bytes(path, below)
        except submission.BadNotebook as problem:
            return refused(Sheet(lesson.name, student, level=self.level, seed=seed, versions=self.versions(lesson, tests)), lesson, problem)
        return self.grade_bytes(data, lesson, student, seed, tests, first)

    def grade_bytes(
        self,
        data: bytes,
        lesson: str | Lesson,
        student: str,
        seed: int,
        tests: TeacherTests | None = None,
        first: bool = False,
    ) -> Sheet:
        """Judge the notebook whose file holds `data`, on the hidden cases of `seed`: needs neither the course's key nor its folder of hand-ins.

        With `tests` the notebook runs with these test cells put back, which the sheet's versions then name; it still speaks of
        the file. The status "error" is our fault and no grade. Raises `NeedsMore` in the `first` round when the notebook needs more time than that has.
        """
        lesson = self.lesson(lesson)
        sheet = Sheet(lesson.name, student, level=self.level, seed=seed, versions=self.versions(lesson, tests))
        sheet.submission, start = hashlib.sha256(data).hexdigest(), time.perf_counter()
        try:
            references = self.references(lesson)
            if lesson.name not in self.allows:
                self.learn_times(lesson)
            read = submission.parse(data, set(lesson.exercises))
            if tests is not None:
                read = self._with_tests(data, read, tests, sheet, lesson)
            self._judge(sheet, read, lesson, references, first)
            sheet.detail = "\n".join(read.remarks[:50])
        except submission.BadNotebook as problem:
            refused(sheet, lesson, problem)
        except NeedsMore:
            raise
        except Exception as error:  # ours: told, and never a zero
            failed(sheet, lesson, f"{type(error).__name__}: {error}")
        sheet.seconds = round(time.perf_counter() - start, 4)
        return sheet

    def versions(self, lesson: Lesson, tests: TeacherTests | None = None) -> dict[str, str]:
        """What a verdict of this judge on `lesson` depends on besides the notebook, see `versions.versions`."""
        if lesson.name not in self._versions:
            self._versions[lesson.name] = with_limits(versions(self.course, lesson, self.engine), self.times.asked)
        return with_tests(self._versions[lesson.name], tests)

    @staticmethod
    def _with_tests(data: bytes, read: submission.Submission, tests: TeacherTests, sheet: Sheet, lesson: Lesson) -> submission.Submission:
        """The notebook with the teacher's test cells put back; as it is where that cannot be done, and then the sheet names no tests."""
        try:
            return submission.parse(tests.restore(data), set(lesson.exercises))
        except Exception as error:  # a notebook that nobody vouches for
            sheet.versions = {kind: version for kind, version in sheet.versions.items() if kind != "tests"}
            read.remarks.append(
                f"the test cells {', '.join(tests.names)} could not be put back ({type(error).__name__}: {error}); they were not run"
            )
            return read

    def _judge(self, sheet: Sheet, read: submission.Submission, lesson: Lesson, references: dict, first: bool) -> None:
        allows = self.allows.get(lesson.name, {})
        transcripts = self._transcripts_of(lesson, references, sheet.seed)
        for attempt in range(_ATTEMPTS):
            if self._zygote is None:
                self._start()
            last = attempt == _ATTEMPTS - 1
            session = Session(self._zygote, read, lesson, references, sheet.seed, self.times, last, allows, first, self.places, transcripts)
            try:
                if read.draws:
                    self._zygote.load_pictures()
                session.judge()
            except SandboxError:
                self.__exit__()
                if last:
                    raise
                continue
            sheet.reports = {name: session.reports[name] for name in lesson.exercises}
            sheet.outputs, self._used = session.told.outputs, session.used
            sheet.cgroup = ", ".join(self._zygote.group.holds) if self._zygote.group else ""
            return

    def _transcripts_of(self, lesson: Lesson, references: dict, seed: int) -> dict[str, Transcript]:
        """What our own answers do on the cases of `seed`, by exercise: made when a seed is asked for again, as that of a class is, before anybody's clock runs."""
        if self._asked != (lesson.name, seed):
            self._asked, self._transcripts = (lesson.name, seed), {}
        elif not self._transcripts:
            self._transcripts = {name: transcribe(exercise, references[name], seed) for name, exercise in lesson.exercises.items()}
        return self._transcripts


def refused(sheet: Sheet, lesson: Lesson, problem: submission.BadNotebook) -> Sheet:
    """`sheet`, filled in for a file that is none, or no notebook: the learner's to mend, and nothing was run."""
    missing = isinstance(problem, submission.MissingNotebook)
    sheet.status, sheet.detail = "missing" if missing else "malformed", str(problem)
    _fill(sheet, lesson, Status.MISSING if missing else Status.MALFORMED, str(problem))
    return sheet


def failed(sheet: Sheet, lesson: Lesson, detail: str) -> Sheet:
    """`sheet`, filled in with an error of ours: no grade."""
    sheet.status, sheet.detail = "error", detail
    _fill(sheet, lesson, Status.ERROR, detail)
    return sheet


def _fill(sheet: Sheet, lesson: Lesson, status: Status, detail: str) -> None:
    sheet.outputs = {}
    sheet.reports = {
        name: Report(name, exercise.points, status=status, seed=sheet.seed, detail=detail) for name, exercise in lesson.exercises.items()
    }
