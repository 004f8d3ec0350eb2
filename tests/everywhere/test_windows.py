"""What learners, authors and nbgrader run needs nothing that only Unix has; what grades says in one sentence that it needs Linux."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from elsewhere import LESSON, ROOT, run

from autograder.judge.options import LINUX_ONLY

pytestmark = pytest.mark.slow
WINDOWS = (sys.executable, str(Path(__file__).with_name("windows.py")))
CP1252 = {"PYTHONIOENCODING": "cp1252"}  # what a pipe has there


def on_windows(course, *arguments, **more):
    said, code = run(course, *arguments, **{"python": WINDOWS, **CP1252, **more})
    assert "Traceback" not in said, said
    return said, code


def text_on_windows(course, text):
    said, code = on_windows(course, text, program=("-c",))
    assert code == 0, said
    return said


@pytest.mark.parametrize(
    "text, lacks",
    [
        ("import fcntl", "No module named 'fcntl'"),
        ("from resource import getrlimit", "No module named 'resource'"),
        ("import os; os.fork()", "'fork'"),
        ("from signal import SIGALRM", "SIGALRM"),
        ("import multiprocessing; multiprocessing.get_context('fork')", "cannot find context for 'fork'"),
        ("import os; os.open('nbgrader_config.py', os.O_RDONLY)", "O_BINARY"),
        ("import sys; assert sys.platform != 'win32', 'Windows'", "Windows"),
        ("open('text', 'w').write('\u2713')", "charmap"),
    ],
)
def test_the_stand_in_lacks_what_windows_lacks(course, text, lacks):
    said, code = run(course, text, program=("-c",), python=WINDOWS)
    assert code == 1 and lacks in said.splitlines()[-1]


_GRADES = ("allowance", "conversation", "coordinator", "ends", "grade", "locks", "places", "plan", "remote", "session", "workers")


def test_every_module_can_be_imported_but_what_grades(course):
    """And of that only what makes processes: reading hand-ins, references and verdicts works."""
    said = text_on_windows(
        course,
        """
import importlib, pkgutil, autograder, explorers
for package in (autograder, explorers):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".", onerror=lambda name: None):
        try:
            importlib.import_module(module.name)
        except (ImportError, AttributeError) as lacking:
            print("cannot", module.name, lacking)
""",
    )
    cannot = {line.split()[1].removeprefix("autograder.") for line in said.splitlines() if line.startswith("cannot ")}
    assert {"judge.inside.confine", "judge.sandbox.cgroups"} <= cannot  # else the stand-in lacks nothing
    allowed = (
        "api",
        "doors.cluster",
        "doors.one",
        "doors.station",
        "judge.inside.",
        "judge.sandbox.",
        "gradebook.clerk",
        *(f"judge.{name}" for name in _GRADES),
    )
    assert not [name for name in cannot if not name.startswith(allowed)], said


def test_a_learners_functions_are_checked(course):
    said = text_on_windows(
        course,
        """
from autograder import check, hint, progress, solution
def secant_line(f, x, h):
    return f(x), 0.0
print(check(secant_line))
print(hint(secant_line))
def difference_quotient(f, x, h):
    if np.any(np.asarray(h) == 0):
        raise ValueError("h is 0")
    return (f(x + h) - f(x)) / h
import numpy as np
print(check(difference_quotient))
print(solution(difference_quotient))
print(progress("01_derivative"))
""",
    )
    assert "[no] secant_line: 0 of 2 points" in said
    assert "1 of 3: " in said
    assert "[ok] difference_quotient: 2 of 2 points" in said
    assert "def difference_quotient(f, x, h):" in said
    assert re.search(r"difference_quotient +2 of 2   done", said)


def test_points_are_kept_between_sessions(course):
    text = """
