"""In which order a lesson's cells come: invent before the concept, a right example before a wrong line, no "explain" after a worked example."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from autograder.course.percent import read_cells, read_text

LESSONS = sorted((Path(__file__).resolve().parents[2] / "solutions").glob("[0-9][0-9]*_*.py"))
ELSEWHERE = {"11_review"}  # its right examples, and its concepts, are lessons 0 to 10
HEADING = re.compile(r"^#{1,3} (.+)$", re.M)
ERRATUM = re.compile(r"Find the (wrong|slip)|to repair|^Repair|hunt", re.I)
OWN_WORDS = re.compile(r"\*Your (sentence|words|answer) here\.?\*|in your own words", re.I)
PROMPT = re.compile(
    r"\b[Ss]ay (to yourself|for each)|[Ee]xplain (to yourself|each|every)"
)  # "why is this line so?" beside a worked line: it lowers what the example does


def cells_of(path: Path) -> list:
    return [cell for _, cell in read_cells(read_text(path, path.name), path.name)]


def sections(path: Path) -> list[tuple[str, str]]:
    """Heading and markdown of each section, in order."""
    found: list[tuple[str, str]] = []
    for cell in cells_of(path):
        if cell.cell_type != "markdown":
            continue
        pieces = HEADING.split(cell.source)
        if found and pieces[0].strip():
            found[-1] = (found[-1][0], found[-1][1] + "\n" + pieces[0])
        found += zip(pieces[1::2], pieces[2::2])
    return found


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request) -> Path:
    return request.param


def test_a_wrong_line_comes_after_a_right_example(lesson):
    worked = int(lesson.stem in ELSEWHERE)
    for heading, _ in sections(lesson):
        worked += heading.startswith("Worked example")
        assert not ERRATUM.search(heading) or worked, f"{heading!r} stands before the first worked example of {lesson.stem}"


def test_own_words_do_not_follow_a_worked_example(lesson):
    before = ""
    for heading, text in sections(lesson):
        assert not (OWN_WORDS.search(text) and before.startswith("Worked example")), f"{lesson.stem}: {heading!r} after {before!r}"
        assert not (heading.startswith("Worked example") and (PROMPT.search(text) or OWN_WORDS.search(text))), (lesson.stem, heading)
        before = heading


def test_the_first_word_of_a_source_leads_to_its_title(lesson):
    """The notation page has the one table of the sources' titles; a reader who meets "the source" finds it there."""
    text = "\n".join(cell.source for cell in cells_of(lesson) if cell.cell_type == "markdown")
    first = re.search(r"\b(the|one|second|our|a) \[?sources?\b\S{0,60}", text, re.I)
    assert not first or "notation.md" in first.group() or lesson.stem in ELSEWHERE, first.group()


def inventions(lesson: Path) -> list[tuple]:
    """The three cells of each invention: what is asked, a place to write, what typical ones get."""
    cells = cells_of(lesson)
    starts = [i for i, cell in enumerate(cells) if cell.cell_type == "markdown" and re.search(r"^## Invent it: ", cell.source, re.M)]
    return [tuple(cells[i : i + 3]) for i in starts]


def test_every_lesson_has_inventions_and_each_is_answered(lesson):
    found = inventions(lesson)
    assert found or lesson.stem in ELSEWHERE, "nothing to invent before its concepts"
    for asked, place, answered in found:
        assert asked.source.startswith("## Invent it: ") and "Before you read on" in asked.source
        assert place.cell_type == "code" and "exercise" not in place.metadata and "###" not in place.source
        assert "<details><summary>Compare</summary>" in answered.source and answered.source.count("\n- ") >= 2, asked.source


def test_an_invention_stands_in_for_no_exercise(lesson):
    exercises = {cell.metadata["exercise"] for cell in cells_of(lesson) if "exercise" in cell.metadata}
    for _, place, _ in inventions(lesson):
        assert not exercises & {node.name for node in ast.parse(place.source).body if isinstance(node, ast.FunctionDef)}


def test_what_inventions_get_is_claimed(lesson):
    claims = tomllib.loads((Path(__file__).parents[1] / "claims" / f"{lesson.stem}.toml").read_text(encoding="utf-8"))["claim"]
    for asked, _, _ in inventions(lesson):
        title = " ".join(asked.source.split("\n")[0].removeprefix("## Invent it: ").rstrip("?").split()[:2])
        assert any(claim["where"].startswith(f"Invent it, {title}") for claim in claims), title
