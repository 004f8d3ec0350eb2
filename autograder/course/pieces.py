"""The parts of a file that may be code: cells, fenced and indented blocks, comments, and texts that stand in quotes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

from .bodies import parsed, walk

_FENCE = re.compile(r"^[ \t]*(```|~~~)[^\n]*\n(.*?)^[ \t]*\1", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^(?: {4}|\t)[^\n]*\n?|^[ \t]*\n)+", re.MULTILINE)
_COMMENTS = re.compile(r"(?:^[ \t]*(?:#|//|\*)[^\n]*\n?)+", re.MULTILINE)


def pieces(ending: str, text: str) -> Iterator[str]:
    """All parts of a file with this `ending` that somebody may have written code into, the whole `text` among them, overlapping as they come."""
    yield from _of_text(text)
    if ending == ".py":
        yield from _quoted(text)
    elif ending in (".ipynb", ".json"):
        for string in _strings(text):
            yield from _of_text(string)
            yield from _quoted(string)


def _of_text(text: str) -> Iterator[str]:
    yield text
    yield from (match[2] for match in _FENCE.finditer(text))
    yield from (match[0] for match in _INDENTED.finditer(text) if match[0].strip())
    for match in _COMMENTS.finditer(text):
        if "SOLUTION" not in match[0]:
            yield re.sub(r"^[ \t]*(?:#+|//|\*) ?", "", match[0], flags=re.MULTILINE)


def _quoted(code: str) -> Iterator[str]:
    """The texts among a Python file's constants, docstrings too, that are long enough to be code."""
    if '"' not in code and "'" not in code:
        return
    for node in walk(parsed(code) or ast.Module([], [])):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 15:
            yield from _of_text(node.value)


def _strings(text: str) -> Iterator[str]:
    """The texts in JSON; lines in a list are one text, as notebooks have them."""
    try:
        waiting = [json.loads(text)]
    except ValueError:
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            yield "".join(value)
        elif isinstance(value, (list, dict)):
            waiting += value.values() if isinstance(value, dict) else value
