"""The course's settings: `nbgrader_config.py`, which nbgrader's own commands read as well."""

from __future__ import annotations

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
    return nbgrader_config(course).CourseDirectory.get("db_url", f"sqlite:///{(course.work / 'gradebook.db').resolve()}")
