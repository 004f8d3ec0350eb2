"""Numbers in a lesson's text that move the picture below it: dragged on a page, plain numbers in a notebook.

    The step is $h =$ 1<!-- drag --> at first.

The mark is a comment, which no viewer of notebooks shows. The number belongs to the first slider of the next explorer, and is where that starts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

_NUMBER = re.compile(r"([^\s<>$|]+)<!-- drag -->")
_MARK = re.compile(r"<!--\s*drag\b")


def misplaced(cells: list, starts: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the numbers of a notebook's `cells`; `starts` is what each explorer's first slider says at its start, {name: text}."""
    waiting: list[str] = []
    for cell in cells:
        if cell.cell_type == "markdown":
            found = _NUMBER.findall(cell.source)
            waiting += found
            if len(_MARK.findall(cell.source)) > len(found):
                yield f"{_MARK.search(cell.source)[0]}… stands behind no number; write  0.1<!-- drag -->"
        elif called := _explorer(cell.source, starts):
            name, own = called
            start = starts[name]
            yield from (
                f"{number} moves {name}, whose first slider starts at {start}; write that number" for number in waiting if number != start
            )
            if not waiting and not own and any(letter.isdigit() for letter in start):
                yield f"no number in the text before {name}() moves it; write  {start}<!-- drag -->  in the sentence that asks to look"
            waiting = []
    yield from (f"{number}<!-- drag --> is followed by no explorer that it could move" for number in waiting)


def as_controls(cells: list, explorers: Mapping[str, str]) -> None:
    """Make of each number in `cells` an element that says which cell's explorer it moves; what moves it is page/numbers.js."""
    below = ""
    for cell in reversed(cells):
        if cell.cell_type == "code" and _explorer(cell.source, explorers):
            below = cell.id
        elif cell.cell_type == "markdown" and below:
            cell.source = _NUMBER.sub(rf'<span class="eta-number" data-cell="cell-id={below}">\1</span>', cell.source)


def _explorer(source: str, names: Mapping[str, str]) -> tuple[str, bool] | None:
    """The explorer that a cell shows, and whether it is called with something of one's own."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # an IPython magic
        return None
    call = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
        return call.func.id, bool(call.args or call.keywords)
    return None
