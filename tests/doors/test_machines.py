"""A class on several machines and in other places: parts at once on a fresh folder, merging what machines judged, a work folder elsewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from judge.conftest import SAFE

from autograder.__main__ import main
from autograder.files.course import Course, SettingsError
from autograder.judge import verdicts
from autograder.judge.locks import running
from autograder.judge.signing import CourseKey

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"
STUDENTS = ("ada", "bob", "cleo", "dora")
pytestmark = [
    pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp"),
    pytest.mark.slow,
]


def new_course(root: Path, work: Path | None = None) -> Path:
    for name in ("solutions", "notebooks"):
        shutil.copytree(ROOT / name / LESSON, root / name / LESSON)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "data").symlink_to(ROOT / "data")
    for number, student in enumerate(STUDENTS):
        place = (work or root / "work") / "submitted" / student / LESSON
        place.mkdir(parents=True)
        shutil.copy(ROOT / ("notebooks" if number % 2 else "solutions") / LESSON / f"{LESSON}.ipynb", place)
    return root


def begun(root: Path, *arguments) -> subprocess.Popen:
    command = [sys.executable, "-m", "autograder", "--course", str(root), *arguments, "--level", SAFE[-1], "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_two_parts_at_once_on_a_fresh_folder_are_the_class(tmp_path):
    """They race for the key, the gradebook's tables and the lesson's entry; each is made once."""
    root = new_course(tmp_path / "course")
    runs = [begun(root, "grade", LESSON, "--shard", f"{part}/2") for part in (1, 2)]
    said = [run.communicate(timeout=240)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], "\n".join(said)
    assert {verdicts.read_receipt(root, LESSON, student)["by"].partition(", ")[2] for student in STUDENTS} == {"part 1/2", "part 2/2"}
    with sqlite3.connect(root / "work" / "gradebook.db") as database:
        assert database.execute("select count(*) from submitted_assignment").fetchone() == (len(STUDENTS),)
        assert database.execute("select count(*) from assignment").fetchone() == (1,)


def test_a_second_grader_is_refused_at_once_and_changes_nothing(tmp_path, capsys):
    """As deploy/jupyterhub/README.md says of several graders: code 4, the first one's process, and no verdict, grade or database of the second."""
    root = new_course(tmp_path / "course")
    with running(Course(root), LESSON, (1, 1)):
        assert main(["--course", str(root), "grade", LESSON, "--level", SAFE[-1]]) == 4
        assert f"another run (process {os.getpid()}) grades {LESSON} already" in capsys.readouterr().err
    assert [path.name for path in (root / "work").rglob("*.json")] == ["course.json"]
    assert not (root / "work" / "gradebook.db").stat().st_size


@pytest.fixture(scope="module")
def machines(tmp_path_factory) -> list[Path]:
    """Three machines with the same hand-ins: here, one that had a copy of the key, and one that made its own; the two judged half of the class."""
    made = [new_course(tmp_path_factory.mktemp("machine") / "course") for _ in range(3)]
    CourseKey.load(made[0])
    shutil.copy(made[0] / "work" / "course.json", made[1] / "work" / "course.json")
    for part, root in ((1, made[1]), (2, made[2])):
        run = begun(root, "grade", LESSON, "--shard", f"{part}/2", "--no-gradebook")
        said = run.communicate(timeout=240)[0]
        assert run.returncode == 0, said
        told = f"there is no {root}/work/course.json: a key is made. Parts in this folder share it; a machine with a folder of its own needs a copy"
        assert (told in said) == (part == 2), said
    return made


def copied(machines: list[Path], tmp_path: Path) -> Path:
    """The first machine, for one test."""
    return Path(shutil.copytree(machines[0], tmp_path / "here", symlinks=True))


def test_merge_says_what_was_judged_by_whom_and_grade_goes_on_from_there(machines, tmp_path, capsys):
    here = copied(machines, tmp_path)
    assert main(["--course", str(here), "merge", LESSON, str(machines[1] / "work")]) == 0
    said = capsys.readouterr().out
    assert (
        "2 verdicts taken" in said
        and "2 hand-ins have no verdict yet" in said
        and f"{os.uname().nodename}, part 1/2: 2 at level {SAFE[-1]}" in said
    )
    assert main(["--course", str(here), "merge", LESSON, str(machines[1] / "work")]) == 0
    assert "0 verdicts taken, 2 were here already" in capsys.readouterr().out
    assert main(["--course", str(here), "grade", LESSON, "--no-gradebook", "--json", "--level", SAFE[-1], "--jobs", "1"]) == 0
    results = json.loads(capsys.readouterr().out)["results"]
    assert {result["student"]: result["fresh"] for result in results} == {"ada": False, "bob": True, "cleo": False, "dora": True}