import os
os.environ["FROM_H_TO_ETA_STUDY"] = os.getcwd()
from autograder.learner import best_points
print(best_points.best())
best_points.remember("secant_line", 1.5)
"""
    assert text_on_windows(course, text).strip() == "{}"
    assert text_on_windows(course, text).strip() == "{'secant_line': 1.5}"
    (course.root / ".progress.json").unlink()


def test_explorers_move_and_leave_a_picture(course):
    said = text_on_windows(
        course,
        """
from explorers import microscope, secant_explorer, valley_explorer
for explorer in (microscope(), secant_explorer(), valley_explorer()):
    print(explorer.png()[1:4].decode(), type(explorer.widget).__name__, len(repr(explorer)) > 20)
""",
    )
    assert [line.split()[::2] for line in said.splitlines()] == [["PNG", "True"]] * 3


def test_study_hands_out_and_opens_jupyterlab(course):
    said, code = on_windows(course, "study", "--no-open")
    assert code == 0
    study = course.study / LESSON / f"{LESSON}.ipynb"
    assert study.read_bytes() == course.release(LESSON).read_bytes()
    said = text_on_windows(
        course,
        """
import sys, types
sys.modules["jupyterlab.labapp"] = lab = types.ModuleType("jupyterlab.labapp")
lab.main = lambda options: print(*options, sep="\\n")
from autograder.__main__ import main
print(main(["--course", ".", "study"]))
""",
    )
    lines = said.splitlines()
    assert f"--ServerApp.root_dir={course.study}" in lines and lines[-1] == "0"
    assert "--LabApp.default_url=/lab/tree/00_start_here/00_start_here.ipynb" in lines and "--allow-root" not in lines


def test_notebooks_are_built_to_the_same_bytes(course):
    """nbgrader writes the system's line ends there; the repository has one kind."""
    assert on_windows(course, "build", "--check") == ("", 0)


def test_the_doctor_examines_the_course_and_says_where_grading_runs(course):
    said = text_on_windows(
        course,
        """
from pathlib import Path
from autograder.commands.terminal import accept_any_terminal
from autograder.course.doctor import examine
accept_any_terminal()
print(examine(Path("."), only="01_derivative"))
""",
    )
    lines = [line for line in said.splitlines() if "leads nowhere" not in line]  # there are but two lessons, and links to all
    assert [line[:5] for line in lines[:4]] == ["[ok] "] * 4
    assert lines[-3] == f"  {LINUX_ONLY}"


def test_grading_says_in_one_sentence_that_it_needs_linux(course):
    said, code = on_windows(course, "grade", LESSON)
    assert (said.splitlines(), code) == ([LINUX_ONLY], 2)


def test_a_graded_class_can_be_read_verified_and_exported(graded):
    said, code = on_windows(graded, "report", LESSON)
    assert code == 0 and "2 graded" in said
    said, code = on_windows(graded, "verify", LESSON)
    assert code == 0 and said.count("genuine") == 2
    said, code = on_windows(graded, "export", LESSON)
    assert code == 0
    assert b"\r" not in (graded.reports / f"{LESSON}.csv").read_bytes()


def test_nbgraders_door_says_so_too_and_exports(graded):
    new = graded.submitted(LESSON, "cleo")
    shutil.copytree(graded.submitted(LESSON, "ben").parent, new.parent)
    said, code = on_windows(graded, "autograde", LESSON, "--student=cleo", "--create", program=("-m", "nbgrader"))
    shutil.rmtree(new.parents[1])
    assert code == 1 and said.splitlines()[-1] == LINUX_ONLY, said
    said, code = on_windows(graded, "export", "--to", "there.csv", program=("-m", "nbgrader"))
    rows = [line.split(",") for line in (graded.root / "there.csv").read_text(encoding="utf-8").splitlines()]
    assert code == 0 and [(row[3], row[9]) for row in rows[1:]] == [("anna", "21.0"), ("ben", "0.0")], said


@pytest.mark.parametrize("page", ["README.md", "docs/grading.md", "docs/security.md"])
def test_the_pages_say_so_as_well(page):
    assert "Linux only (on Windows: in WSL2)" in " ".join((ROOT / page).read_text(encoding="utf-8").split())
