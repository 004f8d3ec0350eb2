"""Where the course keeps its files, and how they are written: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Course:
    """The folders of a course below its root, as `nbgrader_config.py` maps them."""

    root: Path

    @property
    def solutions(self) -> Path:
        """Lessons as text, and the source notebooks built from them."""
        return self.root / "solutions"

    @property
    def notebooks(self) -> Path:
        """What learners open."""
        return self.root / "notebooks"

    @property
    def study(self) -> Path:
        """The learner's own copies."""
        return self.root / "study"

    @property
    def work(self) -> Path:
        """Submissions, verdicts, grades: everything that is not in the repository."""
        return self.root / "work"

    def text(self, lesson: str) -> Path:
        """The lesson as people write it."""
        return self.solutions / f"{lesson}.py"

    def source(self, lesson: str) -> Path:
        """The source notebook: with answers."""
        return self.solutions / lesson / f"{lesson}.ipynb"

    def release(self, lesson: str) -> Path:
        """The released notebook: with stubs."""
        return self.notebooks / lesson / f"{lesson}.ipynb"

    def submitted(self, lesson: str, student: str) -> Path:
        """What a student handed in."""
        return self.work / "submitted" / student / lesson / f"{lesson}.ipynb"

    def autograded(self, lesson: str, student: str) -> Path:
        """The handed-in notebook with the judge's outputs, as Formgrader and feedback read it."""
        return self.work / "autograded" / student / lesson / f"{lesson}.ipynb"

    @property
    def gradebook(self) -> str:
        """The URL of nbgrader's database."""
        return f"sqlite:///{(self.work / 'gradebook.db').resolve()}"


def repository() -> Course:
    """The course this package lies in."""
    return Course(Path(__file__).resolve().parents[2])


def write_whole(path: Path, data: bytes | str, mode: int = 0o644) -> None:
    """Write `data` to `path` so that a reader, or a crash, sees the old file or the new one and nothing between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
        os.chmod(name, mode)  # mkstemp makes files that only their owner can read
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def nbgrader_config(course: Course):
    """The course's `nbgrader_config.py` as a traitlets Config. Raises `FileNotFoundError` where it is missing."""
    from traitlets.config import PyFileConfigLoader

    path = course.root / "nbgrader_config.py"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: it maps the course's folders; copy it from the repository")
    return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
