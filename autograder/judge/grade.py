"""Grades one notebook: `Judge` holds a sandbox and the references, `grade` turns a file into a Sheet."""

from __future__ import annotations

import gc
import hashlib
import inspect
import platform
import time
from importlib import metadata
from pathlib import Path

import numpy as np

from ..engine.report import Report, Sheet, Status
from ..writing.exercise import Lesson
from . import reference, submission
from .inside.confine import Limits
from .own_tests import OwnTests
from .remote import Times
from .sandbox import levels
from .sandbox.process import SandboxError, Zygote
from .session import Session
from .verdicts import Course

_PACKAGE = Path(__file__).resolve().parent.parent
LIMITS, TIMES = Limits(), Times()
_ATTEMPTS = 3  # a sandbox that breaks is started anew this often before the grade is given up


class Judge:
    """A judge for the course in `root` (by default the one this package lies in). Use as a context manager.

    `engine` is what runs the cells, "child" or "kernel" (see `sandbox.ENGINES`). `level` is "auto" (the strongest that works here), "full", "standard" or "weak". `render` makes the pictures of plots.
    `lessons` replaces the course's own, for tests; `own` are the teacher's test cells of the lesson that is graded. Entering raises `SandboxError` when the level does not hold.
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
        own: OwnTests | None = None,
        engine: str = "child",
    ):
        self.root = Path(root) if root is not None else _PACKAGE.parent
        self.level, self.limits, self.times, self.render = level, limits, times, render
        self.own, self.engine = own, engine
        self._lessons, self._references, self._versions, self._zygote = lessons, {}, {}, None

    def __enter__(self) -> Judge:
        if self.level == "auto":
            self.level = levels.best()
        self.course = Course.load(self.root)
        self._start()
        return self

    def __exit__(self, *_) -> None:
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    def _start(self) -> None:
        self.__exit__()
        data = self.root / "data"
        zygote = Zygote(self.level, self.limits, str(data) if data.is_dir() else "", hidden_places(self.root), self.render, self.engine)
        self._zygote = zygote.__enter__()
        self.probed = levels.verify(self._zygote, str(self.root))

    def lesson(self, name: str | Lesson) -> Lesson:
        """The lesson called `name`. Raises `LookupError` naming the lessons there are."""
        if isinstance(name, Lesson):
            return name
        return find_lesson(name, self._lessons)

    def references(self, lesson: Lesson) -> dict:
        """The reference answers of a lesson, loaded once. Raises `reference.NoReference`."""
        if lesson.name not in self._references:
            self._references[lesson.name] = reference.load(solution_path(self.root, lesson.name), lesson)
            gc.collect()
            gc.freeze()  # what is loaded by now stays as long as the judge: no collection need look at it again
        return self._references[lesson.name]

    def grade(self, path: str | Path, lesson: str | Lesson, student: str, seed: int | None = None, own: OwnTests | None = None) -> Sheet:
        """Judge the notebook at `path`. Whatever the notebook is or does, a Sheet comes back, complete by exercise.

        `seed` is by default the student's own, derived from the course's. With `own` the notebook runs with these
        test cells put back, which the sheet's versions then name; it still speaks of the file. The status "error" is our
        fault and no grade.
        """
        lesson = self.lesson(lesson)
        seed = self.course.student_seed(lesson.name, student) if seed is None else seed
        if lesson.name not in self._versions:
            self._versions[lesson.name] = versions(self.root, lesson, self.engine)
        sheet = Sheet(lesson.name, student, level=self.level, seed=seed, versions=with_tests(self._versions[lesson.name], own))
        start = time.perf_counter()
        try:
            references = self.references(lesson)
            data = submission.read_bytes(path)
            read = submission.parse(data, set(lesson.exercises))
            sheet.submission = read.sha256
            if own is not None:
                read = self._with_own(data, read, own, sheet, lesson)
            self._judge(sheet, read, lesson, references)
            sheet.detail = "\n".join(read.remarks[:50])
        except submission.BadNotebook as problem:
            missing = isinstance(problem, submission.MissingNotebook)
            sheet.status, sheet.detail = "missing" if missing else "malformed", str(problem)
            sheet.submission = "" if missing else fingerprint(path)
            self._fill(sheet, lesson, Status.MISSING if missing else Status.MALFORMED, str(problem))
        except Exception as error:  # ours: told, and never a zero
            sheet.status, sheet.detail = "error", f"{type(error).__name__}: {error}"
            sheet.submission = sheet.submission or fingerprint(path)
            self._fill(sheet, lesson, Status.ERROR, sheet.detail)
        sheet.seconds = round(time.perf_counter() - start, 4)
        return sheet

    @staticmethod
    def _with_own(data: bytes, read: submission.Submission, own: OwnTests, sheet: Sheet, lesson: Lesson) -> submission.Submission:
        """The notebook with the teacher's test cells put back; as it is where that cannot be done, and then the sheet names no tests."""
        try:
            return submission.parse(own.restore(data), set(lesson.exercises))
        except Exception as error:  # a notebook that nobody vouches for
            sheet.versions = {kind: version for kind, version in sheet.versions.items() if kind != "tests"}
            read.remarks.append(
                f"the test cells {', '.join(own.names)} could not be put back ({type(error).__name__}: {error}); they were not run"
            )
            return read

    def _judge(self, sheet: Sheet, read: submission.Submission, lesson: Lesson, references: dict) -> None:
        for attempt in range(_ATTEMPTS):
            if self._zygote is None:
                self._start()
            session = Session(self._zygote, read, lesson, references, sheet.seed, self.times)
            try:
                if read.draws:
                    self._zygote.load_pictures()
                session.judge()
            except SandboxError:
                self.__exit__()
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            sheet.reports = {name: session.reports[name] for name in lesson.exercises}
            sheet.outputs = session.outputs
            sheet.cgroup = ", ".join(self._zygote.group.holds) if self._zygote.group else ""
            return

    @staticmethod
    def _fill(sheet: Sheet, lesson: Lesson, status: Status, detail: str) -> None:
        sheet.outputs = {}
        sheet.reports = {
            name: Report(name, exercise.points, status=status, seed=sheet.seed, detail=detail)
            for name, exercise in lesson.exercises.items()
        }


