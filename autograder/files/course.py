"""The folders of a course: the one place that knows where what lies."""

from __future__ import annotations

import os
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
        return self.solutions / f"{lesson}.py"

    def source(self, lesson: str) -> Path:
        """The source notebook: with answers."""
        return self.solutions / lesson / f"{lesson}.ipynb"

    def release(self, lesson: str) -> Path:
        """The released notebook: with stubs."""
        return self.notebooks / lesson / f"{lesson}.ipynb"

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
        return self.hand_ins / student / lesson / f"{lesson}.ipynb"

    def students(self, lesson: str) -> list[str]:
        """Everyone who has a folder for this lesson in work/submitted, in order."""
        submitted = self.hand_ins
        names = os.listdir(submitted) if submitted.is_dir() else []
        return sorted(name for name in names if not name.startswith(".") and (submitted / name / lesson).is_dir())

    def autograded(self, lesson: str, student: str) -> Path:
        """The handed-in notebook with the judge's outputs, as Formgrader and feedback read it."""
        return self.work / "autograded" / student / lesson / f"{lesson}.ipynb"

    @property
    def reports(self) -> Path:
        """Class reports and exported grades."""
        return self.work / "reports"
