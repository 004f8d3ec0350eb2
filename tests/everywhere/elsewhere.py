"""Runs commands in a course that lies elsewhere, as a person would who activated no environment."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import warm_commands

from autograder.files.course import Course

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"
OURS = ("-m", "autograder", "--course", ".")


def run(course: Course, *arguments: str, program=OURS, python=(sys.executable,), started=False, **environment: str):
    """A command in the course's folder, as its output in one text and its exit code. No environment is activated.

    Ours are forks of a process that has them imported, unless `started`: then, and with another `program` or `python`, it starts from nothing.
    """
    environment = {
        "PATH": os.defpath,
        "HOME": str(course.root / "home"),
        "USER": "teacher",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        **environment,
    }
    encoding = environment["PYTHONIOENCODING"]
    if warm_commands.CAN and not started and (program, python) in ((OURS, (sys.executable,)), ((), ("nbgrader",))):
        ours = program == OURS
        words = [*OURS[2:], *arguments] if ours else [*arguments]
        done = warm_commands.run("autograder" if ours else "nbgrader", words, folder=course.root, environment=environment)
        return done.out.decode(encoding), done.code
    if python == ("nbgrader",):
        python = (str(Path(sysconfig.get_path("scripts")) / "nbgrader"),)
    process = subprocess.run(
        [*python, *program, *arguments], cwd=course.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600
    )
    return process.stdout.decode(encoding), process.returncode


def asked(url: str, server: subprocess.Popen, log: Path):
    """The answer of a server that is starting; if it ends instead, what it said."""
    while True:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            return urlopen(url)
        except URLError:
            time.sleep(0.2)
