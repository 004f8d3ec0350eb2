"""The folders of a course: the one place that knows where what lies."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

# What a student may get, and all of it: no answer may stand here. solutions/ and tests/ hold answers and are the teacher's.
HANDOUT = (
    "notebooks",
    "autograder",
    "explorers",
    "data",
    "docs",
    "README.md",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
    "requirements.txt",
    "nbgrader_config.py",
)
_NO_PART = {"__pycache__", ".ipynb_checkpoints"}
_LESSON = re.compile(r"\w[\w.-]*")


def lesson_name(name: str) -> str:
    """`name`, which must be a lesson's name and no path. Raises `LookupError` saying so."""
    if not _LESSON.fullmatch(name):
        raise LookupError(f"{name!r} is no lesson's name; write for example 01_derivative")
    return name


def lies_there(path: Path) -> bool:
    """Whether something lies at `path`, a link or whatever; in a folder that nobody can look into, it may."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


@dataclass(frozen=True)
class Course:
    """The folders of a course below its root, as `nbgrader_config.py` maps them."""

    root: Path

    @classmethod
    def at(cls, root: str | Path | None = None) -> Course:
        """The course in `root`; without one, the course this package lies in."""
        return cls(Path(root).resolve() if root else Path(__file__).resolve().parents[2])

    @property
    def solutions(self) -> Path:
        """Lessons as text, and the source notebooks built from them."""
        return self.root / "solutions"

    @property
    def notebooks(self) -> Path:
        """What learners open."""
        return self.root / "notebooks"

    @property
    def data(self) -> Path:
        """The data sets."""
        return self.root / "data"

    @property
    def study(self) -> Path:
        """The learner's own copies."""
        return self.root / "study"

    @property
    def work(self) -> Path:
        """Submissions, verdicts, grades: everything that is not in the repository."""
        return self.root / "work"

    def handout(self) -> list[Path]:
        """The files that a student may get, in order: those of `HANDOUT`, without caches."""
        found = [path for name in HANDOUT for path in (self.root / name, *(self.root / name).rglob("*"))]
        return sorted(path for path in found if path.is_file() and not _NO_PART.intersection(path.parts))

    def text(self, lesson: str) -> Path:
        """The lesson as people write it."""
        return self.solutions / f"{lesson_name(lesson)}.py"

    def source(self, lesson: str) -> Path:
        """The source notebook: with answers."""
        return self.solutions / lesson_name(lesson) / f"{lesson}.ipynb"

    def release(self, lesson: str) -> Path:
        """The released notebook: with stubs."""
        return self.notebooks / lesson_name(lesson) / f"{lesson}.ipynb"

    @property
    def hand_ins(self) -> Path:
        """Where everything lies that was handed in: from here on nobody vouches for anything."""
        return self.work / "submitted"

    @property
    def roster(self) -> Path:
        """Who is in the class: written by `take-in --roster`, read by whatever says who is missing."""
        return self.work / "roster.json"

    def taken_in(self, lesson: str) -> Path:
        """Every attempt that came in through `take-in`, the counted one included, and the log."""
        return self.work / "taken-in" / lesson

    def submitted(self, lesson: str, student: str) -> Path:
        """What a student handed in."""
        return self.hand_ins / student / lesson_name(lesson) / f"{lesson}.ipynb"

    def students(self, lesson: str) -> list[str]:
        """Everyone who has something called `lesson` in a folder of their own in work/submitted, in order; hidden folders are not looked into.

        What it is does not matter, and neither does whether it can be read: who handed in what cannot be graded must be told so.
        Raises `OSError` where work/submitted itself cannot be read, `LookupError` for what is no lesson's name.
        """
        lesson = lesson_name(lesson)
        try:
            names = os.listdir(self.hand_ins)
        except FileNotFoundError:
            return []
        return sorted(name for name in names if not name.startswith(".") and lies_there(self.hand_ins / name / lesson))

    def autograded(self, lesson: str, student: str) -> Path:
        """The handed-in notebook with the judge's outputs, as Formgrader and feedback read it."""
        return self.work / "autograded" / student / lesson_name(lesson) / f"{lesson}.ipynb"

    @property
    def reports(self) -> Path:
        """Class reports and exported grades."""
        return self.work / "reports"

    def report(self, lesson: str, kind: str) -> Path:
        """A lesson's class report (`kind` "html") or exported grades ("csv")."""
        return self.reports / f"{lesson_name(lesson)}.{kind}"
