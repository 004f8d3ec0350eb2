"""Runs commands in a course that lies elsewhere, as a person would who activated no environment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from autograder.files.course import Course

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"


def run(course: Course, *arguments: str, program=("-m", "autograder", "--course", "."), python=(sys.executable,), **environment: str):
    """A command in the course's folder, as its output in one text and its exit code. No environment is activated."""
    process = subprocess.run(
        [*python, *program, *arguments],
        cwd=course.root,
        env={
            "PATH": os.defpath,
            "HOME": str(course.root / "home"),
            "USER": "teacher",
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
    )
    return process.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8")), process.returncode


def asked(url: str, server: subprocess.Popen, log: Path):
    """The answer of a server that is starting; if it ends instead, what it said."""
    while True:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            return urlopen(url)
        except URLError:
            time.sleep(0.2)
