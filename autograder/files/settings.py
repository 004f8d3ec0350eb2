"""The course's settings: `nbgrader_config.py`, which nbgrader's own commands read as well."""

from __future__ import annotations

from pathlib import Path

from .course import Course


def nbgrader_config(course: Course):
    """The settings as a traitlets Config. Raises `FileNotFoundError` where the file is missing."""
    from traitlets.config import PyFileConfigLoader

    path = course.root / "nbgrader_config.py"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: it maps the course's folders; copy it from the repository")
    return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()


def gradebook_url(course: Course) -> str:
    """The URL of nbgrader's database, as the settings have it."""
    return nbgrader_config(course).CourseDirectory.get("db_url", sqlite_url(course.work / "gradebook.db"))


def sqlite_url(path: Path) -> str:
    """The URL of the SQLite file at `path`, an absolute path, for SQLAlchemy (2.1 or newer, which decodes this part) and nbgrader."""
    # only what would be misread: `nbgrader db upgrade` takes this part for a path as it is
    return "sqlite:///" + str(path).replace("%", "%25").replace("?", "%3F")
