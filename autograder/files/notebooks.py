"""The one reader of notebooks that nobody vouches for: what counts as a notebook is decided here, and repaired, for every door.

The judge, the gradebook, feedback, Formgrader and `nbgrader autograde` all see what `read_notebook` returns: valid nbformat 4.5,
bounded, without outputs, each cell in its place. Source: the schema of nbformat 4.5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from .saved_outputs import TooManyPieces, without_outputs

MAX_FILE = 128 << 20  # bytes of the file as it lies there, outputs and pictures included
_MAX_READ = 32 << 20  # bytes of what is left without outputs
_MAX_PARTS = 500_000  # commas in it: how many things there can be, each of which takes the reader's time
_LARGE = 1 << 20  # bytes; a smaller file is read as it is
MAX_BYTES = 16 << 20  # characters of all cells
MAX_CELLS = 2000
MAX_SOURCE = 1 << 20  # characters of one cell
_MAX_METADATA, _MAX_DEPTH = 64 << 10, 20  # characters of one metadata, and how deep it nests
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadNotebook(Exception):
    """The file is no notebook that can be graded; the text says what is wrong and what to do."""


class MissingNotebook(BadNotebook):
    """There is no file."""


def read_notebook(data: bytes) -> tuple[dict, list[str]]:
    """The notebook in `data`, repaired, as plain JSON data, and what was odd about it, a remark each.

    Raises `BadNotebook` for what is no notebook of format 4, and nothing else, whatever the bytes are.
    """
    if len(data) > MAX_FILE:
        raise BadNotebook(f"the file is larger than {MAX_FILE >> 20} MiB; clear the notebook's outputs and hand it in again")
    try:
        if len(data) > _LARGE:
            data = without_outputs(data)
        if len(data) > _MAX_READ:
            raise BadNotebook(
                f"the file holds more than {_MAX_READ >> 20} MiB beside its outputs; hand in the notebook without what does not belong to it"
            )
        if data.count(b",") > _MAX_PARTS:
            raise TooManyPieces
        notebook = json.loads(data.decode("utf-8-sig"))
    except TooManyPieces:
        raise BadNotebook(
            "the file holds more things than any notebook; clear its outputs, or hand in a fresh copy with your answers"
        ) from None
    except MemoryError:
        raise BadNotebook("the file is too large to be read; clear the notebook's outputs and hand it in again") from None
    except (ValueError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
        raise BadNotebook(f"this is no notebook (it is not JSON: {what}); save it again in Jupyter") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise BadNotebook("this is JSON, but no notebook in format 4; open it in Jupyter and save it again")
    if notebook.get("nbformat", 4) != 4:
        raise BadNotebook("this is a notebook in another format than 4; open it in Jupyter and save it again")
    if len(notebook["cells"]) > MAX_CELLS:
        raise BadNotebook(f"the notebook has {len(notebook['cells'])} cells; {MAX_CELLS} is the most")
    remarks: list[str] = []
    cells = [_cell(index, cell, remarks) for index, cell in enumerate(notebook["cells"])]
    if sum(len(cell["source"]) for cell in cells) > MAX_BYTES:
        raise BadNotebook(
            f"the cells hold more than {MAX_BYTES >> 20} MiB of text; hand in the notebook without what does not belong to it"
        )
    _identify(cells)
    metadata = _metadata(notebook.get("metadata"), _OF_NOTEBOOKS, "the notebook", remarks)
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, remarks


def _cell(index: int, cell, remarks: list[str]) -> dict:
    """One cell in its valid form; what cannot be read is an empty text in its place, so that no other cell moves."""
    if not isinstance(cell, dict):
        remarks.append(f"cell {index} is no cell and was passed over")
        cell = {}
    kind = cell.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        if cell:
            remarks.append(f"cell {index} is of no known type and was taken for text")
        kind = "markdown"
    made = {"id": cell.get("id"), "cell_type": kind, "metadata": _metadata(cell.get("metadata"), _OF_CELLS, f"cell {index}", remarks)}
    made["source"] = _source(index, cell.get("source", ""), remarks)
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    elif attachments := _attachments(index, cell.get("attachments"), remarks):
        made["attachments"] = attachments
    return made


def _source(index: int, source, remarks: list[str]) -> str:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        remarks.append(f"cell {index} has no readable source and was passed over")
        return ""
    if len(source) > MAX_SOURCE:
        remarks.append(f"cell {index} is longer than {MAX_SOURCE >> 20} MiB and was passed over")
        return ""
    return _text(source)


def _text(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    try:
        text.encode()
        return text
    except UnicodeEncodeError:
        return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in text)


def _metadata(value, typed: dict[str, Callable], where: str, remarks: list[str]) -> dict:
    """A metadata that is valid and bounded: fields that the schema types and that have another type are dropped."""
    if not isinstance(value, dict):
        return {}
    try:
        kept = {_text(key): _plain(item, 0) for key, item in value.items() if key != "trusted" and typed.get(key, _anything)(item)}
        if len(json.dumps(kept)) <= _MAX_METADATA:
            return kept
    except RecursionError:
        pass
    remarks.append(f"the metadata of {where} is larger or deeper than any notebook needs; only what grading needs was kept")
    marks = value.get("nbgrader")
    return (
        {"nbgrader": {str(k): v for k, v in marks.items() if isinstance(v, (str, int, float))}}
        if isinstance(marks, dict) and len(str(marks)[:9999]) < 9999
        else {}
    )


def _plain(value, depth: int):
    """JSON data that any reader takes: no surrogates, no NaN, no deeper than is sensible. Raises `RecursionError` when it is deeper."""
    if depth > _MAX_DEPTH:
        raise RecursionError
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {_text(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    return None if value != value or value in (float("inf"), float("-inf")) else value


def _attachments(index: int, attachments, remarks: list[str]) -> dict:
    """Pictures of a text cell: names, each with texts by their kind."""
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        texts = (
            {
                kind: "".join(item) if isinstance(item, list) and all(isinstance(x, str) for x in item) else item
                for kind, item in bundle.items()
            }
            if isinstance(bundle, dict)
            else {}
        )
        texts = {_text(kind): _text(item) for kind, item in texts.items() if isinstance(item, str)}
        if texts:
            kept[_text(name)] = texts
    if sum(len(item) for texts in kept.values() for item in texts.values()) > MAX_SOURCE:
        remarks.append(f"the pictures in cell {index} are larger than {MAX_SOURCE >> 20} MiB and were dropped")
        return {}
    return kept


def _identify(cells: list[dict]) -> None:
    """Give every cell an id of its own that the schema allows: the one it has, or one made of its place."""
    given = {cell["id"] for cell in cells if isinstance(cell["id"], str)}
    used: set[str] = set()
    for index, cell in enumerate(cells):
        name = cell["id"]
        if not isinstance(name, str) or not _ID.fullmatch(name) or name in used:
            name = f"cell-{index}"
            while name in used or name in given:
                name += "-"
        cell["id"] = name
        used.add(name)


def _anything(value) -> bool:
    return True


def _is(*kinds: type) -> Callable:
    return lambda value: type(value) in kinds


def _texts(value, *keys: str) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in keys)


_OF_NOTEBOOKS: dict[str, Callable] = {
    "kernelspec": lambda value: _texts(value, "name", "display_name"),
    "language_info": lambda value: (
        _texts(value, "name")
        and all(isinstance(value.get(k, ""), (str, dict)) for k in ("codemirror_mode",))
        and all(isinstance(value.get(k, ""), str) for k in ("file_extension", "mimetype", "pygments_lexer"))
    ),
    "orig_nbformat": lambda value: False,  # nbformat's own notes, of no use to anybody
    "orig_nbformat_minor": lambda value: False,
    "signature": lambda value: False,
    "title": _is(str),
    "authors": lambda value: False,
}
_OF_CELLS: dict[str, Callable] = {
    "collapsed": _is(bool),
    "scrolled": lambda value: type(value) is bool or value == "auto",
    "deletable": _is(bool),
    "editable": _is(bool),
    "format": _is(str),
    "name": lambda value: isinstance(value, str) and bool(value),
    "tags": lambda value: (
        isinstance(value, list) and all(isinstance(tag, str) and "," not in tag for tag in value) and len(set(value)) == len(value)
    ),
    "jupyter": lambda value: isinstance(value, dict) and all(type(value.get(k, True)) is bool for k in ("source_hidden", "outputs_hidden")),
    "execution": lambda value: isinstance(value, dict) and all(isinstance(item, str) for item in value.values()),
}
