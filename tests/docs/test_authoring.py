"""docs/authoring.md is followed to the letter in a copy of the course: what it adds is built, examined, tested, and judges as it says."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.engine.trial import Trial
from autograder.shared.answer import LocalAnswer
from autograder.writing import exercise as model

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
PARTS = ("autograder", "docs", "explorers", "notebooks", "solutions", "tests")
FILES = ("README.md", "nbgrader_config.py", "pyproject.toml", "requirements.txt")
STEP = re.compile(
    r"^\*\*`(?P<file>[^`]+)`\*\*, (?P<how>a new file|(?:above|below|in place of) the (?:line|cell) `(?P<at>[^`]+)`):\n\n```(?:python|toml)\n(?P<text>.*?)^```$",
    re.M | re.S,
)


def fences(heading: str, language: str) -> list[str]:
    """The fenced blocks of a section of the page."""
    section = PAGE.split(f"\n## {heading}")[1].split("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, re.M | re.S)


def apply(step: re.Match, root: Path) -> None:
    """Do what one step of the page says."""
    path = root / step["file"]
    if step["how"] == "a new file":
        assert not path.exists(), f"{step['file']} is not new: the page's own example must not be in the course"
        path.write_text(step["text"], encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    found = [number for number, line in enumerate(lines) if line.rstrip("\n") == step["at"]]
    assert len(found) == 1, f"{step['file']} has the line {step['at']!r} {len(found)} times; the page needs another place"
    start, end = found[0], found[0]
    if " the cell " in step["how"]:
        start = end = max(number for number in range(start) if lines[number].startswith("# %%"))
    elif step["how"].startswith("below"):
        start = end = start + 1
    elif step["how"].startswith("in place"):
        end = start + 1
    path.write_text("".join([*lines[:start], step["text"], *lines[end:]]), encoding="utf-8")


def run(root: Path, *command: str) -> str:
    """Run a command in the copy; its output. Fails with all of it unless the exit code is 0."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run([sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course to which every step of the page has been applied."""
    root = tmp_path_factory.mktemp("course")
    # without the page: it holds the answer to its own exercise, which the doctor would find
    unwanted = shutil.ignore_patterns(".ipynb_checkpoints", "authoring.md")
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part, ignore=unwanted)
    for name in FILES:
        shutil.copy(ROOT / name, root)
    (root / "data").symlink_to(ROOT / "data")
    steps = list(STEP.finditer(PAGE))
    assert len(steps) == len(re.findall(r"^\*\*`[^`]+`\*\*", PAGE, re.M)) >= 6, "a step of the page is not in the form that this test reads"
    for step in steps:
        apply(step, root)
    return root


@pytest.mark.slow
def test_its_commands_are_green(course):
    """The commands of step 5, in their order; nothing that they write is missing."""
    commands = [line.split() for block in fences("Step 5", "sh") for line in block.splitlines()]
    assert [command[0] for command in commands] == ["python"] * 3
    said = [run(course, *command[1:]) for command in commands]
    assert "01_derivative.ipynb" in said[0] and "all is well" in said[1]
    assert run(course, "-m", "autograder", "build", "--check") == ""
    name = re.search(r'^# %% exercise="(\w+)"', PAGE, re.M)[1]
    for tree in ("solutions", "notebooks"):
        text = (course / tree / "01_derivative" / "01_derivative.ipynb").read_text(encoding="utf-8")
        assert f"check({name})" in text and ("BEGIN SOLUTION" in text) == (tree == "solutions")


@pytest.mark.slow
def test_a_wrong_answer_is_named_and_the_right_one_gets_full_marks(course):
    (wrong,) = fences("Step 5", "python")
    called, claim = re.search(r"^(check\(\w+\))  # (.*)$", wrong, re.M).groups()
    points, message = re.fullmatch(r'(.* points), and "(.*)"', claim).groups()
    said = run(course, "-c", wrong.replace(called, f"print({called})"))
    assert points in said and message in said
    right = re.search(r'^# %% exercise="\w+"\n(def .*?)^$', PAGE, re.M | re.S)[1]
    solution = re.search(r"^(def .*?### END SOLUTION\n)", PAGE, re.M | re.S)[1]
    assert solution.startswith(right.splitlines()[0])
    total = points.split(" of ")[1]
    assert f"{total.removesuffix(' points')} of {total}" in run(course, "-c", f"from autograder import check\n{solution}\nprint({called})")


def test_everything_that_t_has_is_on_the_page():
    """The other way round the page's own exercise finds out: a name that `t` lacks would fail there."""
    trial = Trial(model.Exercise("f", 1, "f"), LocalAnswer(None, {}))
    told = set(re.findall(r"`t\.(\w+)", PAGE.split("\n## What a check can do")[1].split("\n## ")[0]))
    assert {name for name in dir(trial) if not name.startswith("_")} <= told | {"evaluations"}


def test_everything_that_authors_import_is_on_the_page():
    module = ast.parse((ROOT / "autograder" / "writing" / "__init__.py").read_text(encoding="utf-8"))
    names = {name.name for line in module.body if isinstance(line, ast.ImportFrom) for name in line.names}
    assert len(names) > 30
    # what an author meets as t, lesson.exercise(...) or a docstring, not by importing it
    missing = {name for name in names if not re.search(rf"\b{name}\b", PAGE)} - {"Exercise", "describe", "WEIGHTS"}
    assert not missing, f"docs/authoring.md does not say what {sorted(missing)} are for"


def test_every_setting_of_an_exercise_is_on_the_page():
    section = PAGE.split("\n## The settings of an exercise")[1].split("\n## ")[0]
    made_by_others = {"lesson", "checks", "mistakes", "make_cases", "make_view", "make_edges", "docstring", "name", "points", "asks"}
    missing = {name for name in model.Exercise.__dataclass_fields__ if f"`{name}`" not in section} - made_by_others
    assert not missing
