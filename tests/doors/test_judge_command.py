"""``judge FILE``: one notebook from any folder, its lesson found, its verdict in the form that was asked for, exit codes, and nothing written."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
from pathlib import Path

import jsonschema
import pytest
from judge.conftest import SAFE

from autograder import api
from autograder.__main__ import main, start
from autograder.exercises import find_lesson
from autograder.judge.signing import CourseKey

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"
RIGHT = ROOT / "solutions" / LESSON / f"{LESSON}.ipynb"
STUBS = ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb"
pytestmark = [
    pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp"),
    pytest.mark.slow,
]


def said(*arguments) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([*map(str, arguments)])
        except SystemExit as end:  # argparse's
            code = end.code
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def grader():
    with api.Grader(ROOT, seed=7, level=SAFE[-1]) as made:
        yield made


def test_a_right_notebook_passes_and_an_empty_one_fails(grader):
    right, stubs = grader.judge(RIGHT, student="Ada"), grader.judge(STUBS)
    assert (right.verdict, right.points, right.max_points, right.student) == ("pass", right.max_points, right.points, "Ada")
    assert (stubs.verdict, stubs.status, stubs.points) == ("fail", "graded", 0.0)
    assert {one.status for one in stubs.exercises} == {"not attempted"}
    assert right.level == SAFE[-1] and right.course and len(right.submission) == 64


def test_the_command_writes_the_form_to_a_file_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(STUBS, tmp_path / "Jane Doe - Copy of homework (1).ipynb")  # its cells say which lesson it is
    code, out, _ = said(
        "judge",
        "Jane Doe - Copy of homework (1).ipynb",
        "--format",
        "json",
        "--output",
        "verdict.json",
        "--level",
        SAFE[-1],
        "--log-json",
        "log",
    )
    data = json.loads((tmp_path / "verdict.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, api.schema())
    assert (code, out, data["lesson"], data["verdict"]) == (1, "", LESSON, "fail")
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["verdict", "end"]
    assert lines[0]["verdict"] == "fail" and lines[1]["code"] == 1 and lines[0]["points"] == 0
    assert sorted(os.listdir(tmp_path)) == ["Jane Doe - Copy of homework (1).ipynb", "log", "verdict.json"]


@pytest.mark.parametrize("kind", ["broken", "link", "pipe"])
def test_what_is_no_notebook_is_the_learners_to_mend(grader, tmp_path, kind):
    place = tmp_path / f"{LESSON}.ipynb"
    {"broken": lambda: place.write_bytes(b"{"), "link": lambda: place.symlink_to(RIGHT), "pipe": lambda: os.mkfifo(place)}[kind]()
    found = grader.judge(place)
    assert (found.verdict, found.status, found.points, found.lesson) == ("fail", "malformed", None, LESSON)
    assert found.detail and all(one.text == found.detail for one in found.exercises)


def test_wrong_use_is_told_and_no_verdict(tmp_path):
    strange, broken, link = tmp_path / "shopping.ipynb", tmp_path / "broken.ipynb", tmp_path / "link.ipynb"
    strange.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    broken.write_text("{")
    link.symlink_to(RIGHT)
    none, two, elsewhere = (tmp_path / name for name in ("none", "two", "elsewhere"))
    for folder in (none, two, elsewhere):
        folder.mkdir()
    for name in "ab":
        shutil.copy(STUBS, two / f"{name}.ipynb")
    for arguments, word in (
        (("judge", tmp_path / "nothing.ipynb"), "there is no file"),
        (("judge", strange), "--lesson 01_derivative"),
        (("judge", broken), "broken.ipynb is of no lesson of this course: this is no notebook"),
        (("judge", link), "link.ipynb is a link, which is not followed"),
        (("judge", none), "no notebook was handed in"),
        (("judge", two), "several notebooks were handed in (a.ipynb, b.ipynb)"),
        (("judge", ""), "the name is empty"),
        (("--course", tmp_path / "gone", "judge", RIGHT), f"there is no folder {tmp_path}/gone"),
        (("--course", elsewhere, "judge", RIGHT), "holds no released lesson: name the course's folder"),
        (("judge", RIGHT, "--lesson", "99_nothing"), "no lesson is called"),
        (("judge", RIGHT, "--format", "yaml"), "invalid choice: 'yaml'"),
        (("judge", RIGHT, "--output", tmp_path / "gone" / "verdict"), "is no place for a file"),
        (("judge", RIGHT, "--output", none), "is no place for a file"),
        (("judge", RIGHT, "--log-json", ""), "the name is empty"),
        (("judge", RIGHT, "--level", "weak"), "--i-trust-these-notebooks"),
    ):
        code, out, err = said(*arguments)
        assert (code, out) == (2, "") and word in err, (arguments, err)
    assert not (tmp_path / "gone").exists()


def test_other_programs_get_utf_8_whatever_the_terminal_writes(tmp_path, monkeypatch):
    (tmp_path / f"{LESSON}.ipynb").write_text("{")
    for form, mark in (("markdown", "\u2717"), ("text", "[no]")):  # a terminal without the sign gets it spelt out
        stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["judge", str(tmp_path / f"{LESSON}.ipynb"), "--format", form]) == 1
        stream.flush()
        assert mark in stream.buffer.getvalue().decode("utf-8")


def test_where_nobody_can_read_what_is_said_it_is_lost_and_nothing_else(tmp_path, monkeypatch):
    (tmp_path / f"{LESSON}.ipynb").write_text("{")
    monkeypatch.setattr(sys, "argv", ["autograder", "judge", str(tmp_path / f"{LESSON}.ipynb")])
    monkeypatch.setattr(sys, "stdout", None)  # as Python has it where the caller closed it
    assert start() == 1
    sys.stdout.close()


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"level": "strong"}, "no level 'strong'"),
        ({"engine": "R"}, "no engine 'R'"),
        ({"seed": -1}, "-1 is no seed"),
        ({"seed": "7"}, "'7' is no seed"),
        ({"seconds": float("nan")}, "seconds=nan"),
        ({"memory": -1}, "memory=-1"),
    ],
)
def test_settings_that_there_are_not_are_refused_by_the_api(settings, said):
    with pytest.raises(ValueError, match=said):
        api.Grader(ROOT, **settings)


def test_a_grader_judges_inside_its_with_statement_only():
    """Outside it the class's seed is not known, and the points would be others."""
    made = api.Grader(ROOT)
    with pytest.raises(RuntimeError, match="with Grader"):
        made.judge(STUBS)
    with made:
        pass
    with pytest.raises(RuntimeError, match="with Grader"):
        made.judge(STUBS)


