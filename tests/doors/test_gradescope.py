"""Gradescope's pair of scripts on a tree like Gradescope's own: what the archive holds, what `setup.sh` does, and which results `run_autograder` leaves.

The contract is https://gradescope-autograders.readthedocs.io/en/latest/specs/: the archive's files lie in /autograder/source, run_autograder is copied beside it,
the hand-in lies in /autograder/submission, and a valid /autograder/results/results.json is a score.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from judge.conftest import SAFE

from autograder.judge.signing import CourseKey

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"
pytestmark = [
    pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp"),
    pytest.mark.slow,
]
SHIM = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
STATUSES, VISIBILITIES, FORMATS = (
    {"passed", "failed"},
    {"hidden", "after_due_date", "after_published", "visible"},
    {"text", "html", "simple_format", "md", "ansi"},
)


def conforms(data: dict) -> None:
    """The documented rules of results.json."""
    number = (int, float)
    assert isinstance(data["score"], number) or all("score" in test for test in data["tests"])
    assert isinstance(data.get("execution_time", 0), number)
    for one in (data, *data["tests"]):
        assert isinstance(one.get("output", ""), str) and one.get("output_format", "text") in FORMATS
        assert one.get("visibility", "visible") in VISIBILITIES and isinstance(one.get("extra_data", {}), dict)
    assert data["stdout_visibility"] in VISIBILITIES and data["test_output_format"] in FORMATS
    for test in data["tests"]:
        assert test["status"] in STATUSES and 0 <= test["score"] <= test["max_score"]
        assert isinstance(test["name"], str) and isinstance(test["number"], str) and test["name_format"] in FORMATS


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """The archive as the script makes it; the course's key lies elsewhere than the repository."""
    course = tmp_path_factory.mktemp("course")
    for name in ("autograder", "explorers", "data", "requirements.txt", "pyproject.toml", "nbgrader_config.py"):
        (course / name).symlink_to(ROOT / name) if (ROOT / name).is_file() else shutil.copytree(
            ROOT / name, course / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("solutions", "notebooks"):
        shutil.copytree(ROOT / name / LESSON, course / name / LESSON)
    target = course / "autograder.zip"
    script = ROOT / "deploy" / "gradescope" / "make_zip.py"
    level = [] if SAFE[0] == "full" else ["--level", SAFE[0]]
    subprocess.run([sys.executable, script, LESSON, "--to", target, "--course", course, *level], check=True, capture_output=True)
    return target


@pytest.fixture
def tree(archive, tmp_path) -> Path:
    """/autograder as Gradescope lays it out."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "source")
    shutil.copy(tmp_path / "source" / "run_autograder", tmp_path / "run_autograder")
    for name in ("submission", "results"):
        (tmp_path / name).mkdir()
    program(tmp_path / "venv" / "bin" / "python", SHIM)
    return tmp_path


def hand_in(tree: Path, kind: str = "notebooks", name: str = f"{LESSON}.ipynb") -> None:
    shutil.copy(ROOT / kind / LESSON / f"{LESSON}.ipynb", tree / "submission" / name)


def graded(tree: Path) -> tuple[int, dict | None]:
    """The exit code of run_autograder, and what it left."""
    environment = {**os.environ, "AUTOGRADER_ROOT": str(tree)}
    code = subprocess.run(["bash", tree / "run_autograder"], cwd=tree, env=environment, capture_output=True, timeout=120).returncode
    results = tree / "results" / "results.json"
    return code, json.loads(results.read_text(encoding="utf-8")) if results.exists() else None


def test_the_archive_holds_the_lesson_its_seed_and_no_key(archive):
    course = archive.parent
    with zipfile.ZipFile(archive) as packed:
        names = set(packed.namelist())
        assert {"setup.sh", "run_autograder"} <= names, "at the root, where Gradescope looks for them"
        assert packed.getinfo("run_autograder").external_attr >> 16 & stat.S_IXUSR
        together = b"".join(packed.read(name) for name in names)
        assert str(CourseKey.load(course).lesson_seed(LESSON)) in packed.read("options").decode().split()
    assert CourseKey.load(course).key.hex().encode() not in together
    assert not any(name.startswith(("course/work", "course/tests", "course/.git")) or "__pycache__" in name for name in names)
    assert {name for name in names if name.startswith("course/solutions")} == {f"course/solutions/{LESSON}/{LESSON}.ipynb"}


def test_what_no_archive_can_be_made_of_is_a_sentence(tmp_path):
    """And no key is made in a folder that is no course's."""
    for words, said in (
        (("99_nothing", "--to", tmp_path / "a.zip"), "no lesson is called '99_nothing'"),
        ((LESSON, "--to", tmp_path / "gone" / "a.zip"), "is no place for a file"),
        ((LESSON, "--to", tmp_path / "a.zip", "--course", tmp_path / "gone"), "there is no folder"),
        ((LESSON, "--to", tmp_path / "a.zip", "--course", tmp_path), f"has no solutions/{LESSON}/{LESSON}.ipynb"),
    ):
        script = ROOT / "deploy" / "gradescope" / "make_zip.py"
        done = subprocess.run([sys.executable, script, *words], capture_output=True, text=True)
        assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert not [*tmp_path.iterdir()]


def test_a_submission_folder_that_is_not_there_is_no_score(tree):
    (tree / "submission").rmdir()
    assert graded(tree) == (2, None)


def test_a_hand_in_gets_its_score(tree):
    hand_in(tree, "solutions", "my homework.ipynb")
    (tree / "submission" / "notes.txt").write_text("beside it")
    (tree / "submission" / "__MACOSX").mkdir()
    (tree / "submission" / "__MACOSX" / "._my homework.ipynb").write_text("")
    code, found = graded(tree)
    conforms(found)
    assert code == 0 and found["score"] == sum(test["max_score"] for test in found["tests"]) > 0
    assert {test["status"] for test in found["tests"]} == {"passed"}


@pytest.mark.parametrize("kind", ["stubs", "nothing", "two", "half"])
def test_what_is_the_students_is_a_score_with_the_reason(tree, kind):
    if kind == "stubs":
        hand_in(tree)
    if kind == "two":
        hand_in(tree, name="a.ipynb"), hand_in(tree, name="b.ipynb")
    if kind == "half":
        (tree / "submission" / f"{LESSON}.ipynb").write_text('{"cells": [')
    code, found = graded(tree)
    conforms(found)
    assert (code, found["score"]) == (0, 0)
    said = {"stubs": "0 of 21", "nothing": f"hand in {LESSON}.ipynb", "two": "a.ipynb, b.ipynb", "half": "malformed"}
    assert said[kind] in found["output"]


def test_an_error_of_ours_leaves_no_results_not_even_old_ones(tree):
    """Gradescope then says that the autograder failed, and the submission has no score."""
    hand_in(tree, "solutions")
    (tree / "results" / "results.json").write_text('{"score": 7}')
    shutil.copy(ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb", tree / "source" / "course" / "solutions" / LESSON)
    code, found = graded(tree)
    assert code == 3 and found is None


def test_setup_installs_what_there_is_and_rehearses(tree):
    """With stand-ins for apt-get and the image's Python, 3.11 only; the rehearsal is real."""
    tools = tree / "tools"
    program(tools / "apt-get", f'#!/bin/sh\necho "$@" >> {tree}/installed\ncase "$*" in *python3.13*|*python3.12*) exit 100;; esac\n')
    made = '#!/bin/sh\nmkdir -p "$3/bin"\ncp {0}/venv-python "$3/bin/python"\n'
    program(tree / "venv-python", SHIM.replace("exec", f'case "$2" in pip) echo "$@" >> {tree}/installed; exit 0;; esac\nexec'))
    program(tools / "python3.11", made.format(tree))
    environment = {**os.environ, "AUTOGRADER_ROOT": str(tree), "PATH": f"{tools}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", tree / "source" / "setup.sh"], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    installed = (tree / "installed").read_text()
    assert "bubblewrap" in installed and "python3.11-venv" in installed and "requirements.txt" in installed
    conforms(json.loads(done.stdout[done.stdout.index("{") :]))
    assert not (tree / "source" / "rehearsal").exists() and not (tree / "rehearsal").exists()


def test_setup_ends_where_the_rehearsal_has_no_results(tree):
    shutil.copy(ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb", tree / "source" / "course" / "solutions" / LESSON)
    tools = tree / "tools"
    program(tools / "apt-get", "#!/bin/sh\n")
    program(tools / "python3.13", "#!/bin/sh\n")
    program(tree / "venv" / "bin" / "python", SHIM.replace("exec", 'case "$2" in pip) exit 0;; esac\nexec'))
    environment = {**os.environ, "AUTOGRADER_ROOT": str(tree), "PATH": f"{tools}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", tree / "source" / "setup.sh"], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 3 and "the reference got" in done.stderr
