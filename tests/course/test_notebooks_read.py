"""The one reader: whatever lies there becomes a valid notebook, or is refused in a sentence; a sound notebook stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.files.notebooks import MAX_CELLS, MAX_FILE, BadNotebook, read_notebook
from autograder.files.saved_outputs import without_outputs

ROOT = Path(__file__).resolve().parents[2]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
TYPED = ["collapsed", "scrolled", "deletable", "editable", "format", "name", "tags", "jupyter", "execution", "trusted", "nbgrader"]
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "id": ANYTHING | st.sampled_from(["a", "a b", "x" * 65]),
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading", None, 3]),
        "metadata": ANYTHING | st.dictionaries(st.sampled_from(TYPED), ANYTHING, max_size=4),
        "source": ANYTHING | st.lists(st.text(max_size=4), max_size=3),
        "outputs": ANYTHING,
        "attachments": ANYTHING | st.dictionaries(st.text(max_size=4), st.dictionaries(st.just("image/png"), ANYTHING), max_size=2),
        "collapsed": ANYTHING,
    },
)
NOTEBOOKS = st.fixed_dictionaries(
    {"cells": st.lists(CELLS | ANYTHING, max_size=4)},
    optional={
        "metadata": ANYTHING
        | st.dictionaries(st.sampled_from(["kernelspec", "language_info", "title", "authors", "orig_nbformat"]), ANYTHING),
        "nbformat": st.just(4),
        "nbformat_minor": ANYTHING,
        "extra": ANYTHING,
    },
)


@settings(max_examples=150)
@given(NOTEBOOKS)
def test_whatever_is_read_is_valid_and_can_be_written(anything):
    data = json.dumps(anything).encode()
    notebook, remarks = read_notebook(data)
    nbformat.validate(nbformat.from_dict(notebook))
    json.dumps(notebook, allow_nan=False, ensure_ascii=False).encode("utf-8")
    assert len(notebook["cells"]) == len(anything["cells"]), "every cell keeps its place"
    assert read_notebook(json.dumps(notebook).encode()) == (notebook, []), "what was repaired needs no repair"
    assert all(isinstance(remark, str) for remark in remarks)


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*/*.ipynb")), ids=lambda path: path.stem)
def test_a_sound_notebook_stays_as_it_is(path):
    notebook, remarks = read_notebook(path.read_bytes())
    given = json.loads(path.read_bytes())
    assert notebook == {**given, "cells": [{**cell, "source": "".join(cell["source"])} for cell in given["cells"]]} and not remarks


@settings(max_examples=100)
@given(st.binary(max_size=60))
def test_bytes_that_are_no_notebook_are_refused_in_a_sentence(data):
    with pytest.raises(BadNotebook, match="notebook"):
        read_notebook(data)


@pytest.mark.parametrize(
    "data, words",
    [
        (b"[" * 100_000, "nested too deep"),
        (b"{" + b" " * MAX_FILE + b"}", "larger than 128 MiB; clear"),
        (json.dumps({"cells": [{}] * (MAX_CELLS + 1)}).encode(), "2001 cells; 2000 is the most"),
        (json.dumps({"cells": [{"cell_type": "code", "source": "#" * (1 << 20)}] * 17}).encode(), "more than 16 MiB of text"),
        (b'{"cells": [], "x": "' + b"x" * (33 << 20) + b'"}', "more than 32 MiB beside its outputs"),
        (b'{"cells": [' + b"[]," * 600_000 + b"[]]}", "more things than any notebook"),
        (b'{"cells": ' + b"[" * 3_000_000, "more things than any notebook"),
        (b'{"cells": "' + b'\\"' * 1_000_000, "Unterminated string"),
        (b'{"cells": ' + b'"\\' * 1_000_000, "Unterminated string"),
        (b'{"metadata": {}, "nbformat": 3, "worksheets": []}', "format 4"),
        (b'{"cells": [], "nbformat": 5}', "another format than 4"),
        (b"", "not JSON"),
    ],
)
def test_the_refusal_says_what_is_wrong(data, words):
    with pytest.raises(BadNotebook, match=words):
        read_notebook(data)


def test_outputs_do_not_count():
    picture = {"output_type": "display_data", "data": {"image/png": "A" * (34 << 20)}, "metadata": {}}
    lines = {"output_type": "stream", "name": "stdout", "text": ["a, b\n"] * 600_000}
    cells = [{"cell_type": "code", "source": "1", "outputs": [output]} for output in (picture, lines)]
    notebook, _ = read_notebook(json.dumps({"cells": cells, "metadata": {"widgets": {"state": "x" * (34 << 20)}}}).encode())
    assert [cell["source"] for cell in notebook["cells"]] == ["1", "1"] and [cell["outputs"] for cell in notebook["cells"]] == [[], []]


_TEXTS = st.sampled_from(["", "outputs", "widgets", '"outputs": [', 'a"', "\\", "]}", "é"])
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=12,
)
_CELL = st.fixed_dictionaries({"source": _DATA}, optional={"outputs": _DATA})


@given(
    st.lists(_CELL | _DATA, max_size=3), st.dictionaries(_TEXTS, _DATA, max_size=3), st.sampled_from([None, 1]), st.booleans(), st.data()
)
def test_what_is_left_out_unread_is_what_a_parser_would_leave_out(cells, metadata, indent, plain, data):
    text = json.dumps({"metadata": metadata, "cells": cells}, indent=indent, ensure_ascii=plain).encode()
    for cell in cells:
        if isinstance(cell, dict) and isinstance(cell.get("outputs"), (str, list, dict)):
            cell["outputs"] = []
    if isinstance(metadata.get("widgets"), (str, list, dict)):
        metadata["widgets"] = []
    assert json.loads(without_outputs(text)) == {"metadata": metadata, "cells": cells}
    half = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.raises(ValueError):
        json.loads(without_outputs(half))


def test_nested_metadata_costs_no_time_and_keeps_what_grading_needs():
    deep: dict = {}
    for _ in range(440):
        deep = {"x": deep, "y": "z" * 40}
    cell = {"cell_type": "code", "source": "1", "metadata": {"deep": deep, "nbgrader": {"grade_id": "f", "points": 2}}}
    notebook, remarks = read_notebook(json.dumps({"cells": [cell]}).encode())
    assert notebook["cells"][0]["metadata"] == {"nbgrader": {"grade_id": "f", "points": 2}}
    assert "metadata of cell 0" in remarks[0]
