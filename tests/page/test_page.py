"""The page's own scripts: small, complete, clean for ESLint, and tested by Node's own runner."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.course import npm

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "autograder" / "course" / "page"
SCRIPTS = sorted(PAGE.glob("*.js"))


@pytest.fixture(scope="module")
def node():
    path = shutil.which("node")
    if path is None:
        pytest.skip("Node.js is missing: install it (Debian, Ubuntu: `apt-get install nodejs`); it tests the scripts of the pages.")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("test", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_the_scripts_do_what_they_say(node, test):
    done = subprocess.run([node, "--test", str(test)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and re.search(r"^# pass [1-9]", done.stdout, re.M), done.stdout + done.stderr


def _linted(node, files) -> subprocess.CompletedProcess:
    try:
        parts = [str(npm.fetch(part)) for part in npm.ESLINT]
    except npm.NoWeb as problem:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"ESLint looks the scripts over. {problem}")
    return subprocess.run([node, str(HERE / "lint.mjs"), *parts, *map(str, files)], capture_output=True, text=True, timeout=120)


def test_the_linter_finds_nothing(node):
    """In any script of ours: the page's, those in outputs, and these tests'."""
    root = HERE.parents[1]
    files = [path for folder in ("autograder", "explorers") for path in sorted((root / folder).rglob("*.js"))] + sorted(HERE.glob("*.mjs"))
    assert len(files) > len(SCRIPTS)
    done = _linted(node, files)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_linter_finds_what_is_planted(node, tmp_path):
    (tmp_path / "page").mkdir()
    planted = tmp_path / "page" / "planted.js"
    planted.write_text("// Planted.\nexport const one = nobody;\nvar two = 2;\n", encoding="utf-8")
    done = _linted(node, [planted])
    assert done.returncode == 1
    assert [line.rpartition("(")[2].rstrip(")") for line in done.stdout.splitlines()] == ["no-undef", "no-var", "no-unused-vars"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_small_and_begins_with_its_job(script):
    lines = script.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 260
    assert lines[0].startswith("// ") and lines[0].endswith(".")


def test_every_import_of_a_script_is_there():
    """By name: another module of the page, or one of the editor's packages, whose own imports are there as well."""
    for script in SCRIPTS:
        for name in re.findall(r"from '([^']+)'", script.read_text(encoding="utf-8")):
            assert (PAGE / name).exists() or name in npm.EDITOR or name == "./lib/wasi/index.js", (script.name, name)
    for name, (version, inside) in npm.EDITOR.items():
        try:
            text = npm.fetch((name, version, inside)).read_text(encoding="utf-8")
        except npm.NoWeb as problem:
            pytest.skip(str(problem))
        assert set(re.findall(r"^(?:import|export) [^;]*from ['\"]([^'\"]+)['\"]", text, re.M)) <= set(npm.EDITOR), name


def test_what_is_fetched_is_pinned():
    assert {package[0] for package in npm.ALL} == set(npm.SHA256)
