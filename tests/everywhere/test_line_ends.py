"""A clone on a machine whose git writes CRLF has the bytes that were committed: nothing is stale, no checksum is wrong."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from elsewhere import LESSON, ROOT, run

from autograder.files.course import Course

pytestmark = pytest.mark.slow


def git(*arguments, cwd) -> str:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    settings |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    return subprocess.run(["git", *arguments], cwd=cwd, env=os.environ | settings, check=True, capture_output=True, text=True).stdout


def clone_with_crlf(course, folder, *without) -> Course:
    """The course as git lays it down where core.autocrlf is true."""
    origin = folder / "origin"
    shutil.copytree(course.root, origin, ignore=shutil.ignore_patterns("work", "study", "home", *without))
    for name in (".gitattributes", "Makefile", "README.md"):
        if name not in without:
            shutil.copy(ROOT / name, origin)
    git("init", "--quiet", cwd=origin)
    git("add", ".", cwd=origin)
    git("commit", "--quiet", "-m", "the course", cwd=origin)
    git("clone", "--quiet", "-c", "core.autocrlf=true", str(origin), str(folder / "clone"), cwd=folder)
    return Course(folder / "clone")


def ends(course) -> dict[str, str]:
    """What line ends each file has in the clone."""
    return {line.split("\t")[1]: line.split()[1] for line in git("ls-files", "--eol", cwd=course.root).splitlines()}


def test_nothing_is_stale_in_such_a_clone(course, tmp_path):
    clone = clone_with_crlf(course, tmp_path)
    assert set(ends(clone).values()) <= {"w/lf", "w/-text", "w/none"}
    (clone.root / "README.md").unlink()  # its table lists the lessons that are not here
    assert run(clone, "build", "--check") == ("", 0)
    for file in ("data/penguins.csv", f"notebooks/{LESSON}/{LESSON}.ipynb"):
        assert (clone.root / file).read_bytes() == (ROOT / file).read_bytes()


def test_without_the_attributes_they_would_be(course, tmp_path):
    """So that the test above can fail."""
    clone = clone_with_crlf(course, tmp_path, ".gitattributes")
    assert ends(clone)[f"notebooks/{LESSON}/{LESSON}.ipynb"] == "w/crlf"
