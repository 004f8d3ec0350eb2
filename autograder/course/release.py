"""Lessons to notebooks: text, source notebook, and the learner's notebook that nbgrader cuts from it."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.settings import nbgrader_config
from ..writing.exercise import Lesson
from .lesson import notebook_text, source_notebook
from .percent import read_text
from .problems import LessonError

_NOT_OURS = (".ipynb_checkpoints", "__pycache__", "*.pyc", ".*")


class BuildError(RuntimeError):
    """nbgrader could not cut a release. The message holds what nbgrader said."""


def build(root: Path | None = None, *, check: bool = False, only: str = "", lessons: dict[str, Lesson] | None = None) -> list[Path]:
    """Build every lesson under `root` (this repository), or `only` one, and return the files that were out of date, sorted.

    With `check` nothing is changed: an empty list proves that both trees are fresh. Files are compared and written by
    their bytes, so a second build writes nothing. Building never touches the gradebook. Files beside a source notebook
    (pictures, a page of notation) are released with it, as nbgrader does.

    Raises `LessonError` with the problems of all texts that break a rule, and `BuildError` when nbgrader refuses.
    """
    course = Course.at(root)
    texts = sorted(course.solutions.glob(f"{only}.py" if only else "[0-9][0-9]*_*.py"))
    if only and not texts:
        raise FileNotFoundError(f"{course.text(only)} is missing: a lesson is written there, as text")
    with tempfile.TemporaryDirectory(prefix="build-") as temporary:
        fresh = _fresh(course, texts, Course(Path(temporary)), _registry(lessons))
        wanted = {course.root / path.relative_to(temporary): path for path in fresh}
        stale = [path for path, new in wanted.items() if not path.exists() or path.read_bytes() != new.read_bytes()]
        strangers = [] if only else _strangers(course, wanted)
        if not check:
            for path in stale:
                write_atomically(path, wanted[path].read_bytes())
            for path in strangers:
                path.unlink()
        return sorted(stale + strangers)


def _registry(lessons: dict[str, Lesson] | None) -> dict[str, Lesson]:
    if lessons is None:
        from ..exercises import lessons as registered

        lessons = registered()
    return lessons


def _fresh(course: Course, texts: list[Path], target: Course, lessons: dict[str, Lesson]) -> list[Path]:
    """Both notebooks of every lesson, and what is released with them, built below `target`."""
    names = [text.stem for text in texts]
    sources = _sources(course, texts, lessons)
    for name in names:
        if course.source(name).parent.is_dir():
            shutil.copytree(course.source(name).parent, target.source(name).parent, ignore=shutil.ignore_patterns("*.ipynb", *_NOT_OURS))
        write_atomically(target.source(name), sources[name])
    if names:
        _generate(names, course, target)
    return [target.source(name) for name in names] + [path for path in target.notebooks.rglob("*") if path.is_file()]


def _sources(course: Course, texts: list[Path], lessons: dict[str, Lesson]) -> dict[str, str]:
    """The source notebooks by lesson. The problems of all texts are told together, an author mends them in one go."""
    built, problems = {}, []
    for path in texts:
        told = path.relative_to(course.root).as_posix()
        try:
            # a page without exercises needs no registry
            lesson = lessons.get(path.stem) or Lesson(path.stem, path.stem, "")
            built[path.stem] = notebook_text(source_notebook(read_text(path, told), lesson, told))
        except LessonError as error:
            problems.append(str(error))
        except ValueError as error:  # the file's name is not a lesson's
            problems.append(f"{told}:1: {error}")
    if problems:
        raise LessonError("\n".join(problems))
    return built


def _generate(names: list[str], course: Course, target: Course) -> None:
    """Run nbgrader's own generate_assignment on `target`, in this process and without a gradebook."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells
    from nbgrader.utils import capture_log

    config = nbgrader_config(course)
    config.CourseDirectory.root = str(target.root)
    for name in names:
        config.CourseDirectory.assignment_id = name
        converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config, no_database=True)
        # SaveCells only tells the gradebook; what it leaves behind in the notebook is what it found
        converter.preprocessors = [step for step in converter.preprocessors if step is not SaveCells]
        converter.log.setLevel(logging.WARNING)
        result = capture_log(converter)
        if not result["success"]:
            raise BuildError(f"nbgrader generate_assignment {name} failed:\n{result.get('log', '')}{result.get('error') or ''}")
        # nbgrader ends lines as the system does; the repository's end as ours, everywhere. In JSON no other byte is a line's end
        release = target.release(name)
        release.write_bytes(release.read_bytes().replace(b"\r\n", b"\n"))


def _strangers(course: Course, wanted: dict[Path, Path]) -> list[Path]:
    """Files in the built trees that no lesson makes: left over from a renamed lesson."""
    found = [*course.solutions.glob("[0-9][0-9]*_*/*.ipynb"), *course.notebooks.glob("[0-9][0-9]*_*/**/*")]
    return [
        path
        for path in found
        if path.is_file() and path not in wanted and not any(part.startswith(".") for part in path.relative_to(course.root).parts)
    ]
