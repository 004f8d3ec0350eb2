"""The page's own scripts: small, complete, and tested by Node's own runner."""

from __future__ import annotations

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