def test_too_little_memory_is_an_error_of_ours_that_says_so():
    with api.Grader(ROOT, level=SAFE[-1], memory=1) as grader:
        found = grader.judge(STUBS)
    assert found.verdict == "error" and found.points is None and "has no thread" in found.detail and "--memory" in found.detail


@pytest.fixture
def broken_course(tmp_path):
    """A course whose own answers do not get full marks."""
    for name in ("notebooks", "solutions"):
        shutil.copytree(ROOT / name / LESSON, tmp_path / name / LESSON)
    (tmp_path / "nbgrader_config.py").write_text("")
    source = tmp_path / "solutions" / LESSON / f"{LESSON}.ipynb"
    source.write_text(STUBS.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_an_error_of_ours_is_code_3_and_no_score(broken_course, tmp_path):
    out = tmp_path / "results.json"
    judged = ("--course", broken_course, "judge", STUBS, "--level", SAFE[-1])
    code, _, err = said(*judged, "--format", "gradescope", "--output", out)
    assert code == 3 and "the reference got" in err and not out.exists()
    code, text, _ = said(*judged, "--format", "json")
    assert code == 3 and (json.loads(text)["verdict"], json.loads(text)["points"]) == ("error", None)
    assert not (broken_course / "work").exists()


def test_the_class_and_one_notebook_are_judged_on_the_same_cases(tmp_path):
    """Where the course has a key the seed is the lesson's; it makes none."""
    shutil.copytree(ROOT / "notebooks" / LESSON, tmp_path / "notebooks" / LESSON)
    (tmp_path / "nbgrader_config.py").write_text("")
    with api.Grader(tmp_path) as without:
        drawn = without.seed_of(find_lesson(LESSON))
    assert not (tmp_path / "work").exists()
    wanted = CourseKey.load(tmp_path).lesson_seed(LESSON)
    with api.Grader(tmp_path) as made:
        assert made.seed_of(find_lesson(LESSON)) == wanted != drawn
