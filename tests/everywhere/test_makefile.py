"""`make study` with a Python that is too old says what to do, and leaves nothing behind that would break the next try."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from elsewhere import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine; README, Without make, is for it")

# a Python of another age: says its version, makes environments with a copy of itself, and writes down what else it is asked
PYTHON = """#!/bin/sh
case "$1 $2" in
"-c "*) exec {real} -c 'import sys; sys.version_info = {version}; sys.version = "{text} (fake)"; exec(sys.argv[1])' "$2" ;;
"-m venv") mkdir -p "$3/bin" && {venv} ;;
*) echo "$@" >> asked ;;
esac
"""


@pytest.fixture
def course(tmp_path):
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def python(course, name: str, version: tuple[int, ...], venv: str = 'cp "$0" "$3/bin/python"'):
    path = course / name
    path.write_text(PYTHON.format(real=sys.executable, version=version, text=".".join(map(str, version)), venv=venv), encoding="utf-8")
    path.chmod(0o755)
    return f"PYTHON={path}"


def make(course, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(["make", *arguments], cwd=course, env=environment, capture_output=True, text=True, timeout=60)
    return done.stderr.splitlines(), done.returncode


def test_an_old_python_is_refused_in_one_sentence(course):
    said, code = make(course, "study", python(course, "python3", (3, 10, 4)))
    assert code != 0 and not (course / ".venv").exists() and not (course / "asked").exists()
    assert said[0].endswith(
        "python3 is Python 3.10.4, and this course needs Python 3.11 or newer: install it, or name one that you have:  make study PYTHON=python3.11"
    )


def test_then_a_newer_one_works(course):
    make(course, "study", python(course, "python3", (3, 10, 4)))
    said, code = make(course, "study", python(course, "python3.12", (3, 12, 1)))
    assert (said, code) == ([], 0)
    asked = (course / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[0].startswith("-m pip install ") and asked[-1] == "-m autograder study"


def test_an_environment_of_an_old_python_is_named(course):
    """Left behind by an earlier version of this course, or made by hand; another PYTHON alone would change nothing."""
    old = python(course, "python3", (3, 10, 4)).partition("=")[2]
    (course / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(old, course / ".venv" / "bin" / "python")
    new = python(course, "python3.12", (3, 12, 1))
    said, code = make(course, "doctor", new)
    assert code != 0 and not (course / "asked").exists()
    assert said[0] == (
        ".venv was made with Python 3.10.4, and this course needs Python 3.11 or newer: run  make clean  and then, for example,  make doctor PYTHON=python3.11"
    )
    assert make(course, "clean")[1] == 0
    assert make(course, "doctor", new) == ([], 0)


def test_a_python_that_is_not_there_is_named(course):
    said, code = make(course, "study", "PYTHON=no-such-python")
    assert code != 0
    assert said[0].startswith("There is no command no-such-python, and this course needs Python 3.11 or newer")


def test_an_environment_that_could_not_be_made_is_removed(course):
    """As on Debian without python3-venv: what is left there has no pip, and would pass for an environment."""
    broken = python(course, "python3", (3, 12, 1), venv='cp "$0" "$3/bin/python" && echo "ensurepip is not available" >&2 && exit 1')
    said, code = make(course, "study", broken)
    assert code != 0 and said[0] == "ensurepip is not available" and not (course / ".venv").exists()
    assert make(course, "study", python(course, "python3", (3, 12, 1))) == ([], 0)
