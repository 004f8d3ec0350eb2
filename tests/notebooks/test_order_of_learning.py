"""What comes before what in a lesson: an own try before a concept, a right example before a wrong one, and no sentence of one's own beside an example."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSONS = {
    path.stem: jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells for path in sorted(ROOT.glob("solutions/*.py"))
}
INVENT = re.compile(r"\A## Invent it: (.+)$", re.M)
TRIES = [
    pytest.param(lesson, place, id=f"{lesson}: {match[1]}")
    for lesson, cells in LESSONS.items()
    for place, cell in enumerate(cells)
    if (match := INVENT.search(cell.source))
]
WRONG = re.compile(r"^## (?:Find the (?:wrong|slip)|Repair|Two sentences to repair|Catch)", re.M)  # who reads on sees a wrong line
RIGHT = re.compile(r"Worked example|fully worked", re.M)


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name >= "06"])
def test_there_is_something_to_invent(lesson):
    assert any(INVENT.search(cell.source) for cell in LESSONS[lesson])


@pytest.mark.parametrize(("lesson", "place"), TRIES)
def test_a_try_is_asked_for_then_made_then_compared(lesson, place):
    asked, tried, compared = LESSONS[lesson][place : place + 3]
    assert "\nBefore you read on: " in asked.source
    assert tried.cell_type == "code" and "exercise" not in tried.metadata and re.search(r"(?m)^yours = ", tried.source)
    assert compared.source.startswith("<details><summary>Compare</summary>") and compared.source.count("\n- ") >= 2


@pytest.mark.parametrize(("lesson", "place"), TRIES)
def test_what_tries_come_to_is_claimed(lesson, place):
    title = INVENT.search(LESSONS[lesson][place].source)[1]
    claims = tomllib.loads((ROOT / f"tests/claims/{lesson}.toml").read_text(encoding="utf-8"))["claim"]
    assert any(claim["where"].startswith(f"Invent it, {title}") for claim in claims)


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name >= "06"])
def test_a_wrong_line_comes_after_a_right_example(lesson):
    texts = [cell.source for cell in LESSONS[lesson]]
    first = next(place for place, text in enumerate(texts) if RIGHT.search(text))
    assert not [text.splitlines()[0] for text in texts[:first] if WRONG.search(text)]


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_sentence_of_ones_own_beside_an_example(lesson):
    texts = [cell.source for cell in LESSONS[lesson]]
    for place, text in enumerate(texts):
        if "in one sentence" in text.split("\n")[0]:
            assert not any(RIGHT.search(before) for before in texts[place - 3 : place])
