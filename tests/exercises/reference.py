"""The reference answers, read from the lessons' texts: for tests only. Nothing in the packages imports solutions."""

from __future__ import annotations

import ast
import contextlib
import io
from functools import cache
from pathlib import Path

import jupytext

ROOT = Path(__file__).resolve().parents[2]


@cache
def namespace(lesson: str) -> dict:
    """What a lesson's code cells define: answers and imports whole, of other cells only functions and classes; no pictures, no checks."""
    names: dict = {"__name__": lesson}
    text = (ROOT / "solutions" / f"{lesson}.py").read_text(encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in jupytext.reads(text, fmt="py:percent").cells:
            if cell.cell_type != "code":
                continue
            tree = ast.parse(cell.source)
            if "exercise" not in cell.metadata and not cell.source.startswith(("import ", "from ")):
                tree.body = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
            exec(compile(tree, lesson, "exec"), names)  # our own text
    return names
