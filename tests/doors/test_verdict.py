"""The verdict's format, and the forms that other programs read: held to golden files, their own rules, and what must never be said."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from autograder import api
from autograder.doors.forms import NoForm
from autograder.doors.verdict import verdict_of
from doors import example

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden"
ALL = {"graded": example.verdict, "error": example.error, "malformed": example.malformed}


@pytest.mark.parametrize("form", [form for form in api.FORMS if form != "text"])
@pytest.mark.parametrize("kind", ALL)
def test_each_form_is_its_golden_file(form, kind):
    """A change of a file here is a change of what other programs read: say so in the changelog, and raise FORMAT where a field went."""
    path = GOLDEN / f"{kind}.{ {'gradescope': 'results.json', 'junit': 'xml', 'markdown': 'md', 'json': 'json'}[form] }"
    if (form, kind) == ("gradescope", "error"):
        with pytest.raises(NoForm, match="KeyError"):
            api.FORMS[form](ALL[kind]())
        assert not path.exists()
        return
    assert api.FORMS[form](ALL[kind]()) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ALL)
def test_a_verdict_fits_its_schema_and_comes_back(kind):
    verdict = ALL[kind]()
    data = json.loads(api.FORMS["json"](verdict))
    jsonschema.validate(data, json.loads((ROOT / "docs" / "verdict.schema.json").read_text(encoding="utf-8")))
    assert api.Verdict.from_json(data) == verdict
    assert api.Verdict.from_json({**data, "added": "later"}) == verdict


@pytest.mark.parametrize(
    "change, said",
    [
        ({"format": 2}, "its format is 2"),
        ({"points": "many"}, "verdict.points is 'many'"),
        ({"verdict": "maybe"}, "verdict.verdict is 'maybe'"),
        ({"exercises": [{}]}, r"exercises\[0\] has no"),
        ({"max_points": True}, "max_points is True"),
    ],
)
def test_what_is_no_verdict_is_refused_by_place(change, said):
    with pytest.raises(ValueError, match=said):
        api.Verdict.from_json({**example.verdict().to_json(), **change})
    with pytest.raises(ValueError, match="list"):
        api.Verdict.from_json([])


def test_an_error_of_ours_has_no_points_anywhere():
    verdict = example.error()
    assert (verdict.verdict, verdict.status, verdict.points) == ("error", "error", None)
    assert {one.points for one in verdict.exercises} == {None}
    assert {one.name: one.verdict for one in verdict.exercises} == {"right": "pass", "wrong": "error", "stub": "fail"}
    suite = ElementTree.fromstring(api.FORMS["junit"](verdict)).find("testsuite")
    assert (suite.get("errors"), suite.get("failures")) == ("3", "0")
    assert "points" not in api.FORMS["markdown"](verdict).split("there is no grade")[0]


def test_no_form_holds_the_seed():
    for form in set(api.FORMS):
        assert "271828182845" not in api.FORMS[form](example.verdict())


def test_what_a_notebook_says_cannot_leave_its_code_block():
    """A comment's reader sees it as typed: the fences around it are longer than any inside, and nothing of it stands outside one."""
    text, fence, outside = api.FORMS["markdown"](example.verdict()), "", []
    for line in text.splitlines():
        run = line[: len(line) - len(line.lstrip("`"))]
        if fence:
            fence = "" if line == fence else fence
        elif len(run) >= 3:
            fence = run
        else:
            outside.append(line)
    assert not fence and "@everyone" in text
    assert not any(word in "\n".join(outside) for word in ("@everyone", "script", "javascript"))
    assert "\x1b" not in text and "\x1b" not in api.FORMS["junit"](example.verdict())


def test_whose_it_is_may_be_any_text():
    """The name of a file or of an account, bytes that are no UTF-8 included: what is written can be read again."""
    verdict = verdict_of(dataclasses.replace(example.sheet(), student="a\udcff\x1b[2J<b>\u202e José"), example.lesson())
    assert json.loads(api.FORMS["json"](verdict).encode("utf-8"))["student"] == r"a\udcff\x1b[2J<b>\u202e José"
    ElementTree.fromstring(api.FORMS["junit"](verdict).encode("utf-8"))


def test_a_comment_is_no_longer_than_github_takes():
    verdict = example.verdict()
    long = dataclasses.replace(verdict, exercises=[dataclasses.replace(one, text="x" * 50_000) for one in verdict.exercises])
    text = api.FORMS["markdown"](long)
    assert len(text) < 65_536 and "2.5 of 6 points" in text and "too long for a comment" in text
