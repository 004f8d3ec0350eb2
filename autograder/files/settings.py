"""The course's settings: `nbgrader_config.py`, which nbgrader's own commands read as well."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .course import Course, SettingsError, work_of

PRIVATE = 0o640  # of files with grades in them: nobody but the owner and their group reads them, whatever the umask


def nbgrader_config(course: Course):
    """The settings as a traitlets Config. Raises `SettingsError` where the file is missing, cannot be run, or maps other folders."""
    from traitlets.config import PyFileConfigLoader

    path = course.root / "nbgrader_config.py"
    if not path.exists():
        raise SettingsError(f"{path} is missing: it maps the course's folders; copy it from the repository")
    try:
        config = PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
    except Exception as error:  # whatever a teacher wrote into it
        raise SettingsError(
            f"{path} cannot be used ({type(error).__name__}: {error}); mend it, or copy it from the repository again"
        ) from error
    for name, folder in {
        "source": course.solutions,
        "release": course.notebooks,
        "submitted": course.hand_ins,
        "autograded": course.work / "autograded",
    }.items():
        given = config.CourseDirectory.get(f"{name}_directory", str(folder))
        if not isinstance(given, str) or (course.root / given).resolve() != folder.resolve():
            shown = str(folder.relative_to(course.root)) if folder.is_relative_to(course.root) else str(folder)
            raise SettingsError(f"{path} sets {name}_directory to {given!r}; in this course it must be {shown!r}")
    return config


def gradebook_url(course: Course) -> str:
    """The URL of nbgrader's database, as the settings have it."""
    return nbgrader_config(course).CourseDirectory.get("db_url", sqlite_url(course.work / "gradebook.db"))


def sqlite_url(path: Path) -> str:
    """The URL of the SQLite file at `path`, an absolute path, for SQLAlchemy (2.1 or newer, which decodes this part) and nbgrader."""
    # only what would be misread: `nbgrader db upgrade` takes this part for a path as it is
    return "sqlite:///" + str(path).replace("%", "%25").replace("?", "%3F")


def private_work(root: Path, gradebook: bool = True) -> None:
    """Make work/ and, in it, an empty `gradebook` where there is none (SQLite takes it for a new one), closed to others whatever the umask.

    Without `gradebook` only one that is there is closed: reading nbgrader's settings, as building does, makes none.
    What cannot be made or closed is left as it is: whoever needs it says what is wrong with it.
    """
    work = work_of(root)
    try:
        work.mkdir(mode=0o750, parents=True, exist_ok=True)
        if gradebook and not (work / "gradebook.db").exists():
            os.close(os.open(work / "gradebook.db", os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        for path in filter(Path.exists, (work, work / "gradebook.db")):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o007:
                path.chmod(mode & ~0o007)
    except OSError:
        pass
