"""One version number, which the changelog, the command line, every verdict and the package cite."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest

import autograder
from autograder.__main__ import main
from autograder.course.wheel import build_wheel
from autograder.exercises import lesson
from autograder.files.course import Course
from autograder.judge.versions import versions

ROOT = Path(__file__).resolve().parents[2]


def test_the_changelog_describes_this_version():
    headings = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == autograder.__version__
    assert headings == sorted(set(headings), key=lambda text: [int(part) for part in text.split(".")], reverse=True)


@pytest.mark.slow
def test_the_package_takes_it_from_the_code():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"] and "version" not in project["project"]
    name, wheel = build_wheel(Course.at())
    metadata = zipfile.ZipFile(io.BytesIO(wheel)).read(f"from_h_to_eta-{autograder.__version__}.dist-info/METADATA").decode()
    assert name == f"from_h_to_eta-{autograder.__version__}-py3-none-any.whl" and f"\nVersion: {autograder.__version__}\n" in metadata


def test_a_verdict_cites_it():
    assert versions(Course.at(), lesson("01_derivative"))["course"] == autograder.__version__


def test_the_command_line_says_it(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0 and autograder.__version__ in capsys.readouterr().out
