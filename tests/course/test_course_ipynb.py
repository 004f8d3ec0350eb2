"""Our writing of notebook files against nbformat's."""

import json

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.files import ipynb

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
BUNDLE = st.dictionaries(
    st.sampled_from(["text/plain", "text/html", "image/png", "image/svg+xml", "application/x+json"]), st.text(), max_size=3
)
OUTPUT = st.one_of(
    st.fixed_dictionaries({"output_type": st.just("stream"), "name": st.just("stdout"), "text": st.text()}),
    st.fixed_dictionaries(
        {"output_type": st.just("execute_result"), "execution_count": st.integers(), "metadata": st.just({}), "data": BUNDLE}
    ),
    st.fixed_dictionaries({"output_type": st.just("error"), "ename": st.text(), "evalue": st.text(), "traceback": st.lists(st.text())}),
)
METADATA = st.dictionaries(st.sampled_from(["tags", "trusted", "nbgrader", "x"]), PLAIN, max_size=3)
CELL = st.one_of(
    st.fixed_dictionaries(
        {
            "cell_type": st.just("code"),
            "metadata": METADATA,
            "source": st.text(),
            "execution_count": st.none(),
            "outputs": st.lists(OUTPUT, max_size=3),
        }
    ),
    st.fixed_dictionaries(
        {
            "cell_type": st.just("markdown"),
            "metadata": METADATA,
            "source": st.text(),
            "attachments": st.dictionaries(st.text(), BUNDLE, max_size=2),
        }
    ),
)
NOTEBOOK = st.fixed_dictionaries(
    {"cells": st.lists(CELL, max_size=4), "metadata": METADATA, "nbformat": st.just(4), "nbformat_minor": st.just(5)}
)


@settings(max_examples=25, deadline=None)
@given(NOTEBOOK)
def test_writing_gives_nbformats_bytes(notebook):
    wanted = nbformat.v4.writes(nbformat.from_dict(notebook)) + "\n"
    assert ipynb.dumps(json.loads(json.dumps(notebook))) == wanted
