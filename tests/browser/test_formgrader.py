"""Formgrader in a real browser, on a class graded by our command: the judge's points stand there, and nothing of a student's runs."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from lab import free_port, wait_for_server

import autograder.files  # noqa: F401 - before anything imports nbformat's validator: it knows a quicker way
from autograder.files.course import Course
from autograder.gradebook.enter import enter_grades
from autograder.judge.coordinator import grade_all

REPOSITORY = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"
HOSTILE = "<img src=x onerror='window.ran=1'>"
NAME = "O'Neil\"><img src=x onerror=window.ran=1>"  # whatever a folder's name may be
BROKEN = "broken\nright"  # its notebook is none, and its timestamp a pipe
pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Three students, graded by our command: one right, one hostile in everything that is shown, one whose notebook is broken."""
    course = Course(tmp_path_factory.mktemp("course"))
    for name in ("solutions", "notebooks"):
        shutil.copytree(REPOSITORY / name / LESSON, course.root / name / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    right = nbformat.read(course.source(LESSON), as_version=4)
    right.cells.append(nbformat.v4.new_markdown_cell("A remark."))
    hostile = nbformat.read(course.release(LESSON), as_version=4)
    hostile.cells.insert(1, nbformat.v4.new_markdown_cell(f"{HOSTILE} <script>window.ran=1</script> [x](javascript:alert(1))"))
    hostile.cells.insert(
        1,
        nbformat.v4.new_code_cell(
            f"from IPython.display import HTML, Javascript, display\ndisplay(HTML({HOSTILE!r}), Javascript('window.ran=1'))\nprint({HOSTILE!r})"
        ),
    )
    hostile.cells.insert(1, nbformat.v4.new_code_cell(f"raise ValueError({HOSTILE!r})"))
    next(
        c for c in hostile.cells if c.source.startswith("def secant_line")
    ).source = f"def secant_line(f, x, h):\n    raise ValueError({HOSTILE!r})"
    hostile.metadata["title"] = HOSTILE
    for student, notebook in (("right", right), (NAME, hostile)):
        path = course.submitted(LESSON, student)
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    course.submitted(LESSON, BROKEN).parent.mkdir(parents=True)
    os.mkfifo(course.submitted(LESSON, BROKEN).with_name("timestamp.txt"))
    course.submitted(LESSON, BROKEN).write_text("{")
    assert not grade_all(course.root, LESSON, jobs=2).errors
    assert len(enter_grades(LESSON, course.root).entered) == 2
    return course


@pytest.fixture(scope="module")
def server(course, tmp_path_factory):
    """A Jupyter server with Formgrader, started in the course as a teacher would: its address and token."""
    home, port, token = tmp_path_factory.mktemp("home"), free_port(), secrets.token_hex(16)
    places = {name: str(home) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    path = os.pathsep.join(filter(None, (str(REPOSITORY), os.environ.get("PYTHONPATH"))))
    command = [
        sys.executable,
        "-m",
        "jupyter_server",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={course.root}",
        "--ServerApp.jpserver_extensions=nbgrader.server_extensions.formgrader=True",
    ]
    with open(home / "server.log", "w") as log:
        process = subprocess.Popen(command, cwd=course.root, env={**os.environ, **places, "PYTHONPATH": path}, stdout=log, stderr=log)
        try:
            wait_for_server(f"http://127.0.0.1:{port}/api/status?token={token}", process, home / "server.log")
            yield f"http://127.0.0.1:{port}", token
        finally:
            process.terminate()
            process.wait(20)


def test_formgrader_shows_the_judges_points_and_runs_nothing_of_a_students(course, server, browser):
    url, token = server
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page, elsewhere = context.new_page(), []
    page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith((url, "data:")) else None)
    try:
        listed = page.request.get(f"{url}/formgrader/api/submitted_notebooks/{LESSON}/{LESSON}?token={token}").json()
        points = {one["student"]: (one["score"], one["needs_manual_grade"]) for one in listed}
        assert points == {"right": (21.0, False), NAME: (0.0, False), BROKEN: (0.0, True)}
        for one in listed:
            if one["student"] == BROKEN:
                continue  # below
            page.goto(f"{url}/formgrader/submissions/{one['id']}/?token={token}", wait_until="load")
            page.wait_for_selector("text=difference_quotient")
            assert page.evaluate("window.ran") is None
            assert page.locator("img[onerror], [href^='javascript:'], iframe").count() == 0
            shown = page.locator("body").inner_text()
            assert (HOSTILE in shown) == (one["student"] == NAME), "what was tried is shown as text"
            assert f"secant_line: {0 if one['student'] == NAME else 2} of 2 points" in shown, "the judge's panel"
            fields = page.locator("input.score")
            assert fields.count() == 10 and all(fields.nth(i).is_visible() for i in range(10))
            assert page.locator("math mfrac").first.bounding_box()["width"] > 5 and elsewhere == [], "formulas need no network"
        for place in (f"manage_submissions/{LESSON}", f"gradebook/{LESSON}/{LESSON}", "manage_students", f"manage_students/{quote(NAME)}"):
            page.goto(f"{url}/formgrader/{place}?token={token}", wait_until="networkidle")
            assert page.evaluate("window.ran") is None and page.locator("img[onerror]").count() == 0, f"{place}: a student's name is text"
        assert NAME in page.locator(".breadcrumb").inner_text()
    finally:
        context.close()


def test_formgrader_opens_a_broken_hand_in_for_a_score_by_hand(server, browser):
    url, token = server
    context = browser.new_context()
    page = context.new_page()
    try:
        for place in ("assignments", f"submissions/{LESSON}", f"submitted_notebooks/{LESSON}/{LESSON}"):
            answer = page.request.get(f"{url}/formgrader/api/{place}?token={token}")
            assert answer.status == 200, "no pipe stops it, and no newline"
        (one,) = [one for one in answer.json() if one["student"] == BROKEN]
        page.goto(f"{url}/formgrader/submissions/{one['id']}/?token={token}", wait_until="load")
        page.wait_for_selector("text=This notebook has no grade.")
        assert "is malformed: this is no notebook" in page.locator("body").inner_text()
        fields = page.locator("input.score")
        assert fields.count() == 10 and all(fields.nth(i).is_visible() for i in range(10))
        with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT") as saved:
            fields.first.fill("1.5")
            fields.first.press("Tab")
        assert saved.value.status == 200 and saved.value.json()["manual_score"] == 1.5
        page.goto(f"{url}/formgrader/manage_submissions/{LESSON}?token={token}", wait_until="networkidle")
        assert page.locator("tr", has_text="broken").count() == 1
    finally:
        context.close()