def find_lesson(name: str, lessons: dict[str, Lesson] | None = None) -> Lesson:
    """The lesson called `name`, of the course unless `lessons` are given. Raises `LookupError` naming the lessons there are."""
    if lessons is None:
        from ..exercises import lesson

        return lesson(name)
    if name not in lessons:
        raise LookupError(f"no lesson is called {name!r}; there are {', '.join(lessons)}")
    return lessons[name]


def solution_path(root: Path, lesson: str) -> Path:
    """Where the solutions notebook of a lesson lies."""
    return root / "solutions" / lesson / f"{lesson}.ipynb"


def submission_path(root: Path, lesson: str, student: str) -> Path:
    """Where a student's notebook lies."""
    return root / "work" / "submitted" / student / lesson / f"{lesson}.ipynb"


def hidden_places(root: Path) -> tuple[str, ...]:
    """What no child may read, wherever it lies."""
    return tuple(map(str, (_PACKAGE, *(root / name for name in ("solutions", "work", "tests", "autograder", ".git")))))


def fingerprint(path: str | Path) -> str:
    """The SHA-256 of a file's bytes, "" for what cannot be read."""
    try:
        return hashlib.sha256(submission.read_bytes(path)).hexdigest()
    except submission.BadNotebook:
        return ""


def versions(root: Path, lesson: Lesson, engine: str = "child") -> dict[str, str]:
    """The hashes of what judges: the lesson's exercises, the core they share, the reference, the environment, and what ran the cells."""
    core = sorted([*_PACKAGE.glob("*.py"), *_PACKAGE.glob("programs/*.py"), *_PACKAGE.glob("judge/*.py")])
    functions = [check.function for exercise in lesson.exercises.values() for check in exercise.checks]
    functions += [exercise.make_cases for exercise in lesson.exercises.values() if exercise.make_cases]
    own = sorted({inspect.getsourcefile(function) for function in functions} - {None})
    return {
        "exercises": _hash(own),
        "core": _hash(core),
        "reference": _hash([solution_path(root, lesson.name)]),
        "environment": f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}",
        "engine": "warm child" if engine == "child" else engine_version(),
    }


def engine_version() -> str:
    """The kernel that is installed here, as it stands in verdicts."""
    try:
        return f"ipykernel {metadata.version('ipykernel')}"
    except metadata.PackageNotFoundError:
        return "ipykernel"


def with_tests(known: dict[str, str], own: OwnTests | None) -> dict[str, str]:
    """`versions` with that of the teacher's own test cells, where there are any."""
    return known if own is None else {**known, "tests": own.digest}


def _hash(paths) -> str:
    total = hashlib.sha256()
    for path in paths:
        try:
            total.update(hashlib.sha256(Path(path).read_bytes()).digest())
        except OSError:
            total.update(b"-")
    return total.hexdigest()[:16]
