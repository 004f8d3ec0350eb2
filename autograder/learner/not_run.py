"""Says when the cell with a learner's newest function did not run: what a check then judges is what stood there before, or nothing."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import types

from ..engine.report import Report, Status

_FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def said(report: Report, function, shell) -> str:
    """The sentence for a panel; in the report itself where nothing else is to be told, and then "" here."""
    sentence = told(report.exercise, function, shell)
    if sentence and report.status is Status.NOT_ATTEMPTED:
        report.detail, sentence = sentence, ""
    return sentence


def told(name: str, function, shell) -> str:
    """A sentence, with `code` in backticks, where the last cell that was to define `name` did not get so far; "" where it did or nobody can tell.

    `function` is what stands under the name, None where nothing does. IPython keeps the text of every cell in `In`, also of those that are no Python.
    """
    if shell is None:
        return ""
    defines = re.compile(rf"^(?:(?:async )?(?:def|class) {re.escape(name)}\b|{re.escape(name)}\s*=)", re.MULTILINE)
    cell = next((text for text in reversed(shell.user_ns.get("In", ())) if defines.search(text)), "")
    if not cell:
        return ""
    before = " What is judged is what stood there before." if function is not None else ""
    try:
        body = compile(cell, "<cell>", "exec", _FLAGS).body  # type: ignore[attr-defined]  # with these flags it is a tree
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        line = f" in line {problem.lineno}" if getattr(problem, "lineno", None) else ""
        said = getattr(problem, "msg", None) or str(problem)
        return f"The cell with your `{name}` did not run: it is no Python yet ({type(problem).__name__}{line}: {said}).{before}"
    ours = [node for node in body if isinstance(node, ast.FunctionDef) and node.name == name]
    if not ours or ours[-1].decorator_list or any(_binds(node, name) for node in body if node is not ours[-1]):
        return ""
    if function is not None and (not _is_of(function, shell) or _text(function) in ("", textwrap.dedent(_source(cell, ours[-1])).strip())):
        return ""
    return f"The cell with your `{name}` stopped before it came to `def {name}`.{before}"


def _binds(node: ast.stmt, name: str) -> bool:
    """Whether another statement of the cell, too, may put something under the name."""
    return any(
        isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, (ast.Store, ast.Del))
        or isinstance(part, (ast.FunctionDef, ast.ClassDef)) and part.name == name
        or isinstance(part, ast.alias) and name in (part.name, part.asname)
        for part in ast.walk(node)
    )  # fmt: skip


def _is_of(function, shell) -> bool:
    """Whether it is a function that a cell of this notebook has defined."""
    return isinstance(function, types.FunctionType) and function.__globals__ is shell.user_ns


def _source(cell: str, node: ast.FunctionDef) -> str:
    return "\n".join(cell.splitlines()[node.lineno - 1 : node.end_lineno])


def _text(function) -> str:
    """The text of a function, up to its last statement, or "" where nobody knows it."""
    try:
        text = textwrap.dedent(inspect.getsource(function))
        node = ast.parse(text).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        return ""
    return "\n".join(text.splitlines()[: node.end_lineno]).strip()
