"""Reads a lesson's percent text: its cells, and the line that each begins on."""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from pathlib import Path

import jupytext

from .problems import LessonError


def read_text(path: Path, name: str) -> str:
    """The text at `path`. Raises `LessonError`, calling it `name`, when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise LessonError(f"{name}:{line}: a byte that is not UTF-8 ({error.object[error.start]:#04x}); save the text as UTF-8") from None


def read_cells(text: str, name: str) -> list[tuple[int, object]]:
    """The cells of a text that is called `name`, each with the line number of its marker. Raises `LessonError` when they cannot be told apart."""
    starts = _starts(text)
    try:
        cells = copy.deepcopy(_cells_of(text))
    except Exception as error:  # whatever jupytext and nbformat say of a header that makes no cell
        raise LessonError(f"{name}:{_culprit(text, starts)}: this makes no cell ({str(error).splitlines()[0]}); mend its marker") from None
    if len(starts) < len(cells):
        raise LessonError(f"{name}:1: the text must start with a cell marker; write '# %% [markdown]' or '# %%' on its first line")
    if len(starts) > len(cells):
        raise LessonError(f"{name}:1: {len(starts)} markers for {len(cells)} cells; one of them stands inside a string, write it otherwise")
    return list(zip(starts, cells))


@lru_cache(maxsize=64)  # a build reads each lesson three times: for its minutes, its predictions and its notebook
def _cells_of(text: str) -> list:
    return jupytext.reads(text, fmt="py:percent").cells


def _starts(text: str) -> list[int]:
    lines = text.splitlines()
    first = 0
    if lines and lines[0].strip() == "# ---":  # jupytext's YAML header
        first = next((i + 1 for i, line in enumerate(lines[1:], 1) if line.strip() == "# ---"), 0)
    return [i + 1 for i, line in enumerate(lines) if i >= first and re.match(r"# ?%%+($|[^%\w])", line)]


def _culprit(text: str, starts: list[int]) -> int:
    """The line of the first cell that jupytext cannot read by itself either."""
    lines = text.splitlines(keepends=True)
    for start, end in zip(starts, [*starts[1:], len(lines) + 1]):
        try:
            jupytext.reads("".join(lines[start - 1 : end - 1]), fmt="py:percent")
        except Exception:
            return start
    return 1
