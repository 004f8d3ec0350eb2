"""The GitHub workflow: who may do what in it, and its steps, run here one after the other on a pull request in a repository of git's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from judge.conftest import SAFE

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "deploy" / "github" / "grade.yml"
WORKFLOW = yaml.safe_load(FILE.read_text(encoding="utf-8"))
LESSON = "01_derivative"
JOBS = WORKFLOW["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]


def test_nobody_may_more_than_they_need():
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "judge": {"contents": "read"},
        "comment": {"pull-requests": "write"},
    }
    for step in STEPS:
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False and "ref" not in step["with"], "nothing of the pull request is checked out"


def test_no_text_of_a_pull_request_becomes_part_of_a_script():
    """`${{ … }}` is put into a script before the shell reads it; values come through the environment instead."""
    assert not any("${{" in step.get("run", "") for step in STEPS)
    given = set(re.findall(r"\$\{\{\s*([\w.]+)", FILE.read_text(encoding="utf-8")))
    assert {name for name in given if name.startswith("github.event")} == {"github.event.pull_request.number"}


def test_the_hub_has_a_job_of_its_own_in_which_nothing_is_skipped():
    """`make test` leaves it out; its own workflow runs it as root, which may make accounts, and with CI set, which makes what is missing a failure."""
    hub = yaml.safe_load((ROOT / ".github" / "workflows" / "hub.yml").read_text(encoding="utf-8"))
    assert hub["permissions"] == {"contents": "read"} and "push" in hub[True]  # YAML takes the key "on" for a truth
    (job,) = hub["jobs"].values()
    assert "CI=true make hub-test" in job["steps"][-1]["run"] and job["steps"][-1]["run"].startswith("sudo ")
    assert {"actions/setup-python", "actions/setup-node"} <= {step.get("uses", "").partition("@")[0] for step in job["steps"]}
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert '-m "not hub"' in recipes and "pytest tests/browser/test_hub.py" in recipes


def git(*arguments, folder: Path) -> str:
    named = {name: "t" for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME")} | {
        name: "t@t" for name in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL")
    }
    environment = {**os.environ, **named, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def pull_request(folder: Path, files: dict[str, bytes | str]) -> Path:
    """A repository with pull request 7, which adds files (a text is a link to there), merged as GitHub shows it in refs/pull/7/merge."""
    folder.mkdir()
    git("init", "-q", "-b", "main", folder=folder)
    (folder / "old.ipynb").write_text("{}")
    git("add", "-A", folder=folder), git("commit", "-qm", "class", folder=folder), git("checkout", "-qb", "theirs", folder=folder)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data) if isinstance(data, bytes) else (folder / name).symlink_to(data)
    (
        git("add", "-A", folder=folder),
        git("commit", "-qm", "handed in", "--allow-empty", folder=folder),
        git("checkout", "-q", "main", folder=folder),
    )
    git("merge", "-q", "--no-ff", "--no-edit", "theirs", folder=folder) if files else git(
        "commit", "-qm", "merge", "--allow-empty", folder=folder
    )
    git("update-ref", "refs/pull/7/merge", "HEAD", folder=folder), git("reset", "-q", "--hard", "HEAD^1", folder=folder)
    return folder


def runner(tmp_path: Path, repository: Path, reference: str = "solutions") -> tuple[str, list[str], dict[str, int]]:
    """All steps with a script, as GitHub's runner starts them: the comment, what was installed, the exit codes that are not 0."""
    here, tools = tmp_path / "runner", tmp_path / "tools"
    here.mkdir(), tools.mkdir()
    shutil.copytree(ROOT / reference / LESSON, here / "course" / "solutions" / LESSON)
    shutil.copytree(ROOT / "notebooks" / LESSON, here / "course" / "notebooks" / LESSON)
    for name in ("autograder", "explorers", "data", "requirements.txt", "nbgrader_config.py"):
        (here / "course" / name).symlink_to(ROOT / name)
    log = tmp_path / "log"
    for name, text in {
        "sudo": f'echo "$@" >> {log}',
        "gh": f'echo gh "$@" >> {log}; cp comment.md {tmp_path}/posted.md',
        "python": f'case "$2" in pip) echo "$@" >> {log};; *) exec "{sys.executable}" "$@";; esac',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    values = {"${{ github.server_url }}/${{ github.repository }}": repository.as_uri(), "${{ github.event.pull_request.number }}": "7"}
    values |= {"${{ github.token }}": "t", "${{ secrets.HIDDEN_SEED }}": "12345", "${{ github.repository }}": "class/hand-ins"}
    failed = {}
    for step in STEPS:
        if "upload-artifact" in step.get("uses", ""):
            shutil.copy(here / step["with"]["path"], here / "comment.md")
        if "run" not in step:
            continue
        own = {name: values.get(value, value) for name, value in step.get("env", {}).items()}
        environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull, **own}
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=120)
        if done.returncode:
            failed[step["name"]] = done.returncode
            assert step["name"].startswith("An error of ours"), done.stdout + done.stderr
    return (tmp_path / "posted.md").read_text(encoding="utf-8"), log.read_text().splitlines(), failed


@pytest.mark.slow
@pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp")
def test_a_pull_request_is_graded_and_commented(tmp_path):
    right, stubs = ((ROOT / kind / LESSON / f"{LESSON}.ipynb").read_bytes() for kind in ("solutions", "notebooks"))
    hostile = "a b/$(touch gone) `x`/01_derivative.ipynb"
    files = {
        "ada/01_derivative.ipynb": right,
        hostile: stubs,
        "link/01_derivative.ipynb": "/etc/passwd",
        "code.py": b"boom",
        "list.ipynb": b'{"cells": []}',
    }
    comment, log, failed = runner(tmp_path, pull_request(tmp_path / "repository", files))
    assert comment.count(", 21 of 21 points") == 1 and comment.count(", 0 of 21 points") == 1
    assert comment.count("no grade (malformed)") == 1 and comment.count("of no lesson of the course") == 1
    assert "root:" not in comment and "12345" not in comment and not list(tmp_path.rglob("gone"))
    assert any("bubblewrap" in line for line in log) and any(line.startswith("gh pr comment 7 --repo class/hand-ins") for line in log)
    assert not failed


@pytest.mark.slow
@pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp")
def test_without_a_notebook_the_comment_says_so(tmp_path):
    comment, _, failed = runner(tmp_path, pull_request(tmp_path / "repository", {"README.md": b"hello"}))
    assert comment == "This pull request changes no notebook.\n" and not failed


@pytest.mark.slow
@pytest.mark.skipif(not SAFE, reason="judging needs Linux with landlock and libseccomp")
def test_an_error_of_ours_is_told_without_points_and_red(tmp_path):
    right = (ROOT / "solutions" / LESSON / f"{LESSON}.ipynb").read_bytes()
    comment, _, failed = runner(tmp_path, pull_request(tmp_path / "repository", {"a.ipynb": right}), reference="notebooks")
    assert "no grade (error)" in comment and "of 21 points" not in comment.split("```")[0]
    assert failed == {"An error of ours is red, whoever's notebook it was": 3}
