"""The reference answers, read from the lessons' texts: for tests only. Nothing in the packages imports solutions."""

from __future__ import annotations

import contextlib
import io
from functools import cache
from pathlib import Path

import jupytext

ROOT = Path(__file__).resolve().parents[2]


@cache
def namespace(lesson: str) -> dict:
    """What the code cells of a lesson define. Only cells that define something are run: no pictures, no checks."""
    names: dict = {"__name__": lesson}
    text = (ROOT / "solutions" / f"{lesson}.py").read_text(encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in jupytext.reads(text, fmt="py:percent").cells:
            if cell.cell_type == "code" and ("exercise" in cell.metadata or cell.source.startswith(("import ", "from ", "def ", "class "))):
                exec(compile(cell.source, lesson, "exec"), names)  # our own text
    return names
