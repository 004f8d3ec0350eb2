"""The folders of a course: the one place that knows where what lies."""

from __future__ import annotations

import functools
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

# What anybody may read of the repository: no answer may stand here. solutions/ and tests/ hold answers and are the teacher's.
PUBLIC = (
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
SETTINGS = "nbgrader_config.py"  # a teacher's course folder has one
LOCAL = "local.toml"  # what is this machine's or this class's alone; git does not track it, and there need be none
_LOCAL_KEYS = {"work": str, "nbgrader": dict, "cluster": dict}
_CLUSTER_KEYS = {"ca", "cert", "key"}
# in an installed package, and there alone: the notebooks and data that went into the wheel
PACKAGED = Path(__file__).resolve().parents[1] / "handout"
_LESSON = re.compile(r"\w[\w.-]*")


class NoCourse(LookupError):
    """The command needs a course folder, and this is none. The text says where was looked and what to do."""


class SettingsError(ValueError):
    """The course's settings, `nbgrader_config.py` or `local.toml`, are missing or wrong. The message says what to do."""


def local_settings(root: Path) -> dict:
    """What ``local.toml`` in the course's folder says; nothing where there is none.

    ``work`` is where submissions, verdicts and grades lie (default: ``work``, beside the file); a table ``[nbgrader.Exchange]`` sets traits of nbgrader's class
    Exchange; ``[cluster]`` holds the files of ``grade --cluster``. Raises `SettingsError` for what cannot be read and for other keys.
    """
    path = root / LOCAL
    try:
        found = path.stat()
    except OSError as problem:
        if not lies_there(path):
            return {}
        raise SettingsError(f"{path} cannot be used ({problem}); mend it, or remove it") from None
    return _read_local(path, found.st_mtime_ns, found.st_size)


@functools.lru_cache(maxsize=16)
def _read_local(path: Path, _changed: int, _size: int) -> dict:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise SettingsError(f"{path} cannot be used ({problem}); mend it, or remove it") from None
    for key, value in data.items():
        if key not in _LOCAL_KEYS or not isinstance(value, _LOCAL_KEYS[key]):
            raise SettingsError(
                f'{path} has no setting {key} = {value!r}; it knows work = "FOLDER", and the tables [nbgrader.CLASS] and [cluster]'
            )
    for name, traits in data.get("nbgrader", {}).items():
        if not isinstance(traits, dict):
            raise SettingsError(
                f"{path} has nbgrader.{name} = {traits!r}; write a table of one of nbgrader's classes, for example [nbgrader.Exchange]"
            )
    for name, file in data.get("cluster", {}).items():
        if name not in _CLUSTER_KEYS or not isinstance(file, str):
            raise SettingsError(f"{path} has {name} = {file!r} under [cluster]; write there the files ca, cert and key")
    return data


def work_of(root: str | Path) -> Path:
    """Where everything of a course lies that is not in the repository: submissions, verdicts, grades. Raises `SettingsError`."""
    return _work_at(Path(root), local_settings(Path(root)).get("work", "work"))


@functools.lru_cache(maxsize=16)
def _work_at(root: Path, said: str) -> Path:
    try:
        work = Path(os.path.normpath(root / Path(said).expanduser()))
    except RuntimeError as problem:  # the home of somebody who is not there
        raise SettingsError(f"{root / LOCAL} sets work = {said!r}, which is no place ({problem}); name a folder") from None
    # it is closed to others, and what lies in it is nobody's to read: never the course, what the course lies in, or what is handed out
    here, there = Path(os.path.abspath(root)), Path(os.path.abspath(work))
    if here.is_relative_to(there) or any(there.is_relative_to(here / name) for name in (*PUBLIC, "solutions")):
        raise SettingsError(
            f"{root / LOCAL} sets work = {said!r}: that is the course's own folder, holds it, or is a part of it; name one for work alone"
        )
    return work


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
        """The course in `root`; without one, the course this package lies in, or, where it was installed, the one around the working folder.

        Raises `NoCourse` when the package was installed and `root`, or every folder from here upwards, is no teacher's course.
        """
        here = Path(root).resolve() if root else Path.cwd()
        if not here.is_dir():
            raise NoCourse(f"there is no folder {here}; name the course's: --course DIR before the command")
        if not PACKAGED.is_dir():
            return cls(here if root else Path(__file__).resolve().parents[2])
        for folder in (here,) if root else (here, *here.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder)
        raise NoCourse(
            f"{here} is {'no' if root else 'in no'} course folder: {SETTINGS}, which maps a teacher's folders, is not there. "
            "Go to the course, or name it before the command: --course DIR. (`study` and `check` need none.)"
        )

    @property
    def solutions(self) -> Path:
        """Lessons as text, and the source notebooks built from them."""
        return self.root / "solutions"

    @property
    def notebooks(self) -> Path:
        """What learners open."""
        return self.root / "notebooks"

    @property
    def handed_out(self) -> Path:
        """Whence a learner gets copies: these notebooks or, where there are none, those inside the installed package."""
        return self.notebooks if self.notebooks.is_dir() or not PACKAGED.is_dir() else PACKAGED / "notebooks"

    @property
    def data(self) -> Path:
        """The data sets."""
        return self.root / "data"

    @property
    def study(self) -> Path:
        """The learner's own copies."""
        return self.root / "study"

    @functools.cached_property
    def work(self) -> Path:
        """Submissions, verdicts, grades: everything that is not in the repository. A course asks ``local.toml`` once: a command on ten thousand hand-ins goes through here for each."""
        return work_of(self.root)

    def public(self) -> list[Path]:
        """The files that anybody may read, in order: those of `PUBLIC`, without caches."""
        found = [path for name in PUBLIC for path in (self.root / name, *(self.root / name).rglob("*"))]
        return sorted(path for path in found if path.is_file() and not _NO_PART.intersection(path.parts))

    def released(self, lesson: str) -> list[Path]:
        """What students get of a lesson, in order: the files in notebooks/ whose counterpart lies in solutions/, by name; hidden ones never."""
        folder = self.notebooks / lesson
        return [path for path in _visible(folder) if (self.solutions / lesson / path.relative_to(folder)).is_file()]

    def strangers(self, lesson: str) -> list[Path]:
        """What lies among a lesson's released files and is none, in order; hidden files, which nobody releases, aside."""
        return sorted({*_visible(self.notebooks / lesson)} - {*self.released(lesson)})

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
        return Path(self.hand_ins, student, lesson_name(lesson), f"{lesson}.ipynb")

    def students(self, lesson: str) -> list[str]:
        """Everyone who has something called `lesson` in a folder of their own in work/submitted, in order; hidden folders are not looked into.

        What it is does not matter, and neither does whether it can be read: who handed in what cannot be graded must be told so.
        Raises `OSError` where work/submitted itself cannot be read, `LookupError` for what is no lesson's name.
        """
        lesson = lesson_name(lesson)
        folder = self.hand_ins
        try:
            names = os.listdir(folder)
        except FileNotFoundError:
            return []
        return sorted(name for name in names if not name.startswith(".") and lies_there(folder / name / lesson))

    def autograded(self, lesson: str, student: str) -> Path:
        """The handed-in notebook with the judge's outputs, as Formgrader and feedback read it."""
        return Path(self.work, "autograded", student, lesson_name(lesson), f"{lesson}.ipynb")

    def feedback(self, lesson: str, student: str) -> Path:
        """A student's feedback page, where nbgrader's exchange looks for it."""
        return self.work / "feedback" / student / lesson_name(lesson) / f"{lesson}.html"

    @property
    def reports(self) -> Path:
        """Class reports and exported grades."""
        return self.work / "reports"

    def report(self, lesson: str, kind: str) -> Path:
        """A lesson's class report (`kind` "html") or exported grades ("csv")."""
        return self.reports / f"{lesson_name(lesson)}.{kind}"


def _visible(folder: Path) -> list[Path]:
    """The plain files below a folder, in order, without links and without whatever is hidden or a cache."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and not any(part.startswith(".") or part in _NO_PART for part in path.relative_to(folder).parts)
    )
