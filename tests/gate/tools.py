"""The tools that the gate runs, on the repository or on a copy of it with a fault planted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINT = ("ruff", "check", ".")
FORMAT = ("ruff", "format", "--check", ".")
TYPES = ("mypy",)  # which folders, and how strictly, says pyproject.toml


def run(command: tuple[str, ...], folder: Path = ROOT, modules: Path | None = None) -> tuple[int, str]:
    """Run ``python -m command`` in `folder`, with the modules that lie there, or in `modules`; its exit code and all it said.

    A copy gets what the type checker knows of the repository by now, by the files' hashes: NumPy need not be understood twice.
    """
    known = ROOT / ".mypy_cache"
    if command == TYPES and folder != ROOT and known.is_dir():
        shutil.copytree(known, folder / known.name)
    environment = {**os.environ, "PYTHONPATH": str(modules or folder), "NO_COLOR": "1"}
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def copy(target: Path) -> Path:
    """A copy of what the gate looks at: all that a student may get, the lessons' texts, and the other right answers."""
    unwanted = shutil.ignore_patterns(".ipynb_checkpoints", "pictures")  # with __pycache__: commands would compile each copy again
    for name in ("autograder", "explorers", "docs", "data", "solutions", "notebooks", "tests/answers"):
        shutil.copytree(ROOT / name, target / name, ignore=unwanted)
    for name in ("README.md", "pyproject.toml", "requirements.txt", "nbgrader_config.py", "tests/test_architecture.py"):
        shutil.copy(ROOT / name, target / name)
    return target


def plant(path: Path, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which must be there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")
