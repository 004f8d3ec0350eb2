"""A verdict in the forms that people and other programs read: text, JSON, Gradescope's results.json, JUnit's XML, and markdown for a comment."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from ..engine.messages import number
from .verdict import ExerciseVerdict, Verdict

_MARK = {"pass": "✓", "fail": "✗", "error": "!"}
_ERROR = "Our own code failed, not this notebook: there is no grade, and it costs nothing."
_MOST = 60_000  # characters of a comment; GitHub takes 65,536


class NoForm(ValueError):
    """The form has no way to say what the verdict says; nothing may be written in its place."""


def as_text(verdict: Verdict) -> str:
    """For a terminal: what `check` says of each exercise, the points on top."""
    parts = [headline(verdict)] + ([verdict.detail] if verdict.detail else [])
    if verdict.verdict == "error":
        parts += [_ERROR, _why(verdict)]
    elif verdict.status == "graded":
        parts += ["", *(one.text for one in verdict.exercises)]
    return "\n".join(parts) + "\n"


def as_json(verdict: Verdict) -> str:
    """`Verdict.to_json` as text."""
    return json.dumps(verdict.to_json(), ensure_ascii=False, indent=1) + "\n"


def as_gradescope(verdict: Verdict) -> str:
    """Gradescope's results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/). Raises `NoForm` for an error of ours.

    Whatever is valid there is a score. Without a valid file Gradescope says that the autograder failed, and the submission has none: that is the
    way to say it. A notebook that could not be read has no points, with the reason on top; its author can hand in again at once.
    """
    if verdict.verdict == "error":
        raise NoForm(f"no results for Gradescope, which would take any for a score: {_why(verdict)}")
    tests = [_gradescope_test(place, one) for place, one in enumerate(verdict.exercises, 1)] if verdict.status == "graded" else []
    output = headline(verdict) + (f"\n{verdict.detail}" if verdict.detail else "")
    found: dict[str, Any] = {
        "score": verdict.points or 0.0,
        "execution_time": verdict.seconds,
        "output": output,
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "format": verdict.format,
            "course": verdict.course,
            "lesson": verdict.lesson,
            "status": verdict.status,
            "level": verdict.level,
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _gradescope_test(place: int, one: ExerciseVerdict) -> dict[str, Any]:
    return {
        "name": f"{one.name}: {one.asks}",
        "name_format": "text",
        "number": str(place),
        "score": one.points or 0.0,
        "max_score": one.max_points,
        "status": "passed" if one.verdict == "pass" else "failed",
        "output": one.text,
        "output_format": "text",
        "visibility": "visible",
        "extra_data": {"status": one.status, "mistake": one.mistake},
    }


def as_junit(verdict: Verdict) -> str:
    """JUnit's XML, as test runners write it and CI systems show it: a suite for the notebook, a case for each exercise, with `failure` or `error`."""
    suite = ElementTree.Element(
        "testsuite",
        name=verdict.lesson,
        tests=str(len(verdict.exercises)),
        failures=str(sum(one.verdict == "fail" for one in verdict.exercises) if verdict.verdict != "error" else 0),
        errors=str(len(verdict.exercises) if verdict.verdict == "error" else 0),
        skipped="0",
        time=f"{verdict.seconds:.3f}",
    )
    for one in verdict.exercises:
        case = ElementTree.SubElement(suite, "testcase", classname=verdict.lesson, name=one.name, time="0")
        if verdict.verdict == "error":  # no exercise has a grade then
            ElementTree.SubElement(case, "error", type="error", message=_ERROR).text = _why(verdict)
        elif one.verdict == "fail":
            points = f"{number(one.points or 0.0)} of {number(one.max_points)} points"
            ElementTree.SubElement(case, "failure", type=one.status, message=f"{points}. {one.reason}".strip()).text = one.text
    whole = ElementTree.Element("testsuites", {key: suite.attrib[key] for key in ("tests", "failures", "errors", "skipped", "time")})
    whole.append(suite)
    ElementTree.indent(whole, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(whole, encoding="unicode") + "\n"


def as_markdown(verdict: Verdict) -> str:
    """A comment for people: a table of the exercises, and of each that is not right what `check` shows. What a notebook says stands in code
    blocks that it cannot end: no link, picture, mention or markup comes from it."""
    lines = [f"### {headline(verdict)}", ""]
    if verdict.verdict == "error":
        lines += [_ERROR, *_block(_why(verdict))]
    elif verdict.status != "graded":
        lines += ["The notebook could not be graded:", *_block(verdict.detail)]
    else:
        lines += ["| | exercise | points | |", "|---|---|---|---|"]
        for one in verdict.exercises:
            lines.append(
                f"| {_MARK[one.verdict]} | `{one.name}` | {number(one.points or 0.0)} of {number(one.max_points)} | {one.status} |"
            )
        for one in verdict.exercises:
            if one.verdict != "pass":
                lines += ["", f"<details><summary><code>{one.name}</code></summary>", "", *_block(one.text), "", "</details>"]
        if verdict.detail:
            lines += ["", "Beside the points:", *_block(verdict.detail)]
    text = "\n".join(lines) + "\n"
    if len(text) <= _MOST:
        return text
    rest = "\n".join(lines[: 4 + len(verdict.exercises)])  # the table
    return rest[:_MOST] + "\n\nThe rest is too long for a comment: run `check NOTEBOOK` for all of it.\n"


def headline(verdict: Verdict) -> str:
    """The verdict in one line."""
    said = f"{_MARK[verdict.verdict]} {verdict.lesson}: {verdict.title}"
    if verdict.points is None:
        return f"{said}, no grade ({verdict.status})"
    return f"{said}, {number(verdict.points)} of {number(verdict.max_points)} points"


def _why(verdict: Verdict) -> str:
    """What of ours failed."""
    return "; ".join(dict.fromkeys(one.reason for one in verdict.exercises if one.verdict == "error")) or verdict.detail


def _block(text: str) -> list[str]:
    """Text as a code block; its fence is longer than any run of backticks inside, so that nothing inside ends it."""
    runs = [len(run) for run in "".join(c if c == "`" else " " for c in text).split()]
    fence = "`" * max(3, 1 + max(runs, default=0))
    return ["", f"{fence}text", *text.split("\n"), fence]


FORMS: dict[str, Callable[[Verdict], str]] = {
    "text": as_text,
    "json": as_json,
    "gradescope": as_gradescope,
    "junit": as_junit,
    "markdown": as_markdown,
}
