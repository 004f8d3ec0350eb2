"""Links in notebooks that lead to other files of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import nbformat

_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)>\s]+)>?[^)]*\)|<(?:img|a)\b[^>]*?\b(?:src|href)=[\"']([^\"']+)", re.IGNORECASE)


def relative_links(notebook: Path) -> Iterator[tuple[str, str]]:
    """The links and pictures in a notebook's texts that are no addresses of the web: the cell's id and the path, without its anchor."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        for match in _LINK.finditer(cell.source) if cell.cell_type == "markdown" else ():
            target = unquote((match[1] or match[2]).partition("#")[0])
            if target and not re.match(r"[a-z]+:", target, re.IGNORECASE):
                yield cell.get("id"), target
