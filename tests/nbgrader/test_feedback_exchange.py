"""Feedback through nbgrader's exchange: what a student fetches is the page that our command wrote."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest
import warm_commands

from autograder.__main__ import main
from autograder.files.course import Course

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the judge runs on Linux")]
ROOT = Path(__file__).resolve().parents[2]
LESSON = "00_start_here"


def nbgrader(folder: Path, home: Path, *commands: list[str]) -> list[dict]:
    """nbgrader's commands in `folder`, with settings and caches of their own in `home`."""
    places = {name: str(home) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "HOME")}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **places}
    return warm_commands.nbgraders(commands, folder, environment)


def test_a_student_fetches_the_page_that_our_command_wrote(tmp_path):
    course, home, exchange = Course(tmp_path / "course"), tmp_path / "home", tmp_path / "exchange"
    for tree in ("solutions", "notebooks"):
        shutil.copytree(ROOT / tree / LESSON, course.root / tree / LESSON)
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    for folder in (home / LESSON, exchange):
        folder.mkdir(parents=True)
    exchange.chmod(0o777)
    there = [f"--Exchange.root={exchange}", f"--Exchange.cache={home / 'cache'}"]
    shutil.copy(course.release(LESSON), home / LESSON)
    (released,) = nbgrader(course.root, home, ["release_assignment", LESSON, *there])
    (submitted,) = nbgrader(home, home, ["submit", LESSON, "--course=from-h-to-eta", *there])
    (collected,) = nbgrader(course.root, home, ["collect", LESSON, *there])
    assert [one["code"] for one in (released, submitted, collected)] == [0, 0, 0], submitted["said"] + collected["said"]
    (student,) = course.students(LESSON)
    course.submitted(LESSON, "by hand").parent.mkdir(parents=True)  # not through the exchange, and no notebook either

    assert main(["--course", str(course.root), "grade", LESSON]) == 0
    assert main(["--course", str(course.root), "feedback", LESSON]) == 0
    page = course.feedback(LESSON, student).read_bytes()
    assert b"hand-in of yours is there, and the notebook is not in it" in course.feedback(LESSON, "by hand").read_bytes()

    made, given = nbgrader(course.root, home, ["generate_feedback", LESSON, "--force"], ["release_feedback", LESSON, *there])
    assert made["code"] == 0 and course.feedback(LESSON, student).read_bytes() == page, made["said"]
    assert given["code"] == 0 and "did not come through the exchange: by hand" in given["said"], given["said"]
    (public,) = (exchange / "from-h-to-eta" / "feedback").glob("*.html")
    assert stat.S_IMODE(public.stat().st_mode) == 0o644, "a student is not the teacher, and must read it"

    (fetched,) = nbgrader(home, home, ["fetch_feedback", LESSON, "--course=from-h-to-eta", *there])
    (mine,) = (home / LESSON / "feedback").rglob("*.html")
    assert fetched["code"] == 0 and mine.read_bytes() == page
