"""Builds the wheel: what students install, and what `pip install` gives. What goes in is the allow-list in pyproject.toml."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ..files.course import Course
from .zipped import unzipped, zipped

_NEEDED = ("hatchling", "hatch_requirements_txt")


class NoWheel(RuntimeError):
    """The wheel could not be built. The text says why and what to do."""


def can_build(course: Course) -> None:
    """Raises `NoWheel` where there is no package to build, or nothing to build it with."""
    if not (course.root / "pyproject.toml").is_file():
        raise NoWheel(f"{course.root} holds no package to hand out (no pyproject.toml); handing out needs the repository")
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise NoWheel(
            f"{' and '.join(missing)}, with which the wheel is built, is not installed here: python -m pip install -e '.[handout]'"
        )


def build_wheel(course: Course) -> tuple[str, bytes]:
    """The wheel of the course's package: its file's name, and its bytes, which depend on nothing but what lies in the course.

    Nothing is fetched and nothing is left behind. Raises `NoWheel`.
    """
    can_build(course)
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            cwd=course.root,
            env=environment,
            capture_output=True,
            text=True,
        )
        made = sorted(Path(folder).glob("*.whl"))
        if done.returncode or len(made) != 1:
            raise NoWheel(f"the wheel could not be built:\n{(done.stderr or done.stdout).strip()}")
        # packed anew: hatchling keeps the right to execute, which some file systems give to every file
        return made[0].name, zipped(unzipped(made[0].read_bytes()))
