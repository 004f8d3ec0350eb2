"""A learner's function beside ours: the same lines at the same height, lines that only one of them has are marked."""

from __future__ import annotations

import ast
import difflib
import inspect
import textwrap
from html import escape


def source(function) -> str:
    """The text of a learner's function without its docstring, or "" where nobody knows it."""
    try:
        return without_docstring(textwrap.dedent(inspect.getsource(function)).strip())
    except (OSError, TypeError):
        return ""


def without_docstring(text: str) -> str:
    """The same function without the docstring, which both have; the text as it is where it is no function of its own."""
    try:
        node = ast.parse(text).body[0]
    except (SyntaxError, IndexError):
        return text
    if not isinstance(node, (ast.FunctionDef, ast.ClassDef)) or ast.get_docstring(node) is None or len(node.body) < 2:
        return text
    lines, told = text.splitlines(), node.body[0]
    return "\n".join(lines[: told.lineno - 1] + lines[told.end_lineno :])


def rows(theirs: str, ours: str) -> list[tuple[str, str, bool]]:
    """Pairs of lines (theirs, ours, whether they are the same); where one side has no counterpart, its other is ""."""
    one, other, found = theirs.splitlines(), ours.splitlines(), []
    for kind, a, b, c, d in difflib.SequenceMatcher(
        None, [line.strip() for line in one], [line.strip() for line in other], False
    ).get_opcodes():
        for k in range(max(b - a, d - c)):
            found.append((one[a + k] if a + k < b else "", other[c + k] if c + k < d else "", kind == "equal"))
    return found


def text(theirs: str, ours: str) -> str:
    """Ours as plain text; behind it, theirs."""
    return ours + (f"\n\nYours:\n\n{theirs}" if theirs else "")


def html(theirs: str, ours: str) -> str:
    """Two columns; one, where theirs is not known."""
    if not theirs:
        return f"<div>One way to write it:</div><pre>{escape(ours)}</pre>"
    cell = "padding:0 .8em;text-align:left;vertical-align:top;white-space:pre-wrap;font-family:var(--jp-code-font-family,monospace)"
    body = ""
    for one, other, same in rows(theirs, without_docstring(ours)):
        mark = [""] * 2 if same else [";border-left:4px solid #D55E00" if one else "", ";border-left:4px solid #0072B2" if other else ""]
        body += f'<tr style="background:none"><td style="{cell}{mark[0]}">{escape(one)}</td><td style="{cell}{mark[1]}">{escape(other)}</td></tr>'
    head = '<th scope="col" style="text-align:left">yours</th><th scope="col" style="text-align:left">ours, one way to write it</th>'
    return f'<table style="margin:.3em 0;border:0"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><div>Lines with a bar stand on one side only.</div>'
