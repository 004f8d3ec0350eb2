"""Names that nobody vouches for: one function a place, and none lets through what the place would obey."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.files.names import for_csv, for_file, for_html, for_terminal

ANYTHING = st.text(st.characters())  # surrogates and controls included
FORMULAS = [
    "=1",
    "\n=1",
    " =1",
    '"=1',
    "\uff1d1",
    "a;=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "'=1",
    "a,=1",
    "\u00a0=1",
    "\ufe621",
    "\u22121",
    "|x",
    "\u201c=1",
]


@given(ANYTHING)
def test_a_terminal_gets_one_line_that_moves_nothing(name):
    shown = for_terminal(name)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)
    shown.encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_is_text(text):
    assert for_csv(text)[:1] in ("'", "\\"), "an apostrophe, or an escape that begins no formula"


def test_a_tab_cuts_no_cell_in_two():
    assert for_csv("a\t=1") == "a\\t=1"


@pytest.mark.parametrize("text", ["ada", "Jane Doe", "o'neil", "a-b", "x=1", "12 %", "\u00e9", "a.b@c.de"])
def test_plain_text_stays(text):
    assert for_csv(text) == text


@given(ANYTHING)
def test_no_cell_begins_with_what_a_spreadsheet_computes(text):
    cell = unicodedata.normalize("NFKC", for_csv(text))
    assert cell.startswith("'") or cell.lstrip(" \"'")[:1] not in tuple("=+-@")
    assert "\n" not in cell and "\r" not in cell and "\t" not in cell


@given(ANYTHING)
def test_a_page_gets_no_markup(name):
    assert not set(for_html(name)) & set("<>\"'\n")


@given(st.lists(ANYTHING, min_size=2, max_size=2, unique=True))
def test_two_names_have_two_files(names):
    first, second = map(for_file, names)
    assert first != second and for_file(first) != second
    for name in (first, second):
        assert "/" not in name and name not in ("", ".", "..") and len(name.encode()) <= 240
