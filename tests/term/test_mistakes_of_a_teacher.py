"""What goes wrong at a teacher's desk, and the sentence that says so: nothing is overlooked, guessed or made a zero, and no code is 0."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from classroom import LESSON, OTHER, notebook, zipped

from autograder.__main__ import main
from autograder.files.hand_ins import passed_over
from autograder.intake.roster import Person, Roster

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def said(course, capsys):
    """Runs a command; returns its exit code and all that it said."""

    def run(*words) -> tuple[int, str]:
        try:
            code = main(["--course", str(course.root), *map(str, words)])
        except SystemExit as end:  # argparse
            code = end.code
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out + told.err

    return run


def _put(course, path: str, data: bytes = b"") -> None:
    place = course.hand_ins / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data or notebook())


# what was unpacked or typed into work/submitted by hand, and what is said of it
ASTRAY = {
    f"Jane Doe_2345602_assignsubmission_file_/{LESSON}.ipynb": "is no lesson's folder; the place is",
    f"doejane_LATE_12345_678901_{LESSON}-1.ipynb": "lies outside any student's folder",
    f"jdoe/{LESSON}.ipynb": f"the place is jdoe/{LESSON}/{LESSON}.ipynb",
    f"{LESSON}/jdoe/{LESSON}.ipynb": f"the order is STUDENT/{LESSON}/{LESSON}.ipynb",
    "jdoe.ipynb": "lies outside any student's folder",
    f"jdoe/Lesson 1/{LESSON}.ipynb": "is no lesson's folder",
    f".jdoe/{LESSON}/{LESSON}.ipynb": "is hidden and was passed over",
    f"jdoe/{LESSON}/{LESSON} (1).ipynb": f"is the only notebook there; if it is the one, call it {LESSON}.ipynb",
    "hand-ins.zip": "lies outside any student's folder",
}


@pytest.mark.parametrize("path", ASTRAY)
def test_nothing_in_work_submitted_is_overlooked(course, path):
    _put(course, path)
    told = passed_over(course, LESSON)
    assert len(told) == 1 and ASTRAY[path] in told[0]


def test_what_was_unpacked_by_hand_is_taken_to_its_place(course, said):
    """Whoever did it the old way first runs take-in on the same folder."""
    Roster([Person("jdoe", "Jane Doe", lms_id="12345")]).save(course)
    _put(course, f"Jane Doe_2345602_assignsubmission_file_/{LESSON}.ipynb")
    assert said("take-in", LESSON, course.hand_ins)[0] == 0 and course.submitted(LESSON, "jdoe").exists()


ROSTER = "id,name\njdoe,Jane Doe\nzoe,Zoe Q\n"
# what is on the desk, what is typed (a {name} is a path there), the exit code, and the words
DESK = {
    "nobody handed in": ({}, ("export", LESSON), 3, "nobody handed in"),
    "nobody handed in, and a report": ({}, ("report", LESSON), 3, "Nobody has handed in"),
    "nobody handed in anything": ({}, ("report",), 3, "Nobody has handed in anything"),
    "a misspelt lesson": ({}, ("report", "01_derivativ"), 2, "01_derivativ"),
    "a misspelt command's option": ({}, ("grade", LESSON, "--jobs", "0"), 2, "--jobs"),
    "no such folder": ({}, ("export", LESSON, "--to", "/nonexistent/x.csv"), 2, "no place for a file"),
    "no such archive": ({}, ("take-in", LESSON, "{a.zip}"), 2, "a.zip"),
    "half a download": ({"a.zip": zipped([("jdoe.ipynb", notebook())])[:80]}, ("take-in", LESSON, "{a.zip}"), 2, "download it again"),
    "no archive at all": ({"a.rar": b"Rar!"}, ("take-in", LESSON, "{a.rar}"), 2, "pack it as .zip"),
    "another lesson's archive": (
        {"a.zip": zipped([("jdoe.ipynb", notebook(OTHER))])},
        ("take-in", LESSON, "{a.zip}"),
        3,
        f"it is a notebook of {OTHER}; take that lesson in as well",
    ),
    "a student whom the roster does not have": (
        {"a.zip": zipped([("jdoo.ipynb", notebook())]), "class.csv": ROSTER.encode()},
        ("take-in", LESSON, "{a.zip}", "--roster", "{class.csv}"),
        3,
        "jdoo",
    ),
    "a roster that is none": (
        {"a.zip": zipped([("jdoe.ipynb", notebook())]), "class.csv": b"a,b\n1,2\n"},
        ("take-in", LESSON, "{a.zip}", "--roster", "{class.csv}"),
        2,
        "headings such as id, name, email, number; found a, b",
    ),
    "a deadline in words": (
        {"a.zip": zipped([("jdoe.ipynb", notebook())])},
        ("take-in", LESSON, "{a.zip}", "--deadline", "Monday"),
        2,
        "is no time; write for example",
    ),
    "grades before grading": ({}, ("export", LESSON, "--for", "canvas"), 3, "nobody handed in"),
    "a platform's file without its scores": ({"g.csv": b"x"}, ("export", LESSON, "--into", "{g.csv}"), 2, "say --for what"),
    "verification of nobody": ({}, ("verify", LESSON), 2, "nobody handed in"),
}


@pytest.mark.parametrize("name", DESK)
def test_a_sentence_and_a_code(course, said, tmp_path, name):
    files, words, code, told = DESK[name]
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
    ended, text = said(*(tmp_path / word[1:-1] if word[:1] == "{" else word for word in words))
    assert (ended, told in text) == (code, True), text
    assert not list(course.root.rglob("*.csv")), "no file that could be uploaded"


def test_settings_and_gradebook_that_take_in_needs(course, said, tmp_path):
    """The due date is nbgrader's; where it cannot be asked, that is a sentence and not the archive's fault."""
    archive = zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip")
    (course.root / "nbgrader_config.py").write_text("c = nothing")
    course.work.mkdir()
    (course.work / "gradebook.db").write_bytes(b"x" * 9999)
    code, text = said("take-in", LESSON, archive)
    assert code == 3 and "NameError" in text and text.startswith("Nothing was taken in: ")
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    code, text = said("take-in", LESSON, archive)
    assert code == 3 and "it is damaged" in text
    assert said("take-in", LESSON, archive, "--deadline", "2026-01-12 18:30 UTC")[0] == 0, "a deadline that is given needs neither"


@pytest.mark.parametrize("stop", [KeyboardInterrupt])
def test_ctrl_c_while_taking_in(course, said, tmp_path, monkeypatch, stop):
    def stopped(*_):
        raise stop

    monkeypatch.setattr("autograder.intake.take_in.take_in", stopped)
    code, text = said("take-in", LESSON, zipped([("jdoe.ipynb", notebook())], tmp_path / "a.zip"))
    assert code == 130 and "run the command again" in text


@pytest.mark.skipif(sys.platform != "linux", reason="grading runs on Linux")
def test_grading_nobody_is_not_well(course, said):
    shutil.copytree(REPOSITORY / "solutions" / LESSON, course.root / "solutions" / LESSON)
    _put(course, "jdoe.ipynb")
    code, text = said("grade", LESSON, "--no-gradebook")
    assert code == 3 and "Nobody has handed in" in text and "jdoe.ipynb lies outside any student's folder" in text
    Roster([Person("jdoe", "Jane Doe")]).save(course)
    assert "missing, 1 of the roster: Jane Doe (jdoe)" in said("grade", LESSON, "--no-gradebook")[1]


def test_a_mistyped_folder_is_not_a_new_student(course, said):
    Roster([Person("jdoe", "Jane Doe")]).save(course)
    _put(course, f"Jane Doe/{LESSON}/{LESSON}.ipynb")
    code, text = said("report", LESSON)
    assert code == 3 and "rename the folder to jdoe" in text and "not graded yet" in text
    assert json.loads(course.roster.read_text())[0]["id"] == "jdoe"
