"""Numbers in the text that move a picture: told where they are wrong, plain in a notebook, a control on a page."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from scenes import SCENES

from autograder.course.dragged import as_controls, misplaced
from autograder.course.pictures import starts, unmoved
from autograder.files.course import Course

STARTS = {"eta_explorer": "0.2", "bug_lab": "none"}
ASKS, SHOWS = "It begins at $\\eta =$ 0.2<!-- drag -->.", "eta_explorer()"


def cells(*sources: str) -> list:
    """Cells as an author writes them: what calls something is code."""
    return [(new_code_cell if source.endswith(")") else new_markdown_cell)(source) for source in sources]


@pytest.mark.parametrize(
    "sources, told",
    [
        ((ASKS, SHOWS), []),
        ((ASKS, 'predict("eta")', SHOWS), []),
        (("Look.", SHOWS), ["no number in the text before eta_explorer() moves it; write  0.2<!-- drag -->"]),
        ((ASKS.replace("0.2", "0.3"), SHOWS), ["0.3 moves eta_explorer, whose first slider starts at 0.2"]),
        ((ASKS,), ["0.2<!-- drag --> is followed by no explorer"]),
        ((ASKS, SHOWS, SHOWS), ["no number in the text before eta_explorer()"]),
        ((ASKS.replace("0.2<", "0.2 <"), SHOWS), ["stands behind no number", "no number in the text"]),
        (("Look.", "bug_lab()"), []),  # its slider goes through names
        (("Look.", "eta_explorer(f)"), []),  # a second look, with something of one's own
    ],
)
def test_a_number_is_where_its_picture_starts(sources, told):
    found = list(misplaced(cells(*sources), STARTS))
    assert len(found) == len(told) and all(words in problem for words, problem in zip(told, found)), found


def test_every_explorer_section_of_the_course_has_its_number():
    """And every explorer has a start to be compared with."""
    assert list(unmoved(Course.at())) == []
    assert starts()["secant_explorer"] == "1" and set(starts()) == set(SCENES)


def test_on_a_page_a_number_names_the_cell_of_its_picture():
    lesson = cells(ASKS, SHOWS, "Then 0.2<!-- drag --> again.", SHOWS, "An end.")
    as_controls(lesson, STARTS)
    assert f'<span class="eta-number" data-cell="cell-id={lesson[1].id}">0.2</span>.' in lesson[0].source
    assert f'data-cell="cell-id={lesson[3].id}"' in lesson[2].source
    assert "drag" not in lesson[0].source + lesson[2].source
