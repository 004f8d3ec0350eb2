"""One student's trouble stays theirs: a class of odd notebooks, hostile folders and strange names, through every door."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path

import nbformat
import pytest
import seeds
import warm_commands
from hand_ins import ASTRAY, FOLDERS, FULL, LESSON, NAMES, NOT_UTF8, POINTS, REPOSITORY, lead_astray, make_class
from test_nbgrader_end_to_end import nbgrader, scores, total

from autograder.files.course import Course

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the judge runs on Linux")]
NOBODY_ELSE = stat.S_IRWXO | stat.S_IWGRP  # modes that files with grades must not have


def run(course: Course, *arguments: str) -> tuple[int, str, str]:
    """Our command in a process of its own, under a wide open umask: exit code, what it said, what it complained of."""
    words, environment = ["--course", str(course.root), *arguments], {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    code, out, err = warm_commands.run("autograder", words, folder=Path.cwd(), environment=environment, umask=0, one=False)
    return code, out.decode(), err.decode()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class, who must get what, what `grade` said, and as data; and a class for nbgrader's door, with who must be in its gradebook."""
    course = Course(tmp_path_factory.mktemp("class"))
    for name in ("solutions", "notebooks"):
        shutil.copytree(REPOSITORY / name / LESSON, course.root / name / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    expected = make_class(course)
    other = Course(tmp_path_factory.mktemp("stock"))
    for name in ("solutions", "notebooks", "nbgrader_config.py"):
        (shutil.copytree if (course.root / name).is_dir() else shutil.copy)(course.root / name, other.root / name)
    through_nbgrader = make_class(other, NAMES if seeds.MANY else NAMES[::3], 1 if seeds.MANY else 2)
    lead_astray(course)
    code, told, said = run(course, "grade", LESSON, "--json")
    return course, expected, (code, json.loads(told), said), (other, through_nbgrader.keys() - {NOT_UTF8})


def everything_said(*texts: str) -> None:
    """No name moves the cursor, turns the line around, or begins a line of its own."""
    for text in texts:
        for character in text:
            assert character in "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs"), repr(character)
        assert not re.search(r"^right: genuine, 20 points$", text, re.M), "a line that a student forged"


def test_everybody_gets_what_they_earn_and_is_named(graded):
    course, expected, (code, told, said), _ = graded
    results = {one["student"]: one for one in told["results"]}
    assert code == 0 and results.keys() == expected.keys()
    for student, points in expected.items():
        one = results[student]
        assert one["points"] == points, (student, one)
        assert (one["status"] == "graded") == (points is not None) == bool(one["exercises"])
        assert points is not None or one["status"] in ("malformed", "missing") and one["detail"]
    assert told["errors"] == [] and told["gradebook"]["errors"] == {}
    assert set(told["gradebook"]["failed"]) == {student for student, points in expected.items() if points is None} | {NOT_UTF8}
    everything_said(said)


def test_what_lies_astray_is_named(graded):
    _, _, (_, told, said), _ = graded
    for words in (
        *ASTRAY.values(),
        "empty is an empty folder",
        "(1).ipynb is the only notebook there; if it is the one, call it 01_derivative.ipynb",
    ):
        assert any(words in sentence for sentence in told["passed_over"]) and words in said, words


def test_report_export_and_verify_speak_of_everybody(graded):
    course, expected, _, _ = graded
    for command in ("report", "export", "verify"):
        code, told, said = run(course, command, LESSON)
        assert (code, said) == (0, ""), command
        everything_said(told)
        if command == "verify":
            assert len(told.splitlines()) == len(re.findall(r"^.*: genuine, .*submission (\w{12}|none)$", told, re.M)) == len(expected)
    rows = list(csv.reader(io.StringIO(course.report(LESSON, "csv").read_text(), newline="")))
    assert len(rows) == 1 + len(expected) and {len(row) for row in rows} == {4 + len(POINTS)}
    assert sum(row[2] == f"{FULL:g}" for row in rows) == sum(points == FULL for points in expected.values())
    assert all(row[2] == "" for row in rows[1:] if row[1] != "graded")
    harmless([row[0] for row in rows])
    everything_said(course.report(LESSON, "csv").read_text())


def table(path: Path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_text(), newline="")))


def harmless(cells: list[str]) -> None:
    """No cell, wherever a spreadsheet may begin one, begins with what it computes."""
    for cell in cells:
        if cell.startswith("'"):
            continue  # text, says the apostrophe
        for part in re.split(r"[,;|\t\r\n]", unicodedata.normalize("NFKC", cell)):
            assert part.strip(" \"'")[:1] not in tuple("=+-@"), cell


def test_nothing_of_ours_is_open_to_others(graded):
    course, _, _, _ = graded
    run(course, "report", LESSON)
    run(course, "export", LESSON)
    for path in course.work.rglob("*"):
        if course.hand_ins not in (path, *path.parents) and path.is_file():
            mode = stat.S_IMODE(path.stat().st_mode)
            assert not mode & NOBODY_ELSE, (path, oct(mode))
    assert not stat.S_IMODE(course.work.stat().st_mode) & stat.S_IRWXO


