"""A course in a folder whose name means something to a URL, a shell or a pattern: everything finds its files there."""

from __future__ import annotations

import json
import secrets
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from elsewhere import LESSON, ROOT, asked, run
from sqlalchemy.engine import make_url

from autograder.files.settings import sqlite_url

pytestmark = pytest.mark.slow
NBGRADER = {"program": (), "python": ("nbgrader",)}


@pytest.mark.parametrize("name", ["a b", "a?b=c", "50%", "%3F", "#1", "ü&é", "a+b", "{x}", "C:\\course"])
def test_the_url_of_a_database_gives_back_its_path(name):
    path = Path("/courses") / name / "gradebook.db"
    assert make_url(sqlite_url(path)).database == str(path)


def test_the_gradebook_lies_in_the_course_and_nothing_beside_it(graded):
    points = dict(sqlite3.connect(graded.work / "gradebook.db").execute("select student_id, count(*) from submitted_assignment group by 1"))
    assert points == {"anna": 1, "ben": 1}
    assert [path.name for path in graded.root.parent.iterdir()] == [graded.root.name]
    assert "ben" in run(graded, "report", LESSON)[0]
    assert run(graded, "verify", LESSON)[1] == run(graded, "export", LESSON)[1] == 0
    assert (graded.reports / f"{LESSON}.csv").read_text(encoding="utf-8").splitlines()[1].startswith("anna,graded,21,21,")


def test_nbgraders_own_commands_work_there(graded):
    """The gradebook, the judge's verdicts and the feedback, through nbgrader's door."""
    said, code = run(graded, "autograde", LESSON, "--student=ben", "--force", **NBGRADER)
    assert code == 0, said
    said, code = run(graded, "generate_feedback", LESSON, "--student=ben", **NBGRADER)
    assert code == 0 and (graded.work / "feedback" / "ben" / LESSON / f"{LESSON}.html").exists(), said
    said, code = run(graded, "export", "--to", "grades.csv", **NBGRADER)
    rows = [line.split(",") for line in (graded.root / "grades.csv").read_text(encoding="utf-8").splitlines()]
    assert code == 0 and [(row[3], row[9]) for row in rows[1:]] == [("anna", "21.0"), ("ben", "0.0")], said


def test_a_new_gradebook_needs_no_activated_environment(graded, tmp_path):
    """nbgrader runs the command alembic for it, which lies beside nbgrader and on no PATH."""
    (tmp_path / "nbgrader_config.py").write_bytes((graded.root / "nbgrader_config.py").read_bytes())
    (tmp_path / "class.csv").write_text("id,first_name,last_name\nmia,Mia,M\n", encoding="utf-8")
    here = type(graded)(tmp_path)
    said, code = run(here, "db", "student", "import", "class.csv", started=True, **NBGRADER)
    assert code == 0, said
    assert "mia (M, Mia)" in run(here, "db", "student", "list", **NBGRADER)[0]


def test_build_and_study_work_there(course):
    assert run(course, "build", "--check") == ("", 0)
    said, code = run(course, "study", "--no-open")
    assert code == 0 and (course.study / LESSON / f"{LESSON}.ipynb").read_bytes() == course.release(LESSON).read_bytes(), said


def test_jupyterlab_opens_the_first_lesson_there(course):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    options = ("--no-browser", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}")
    log = course.root / "home" / "log"
    with open(log, "wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "autograder", "--course", ".", "study", "--", *options],
            cwd=course.root,
            env={"PATH": "/usr/bin:/bin", "HOME": str(course.root / "home"), "PYTHONPATH": str(ROOT)},
            stdout=stream,
            stderr=stream,
        )
    try:
        with asked(f"http://127.0.0.1:{port}/?token={token}", server, log) as page:
            assert page.url.split("?")[0].endswith("/lab/tree/00_start_here/00_start_here.ipynb")
        with urlopen(f"http://127.0.0.1:{port}/api/contents/{LESSON}/{LESSON}.ipynb?content=1&token={token}") as answer:
            assert json.load(answer)["content"]["cells"]
    finally:
        server.terminate()
        server.wait(30)


def test_a_home_that_cannot_be_written_is_named(course):
    (course.root / "home" / "file").touch()
    said, code = run(course, "study", "--", "--no-browser", HOME=str(course.root / "home" / "file"))
    last = said.splitlines()[-1]  # before it an extension of the server complains at length
    assert code == 1 and last.startswith("JupyterLab stopped: ") and "HOME=" in last, said