def test_merge_refuses_another_key_before_anything_is_written(machines, tmp_path, capsys):
    here = copied(machines, tmp_path)
    code = main(["--course", str(here), "merge", LESSON, str(machines[1] / "work"), str(machines[2] / "work")])
    assert code == 3 and "another key" in capsys.readouterr().err
    assert not (here / "work" / "verdicts").exists()


def test_a_course_without_a_key_merges_nothing_and_makes_none(machines, tmp_path, capsys):
    here = new_course(tmp_path / "here")
    assert main(["--course", str(here), "merge", LESSON, str(machines[1] / "work")]) == 3
    assert f"there is no {here}/work/course.json, so no machine had a copy" in capsys.readouterr().err
    assert not (here / "work" / "course.json").exists()


def test_merge_lists_what_is_changed_or_on_another_notebook(machines, tmp_path, capsys):
    here = copied(machines, tmp_path)
    there = Path(shutil.copytree(machines[1] / "work", tmp_path / "there"))
    place = there / "verdicts" / LESSON / "ada.json"
    place.write_text(place.read_text().replace('"points":2', '"points":1', 1))
    with open(here / "work" / "submitted" / "cleo" / LESSON / f"{LESSON}.ipynb", "a") as stream:
        stream.write("\n")
    assert main(["--course", str(here), "merge", LESSON, str(there)]) == 3
    said = capsys.readouterr().out
    assert "ada.json: the verdict is not the one that was signed" in said and "cleo.json: it is on another notebook" in said
    assert main(["--course", str(here), "merge", LESSON, str(tmp_path)]) == 2


def test_the_work_folder_may_lie_anywhere(tmp_path, capsys):
    """`local.toml` says where; verdicts, key, gradebook and reports are there, and nothing lies beside the course."""
    work = tmp_path / "class of 2026"
    root = new_course(tmp_path / "course", work)
    (root / "local.toml").write_text('work = "../class of 2026"\n[nbgrader.Exchange]\nroot = "/srv/exchange"\n')
    log = tmp_path / "log"
    graded = ["--course", str(root), "grade", LESSON, "--level", SAFE[-1], "--jobs", "2", "--log-json", str(log)]
    assert main(graded) == 0, capsys.readouterr()
    for command in (["report", LESSON], ["export", LESSON], ["feedback", LESSON], ["verify", LESSON]):
        assert main(["--course", str(root), *command]) == 0, capsys.readouterr()
    assert (work / "reports" / f"{LESSON}.csv").read_text().count("ada") and (
        work / "feedback" / "ada" / LESSON / f"{LESSON}.html"
    ).exists()
    assert {"course.json", "gradebook.db", "verdicts", "receipts"} <= {path.name for path in work.iterdir()}
    assert not (root / "work").exists()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["event"] for line in lines] == ["begin", *["verdict"] * 4, "end"]
    assert {line["student"]: line["verdict"] for line in lines[1:-1]} == {"ada": "pass", "bob": "fail", "cleo": "pass", "dora": "fail"}
    assert all(line["fresh"] and line["max_points"] == 21 for line in lines[1:-1]) and lines[-1]["code"] == 0
    from autograder.files.settings import nbgrader_config

    assert nbgrader_config(Course(root)).Exchange.root == "/srv/exchange"
    assert main(graded) == 0
    again = [json.loads(line) for line in log.read_text().splitlines()][len(lines) :]
    assert [line.get("fresh") for line in again] == [None, False, False, False, False, None]


@pytest.mark.parametrize(
    "text, said",
    [
        ("work = 7", "no setting work = 7"),
        ("wrok = 'x'", "no setting wrok"),
        ("[", "cannot be used"),
        ("work = '~nobody-of-that-name/x'", "which is no place"),
        ("work = ''", "the course's own folder, holds it"),
        ("work = '/'", "the course's own folder, holds it"),
        ("work = 'notebooks/work'", "the course's own folder, holds it"),
        ("[cluster]\nca = 7", "under .cluster.; write there the files ca, cert and key"),
        ("[cluster]\ncrt = 'x'", "under .cluster.; write there the files ca, cert and key"),
        ("[nbgrader]\nExchange = 3", "write a table of one of nbgrader's classes"),
    ],
)
def test_a_wrong_local_file_is_a_sentence(tmp_path, capsys, text, said):
    root = new_course(tmp_path / "course")
    (root / "local.toml").write_text(text)
    with pytest.raises(SettingsError, match=said.partition(" = ")[0]):
        Course(root).work  # noqa: B018
    assert main(["--course", str(root), "grade", LESSON]) == 3
    assert re.search(said.partition(" = ")[0], capsys.readouterr().err)


def test_a_local_file_that_leads_nowhere_is_a_sentence_and_no_other_folder(tmp_path):
    """What it says is not known then, and a key of its own would be made in the usual folder."""
    (tmp_path / "local.toml").symlink_to(tmp_path / "gone.toml")
    with pytest.raises(SettingsError, match="cannot be used"):
        Course(tmp_path).work  # noqa: B018