def test_all_doors_give_the_same_points_and_the_same_notebooks(graded, tmp_path):
    """What nbgrader does to a notebook takes a quarter of a second: its door gets every other odd one, others with each seed, and in `make thorough` all."""
    course, expected, _, (other, handed_in) = graded
    generated, autograded, exported = nbgrader(
        other,
        ["generate_assignment", LESSON, "--force"],
        ["autograde", LESSON],
        ["export", "--to", str(tmp_path / "grades.csv")],
    )
    assert generated["code"] == 0 and autograded["code"] == 1, "somebody got no grade, which nbgrader tells at its end"
    assert exported["code"] == 0, exported["said"]
    everything_said(*(re.sub(r"\x1b\[[0-9;]*m|\x1b\(B", "", one["said"]) for one in (autograded, exported)))
    theirs = scores(other)
    assert theirs == {student: grades for student, grades in scores(course).items() if student in theirs}
    assert theirs.keys() == handed_in
    got = {student: total(grades) for student, grades in scores(course).items()}
    assert got == {student: points for student, points in expected.items() if student != NOT_UTF8}
    places = [{path.relative_to(one.work).as_posix() for path in (one.work / "autograded").rglob("*.*")} for one in (course, other)]
    assert places[1] == {place for place in places[0] if place.split("/")[1] in theirs}
    for student in theirs:
        points = expected[student]
        for one in (course, other):
            notebook = nbformat.read(one.autograded(LESSON, student), as_version=4)
            nbformat.validate(notebook)
            assert ("This notebook has no grade." in notebook.cells[0].source) == (points is None)
        if points is None:
            assert f"processing assignment '{LESSON}' for student '{student}'" in autograded["said"]
    rows = table(tmp_path / "grades.csv")
    assert len(rows) == len(theirs) and all(None not in row for row in rows)
    harmless([row["student_id"] for row in rows])
    assert sorted(row["score"] for row in rows) == sorted(str(FULL) if expected[student] else "" for student in theirs)
    assert "without a score" in exported["said"] and FOLDERS[0] in exported["said"]


def test_feedback_is_there_for_everybody_who_was_not_graded_too(graded):
    course, expected, _, _ = graded
    chosen = ["a pipe", "format 3", "schema 99", "nested", "x\nright: genuine, 20 points"]
    for said in nbgrader(course, *(["generate_feedback", LESSON, f"--student={name}"] for name in chosen)):
        assert said["code"] == 0, said["said"]
    for name in chosen:
        page = course.work / "feedback" / name / LESSON / f"{LESSON}.html"
        assert ("This is no zero: there is no grade." in page.read_text()) == (expected[name] is None)
        assert not stat.S_IMODE(page.stat().st_mode) & NOBODY_ELSE


def test_formgrader_lists_everybody_and_waits_for_nothing(graded, monkeypatch):
    """What its pages ask, in this process; a page in a browser is opened elsewhere."""
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    from autograder.files.settings import nbgrader_config

    course, expected, _, _ = graded
    config = nbgrader_config(course)
    api = NbGraderAPI(CourseDirectory(config=config))
    found = {one["student"]: one for one in api.get_submissions(LESSON)}
    assert found.keys() == expected.keys() - {NOT_UTF8}
    assert all(one["autograded"] for one in found.values()), "each has a notebook to open"
    assert {name for name, one in found.items() if one["needs_manual_grade"]} == {n for n, points in expected.items() if points is None}
    assert set(NAMES) <= found.keys()


def test_manual_scores_and_penalties_are_in_the_export(graded, tmp_path):
    course, _, _, _ = graded
    there = Course(tmp_path / "course")
    shutil.copytree(course.root, there.root, symlinks=True, ignore=lambda folder, names: ["submitted", "autograded"])
    with sqlite3.connect(there.work / "gradebook.db") as book:
        book.execute(f"update grade set manual_score = 1, needs_manual_grade = 0 where notebook_id in ({_book('a pipe')})")
        book.execute(f"update submitted_notebook set late_submission_penalty = 3 where id in ({_book('right')})")
        book.execute("insert into student (id, last_name) values ('absent', '=1')")
    (exported,) = nbgrader(there, ["export", "--to", str(tmp_path / "grades.csv")])
    rows = {row["student_id"]: row for row in table(tmp_path / "grades.csv")}
    assert rows["a pipe"]["score"] == str(float(len(POINTS))), exported["said"]
    scored = [rows["right"][name] for name in ("raw_score", "late_submission_penalty", "score")]
    assert scored == [str(FULL), "3.0", str(FULL - 3)]
    assert (
        rows["absent"]["score"] == "" and rows["absent"]["last_name"] == "'=1" and "not handed in: 01_derivative/absent" in exported["said"]
    )


def _book(student: str) -> str:
    return f"select n.id from submitted_notebook n join submitted_assignment s on s.id = n.assignment_id where s.student_id = '{student}'"


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/usr/bin/setpriv").exists(), reason="root may read everything; setpriv takes that away")
def test_what_may_not_be_read_is_told_and_stops_nobody(tmp_path, graded):
    course = Course(tmp_path)
    for name in ("solutions", "notebooks", "nbgrader_config.py"):
        (shutil.copytree if (graded[0].root / name).is_dir() else shutil.copy)(graded[0].root / name, course.root / name)
    for student in ("ada", "locked", "unread"):
        shutil.copytree(graded[0].submitted(LESSON, "right").parent, course.submitted(LESSON, student).parent)
    course.submitted(LESSON, "ada").parent.chmod(0o777)  # as nbgrader collect leaves it
    (course.hand_ins / "locked").chmod(0)
    course.submitted(LESSON, "unread").chmod(0)
    done = subprocess.run(
        [
            "setpriv",
            "--bounding-set",
            "-dac_override,-dac_read_search",
            sys.executable,
            "-m",
            "autograder",
            "--course",
            tmp_path,
            "grade",
            LESSON,
        ],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    (course.hand_ins / "locked").chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert "1 grades entered" in done.stdout and done.stdout.count("may not be read by whoever grades") >= 2
    assert "could be changed by everybody" in done.stdout
    assert stat.S_IMODE(course.submitted(LESSON, "ada").parent.stat().st_mode) == 0o770
