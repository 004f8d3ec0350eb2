"""`nbgrader release_assignment` and `handout` give students exactly the same files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import warm_commands

from autograder.course.handout import archives
from autograder.exercises import lessons
from autograder.files.course import Course

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="nbgrader's exchange needs Linux or macOS")]
ROOT = Path(__file__).resolve().parents[2]
LESSON, OTHER = "00_start_here", "01_derivative"


@pytest.fixture
def course(tmp_path):
    course = Course(tmp_path / "the course")
    for name in (LESSON, OTHER):
        for tree in ("solutions", "notebooks"):
            shutil.copytree(ROOT / tree / name, course.root / tree / name)
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    (course.solutions / LESSON / "pictures").mkdir()
    (course.notebooks / LESSON / "pictures").mkdir()
    for tree in (course.solutions, course.notebooks):
        (tree / LESSON / "pictures" / "curve.png").write_bytes(b"a picture")
    return course


def release(course: Course, *names: str) -> tuple[Path, list[dict]]:
    """The exchange's folder of released assignments, and what nbgrader said of each."""
    exchange = course.root.parent / "exchange"
    exchange.mkdir(exist_ok=True)
    exchange.chmod(0o777)
    commands = [["release_assignment", name, f"--Exchange.root={exchange}", "--force"] for name in names]
    places = {"USER": "teacher", "JUPYTER_CONFIG_DIR": str(course.root), "IPYTHONDIR": str(course.root)}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **places}
    return exchange / "from-h-to-eta" / "outbound", warm_commands.nbgraders(commands, course.root, environment)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_exchange_gets_the_files_of_the_archive_whatever_lies_beside_them(course):
    (course.notebooks / LESSON / ".answers.py").write_text("mine")
    (course.notebooks / LESSON / "__pycache__").mkdir()
    (course.notebooks / LESSON / "__pycache__" / "x.pyc").write_text("mine")
    outbound, said = release(course, LESSON, OTHER)
    assert [line["code"] for line in said] == [0, 0], said
    whole, *_ = archives(Course.at(), lessons())
    for name in (LESSON, OTHER):
        archived = {
            path.removeprefix(f"notebooks/{name}/"): data for path, data in whole.files.items() if path.startswith(f"notebooks/{name}/")
        }
        mine = {"pictures/curve.png": b"a picture"} if name == LESSON else {}
        assert files(outbound / name) == archived | mine
        assert files(outbound / name) == {p.relative_to(course.notebooks / name).as_posix(): p.read_bytes() for p in course.released(name)}


def test_a_file_that_no_lesson_releases_is_refused_by_both(course):
    (course.notebooks / OTHER / "answers.ipynb").write_text("{}")
    outbound, said = release(course, OTHER)
    assert said[0]["code"] != 0 and "answers.ipynb in" in said[0]["said"] and "belongs to no lesson" in said[0]["said"]
    assert not (outbound / OTHER).exists()
    assert course.strangers(OTHER) == [course.notebooks / OTHER / "answers.ipynb"]
