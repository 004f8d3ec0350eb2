"""docs/deploying.md is typed as it stands: the commands of each section that can run on this machine, in a copy of the course."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from judge.conftest import SAFE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
LESSON = "01_derivative"
pytestmark = [
    pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp"),
    pytest.mark.slow,
]


def blocks(heading: str, language: str = "sh") -> list[str]:
    """The fenced blocks of a section of the page."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(rf"^```{language}\n(.*?)^```$", section, re.M | re.S)
    assert found, f"{heading} has no block of {language}"
    return found


@pytest.fixture
def course(tmp_path) -> Path:
    """A course's folder with one lesson and three hand-ins: a right one, an empty one, and half a file."""
    root = tmp_path / "course"
    for name in ("solutions", "notebooks"):
        shutil.copytree(ROOT / name / LESSON, root / name / LESSON)
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for student, source in (("ada", "solutions"), ("bob", "notebooks")):
        place = root / "work" / "submitted" / student / LESSON
        place.mkdir(parents=True)
        shutil.copy(ROOT / source / LESSON / f"{LESSON}.ipynb", place)
    (root / "Downloads").mkdir()
    place = root / "work" / "submitted" / "cleo" / LESSON
    place.mkdir(parents=True)
    (place / f"{LESSON}.ipynb").write_text('{"cells": [')
    return root


def run(script: str, folder: Path, *, codes: tuple[int, ...] = (0,), **more: str) -> str:
    """What a script says that is run line by line as the page has it; `python` is this one, finds this package, and works on the course in `folder`."""
    bin = folder / ".bin"
    bin.mkdir(exist_ok=True)
    python = bin / "python"
    if not python.exists():
        course = f'[ "$2" = autograder ] && shift 2 && exec "{sys.executable}" -m autograder --course "{folder}" "$@"'
        python.write_text(f'#!/bin/sh\n{course}\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
    environment = {**os.environ, "PATH": f"{bin}:{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), **more}
    done = subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode in codes, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_one_notebook(course):
    shutil.copy(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb", course / "Downloads")
    run(blocks("One notebook")[0], course)
    assert (course / "Downloads" / "verdict.json").exists() and (course / "Downloads" / "report.xml").exists()
    said = run(f"python -c '{blocks('One notebook', 'python')[0]}'", course)
    assert said.startswith("pass 21.0 21") and said.count("### ") == 2


def test_gradescope(course):
    """The commands, in a clone; tests/doors/test_gradescope.py runs what comes out of them."""
    for name in ("autograder", "explorers", "deploy"):
        shutil.copytree(ROOT / name, course / name)
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, course)
    run(blocks("Gradescope")[0], course, PYTHONPATH="")
    assert (course / "Downloads" / "autograder.zip").stat().st_size > 100_000 and (course / "work" / "course.json").exists()


def test_github(course):
    """The commands; tests/doors/test_github.py runs what is copied."""
    shutil.copytree(ROOT / "deploy", course / "deploy")
    run(blocks("GitHub")[0], course)
    assert (course / ".github" / "workflows" / "grade.yml").read_bytes() == (ROOT / "deploy" / "github" / "grade.yml").read_bytes()


def graded(course: Path) -> set[str]:
    """Who has a verdict."""
    return {path.stem for path in (course / "work" / "verdicts" / LESSON).glob("*.json")}


def test_a_laptop(course):
    said = run("\n".join(line for line in blocks("A laptop")[0].splitlines() if "doctor" not in line), course)
    assert graded(course) == {"ada", "bob", "cleo"} and "malformed" in said


def test_cron(course):
    run(blocks("Cron")[0], course, COURSE=str(course))
    assert graded(course) == {"ada", "bob", "cleo"} and (course / "work" / "grade.jsonl").read_text().count('"verdict"') >= 3


def test_slurm(course):
    """The script with Slurm's variables, one part after the other; then the run that enters, and the merging of two machines' work."""
    array, after, merging = blocks("Slurm")
    count = int(re.search(r"--array=1-(\d+)", array)[1])
    for part in range(1, count + 1):
        run(array, course, SLURM_ARRAY_TASK_ID=str(part), SLURM_ARRAY_TASK_COUNT=str(count), SLURM_CPUS_PER_TASK="1")
    assert graded(course) == {"ada", "bob", "cleo"}
    for machine in (1, 2):
        shutil.copytree(course / "work", course / f"machine-{machine}" / "work")
    assert "0 judged" in run(after, course) and (course / "work" / "gradebook.db").stat().st_size
    shutil.rmtree(course / "work" / "verdicts")
    assert "3 verdicts taken, 3 were here already" in run(merging, course)


def test_kubernetes(course):
    job = yaml.safe_load(blocks("Kubernetes", "yaml")[0])["spec"]
    command = job["template"]["spec"]["containers"][0]["command"]
    assert command[:2] == ["bash", "-c"] and job["completionMode"] == "Indexed"
    for index in range(job["completions"]):
        run(command[2], course, JOB_COMPLETION_INDEX=str(index))
    assert graded(course) == {"ada", "bob", "cleo"}


def test_the_example_of_local_toml_is_understood(course):
    from autograder.files.course import Course

    (course / "local.toml").write_text(blocks("Where work lies", "toml")[0])
    assert Course(course).work == course.parent / "class-2026"


@pytest.mark.skipif(not shutil.which("openssl"), reason="apt-get install openssl: it makes the certificates")
def test_dask(course):
    """A scheduler and a worker, as the page has them, on a port that is free."""
    pytest.importorskip("distributed", reason='pip install "from-h-to-eta[cluster]"')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    (course / "local.toml").write_text('[cluster]\nca = "work/cluster.pem"\ncert = "work/cluster.pem"\nkey = "work/cluster.key"\n')
    run(blocks("Dask")[0].replace("8786", port), course, codes=(0, 143), AUTOGRADER_COURSE=str(course))
    assert graded(course) == {"ada", "bob", "cleo"}
    receipt = (course / "work" / "receipts" / LESSON / "ada.json").read_text()
    assert ", worker tls://" in receipt, "judged by the worker, not here"
