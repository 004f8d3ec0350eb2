"""The verdict on one notebook as other programs get it: typed, versioned, plain data, the same at every door.

Three verdicts, of a check, an exercise and the notebook alike: "pass", "fail" and "error". An error is ours: `points` are None then and never
a zero. `FORMAT` grows when a field goes or changes its meaning; fields may be added without.
"""

from __future__ import annotations

import types
import typing
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Literal

import autograder

from ..engine import messages
from ..engine.report import CheckStatus, Report, Sheet, Status
from ..files.names import for_terminal
from ..writing.exercise import Lesson

FORMAT = 1
Outcome = Literal["pass", "fail", "error"]
_CHECK: dict[CheckStatus, Literal["pass", "fail", "error", "skip"]] = {
    CheckStatus.PASS: "pass",
    CheckStatus.FAIL: "fail",
    CheckStatus.ERROR: "error",
    CheckStatus.SKIP: "skip",
}


@dataclass(frozen=True)
class CheckVerdict:
    """One promise of an exercise. "skip": it was not asked, because one that it needs failed. `input` is code, the smallest input that fails."""

    sentence: str
    verdict: Literal["pass", "fail", "error", "skip"]
    input: str
    given: str
    wanted: str
    why: str


@dataclass(frozen=True)
class ExerciseVerdict:
    """One exercise; `asks` says in a few words what for. `points` lie between 0 and `max_points`, and are None where there is no grade. `status` is how it ended, in the words of
    `engine.report.Status`; `mistake` the known mistake that reproduces the answer's numbers, or "". `reason` says in a sentence why points are missing;
    `text` is all that the learner reads."""

    name: str
    asks: str
    verdict: Outcome
    status: str
    points: float | None
    max_points: float
    reason: str
    mistake: str
    text: str
    checks: list[CheckVerdict]


@dataclass(frozen=True)
class Verdict:
    """One notebook. "pass" means all points; `points` are None where there is no grade: on "error", and when `status` is not "graded".

    `status` is "graded", "missing", "malformed" (the learner's to mend) or "error" (ours). `student` is "" where nobody was named, `submission` the SHA-256 of the
    notebook's bytes, "" where none was read. `level` is how strongly the notebook was confined (docs/security.md), `engine` what ran its cells, `course` the
    version of this course, `seconds` what judging took by the clock. No secret is in it: neither the seed of the hidden cases nor one of them.
    """

    format: int
    course: str
    lesson: str
    title: str
    student: str
    verdict: Outcome
    status: str
    points: float | None
    max_points: float
    detail: str
    submission: str
    level: str
    engine: str
    seconds: float
    exercises: list[ExerciseVerdict]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; `from_json` brings the same verdict back, `schema` describes it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Any) -> Verdict:
        """The verdict that `to_json` wrote; fields that a later version added are passed over.

        Raises `ValueError` for another format, and naming what is missing or of another type.
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            given = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(
                f"not a verdict of format {FORMAT}: its format is {given!r}; read it with the version of the course that wrote it"
            )
        return _made(cls, data, "verdict")


def verdict_of(sheet: Sheet, lesson: Lesson) -> Verdict:
    """The verdict that a judge's `sheet` on a notebook of `lesson` is."""
    graded = sheet.status == "graded" and not sheet.is_error
    unread = sheet.detail if sheet.status in ("missing", "malformed") else ""
    exercises = [_exercise(sheet.reports[name], exercise.asks, graded, unread) for name, exercise in lesson.exercises.items()]
    if sheet.is_error:
        verdict: Outcome = "error"
    else:
        verdict = "pass" if graded and all(one.verdict == "pass" for one in exercises) else "fail"
    return Verdict(
        format=FORMAT,
        course=sheet.versions.get("course", autograder.__version__),
        lesson=lesson.name,
        title=lesson.title,
        student=_printable(sheet.student),
        verdict=verdict,
        status="error" if sheet.is_error else sheet.status,
        points=sheet.points if graded else None,
        max_points=lesson.points,
        detail=_printable(sheet.detail),
        submission=sheet.submission,
        level=sheet.level,
        engine=sheet.versions.get("engine", ""),
        seconds=sheet.seconds,
        exercises=exercises,
    )


def _exercise(report: Report, asks: str, graded: bool, unread: str) -> ExerciseVerdict:
    """One exercise of a notebook that was `graded`, or that nobody could read, for the reason `unread`."""
    verdict: Outcome = "fail"
    if report.status is Status.ERROR:
        verdict = "error"
    elif report.status is Status.RIGHT and report.points == report.max_points:
        verdict = "pass"
    return ExerciseVerdict(
        name=report.exercise,
        asks=asks,
        verdict=verdict,
        status=report.status.value,
        points=report.points if graded else None,
        max_points=report.max_points,
        reason=_printable(unread or messages.reason(report)),
        mistake=report.mistake,
        text=_printable(unread or messages.to_text(report)),
        checks=[
            CheckVerdict(_printable(one.sentence), _CHECK[one.status], *map(_printable, (one.input, one.given, one.wanted, one.why)))
            for one in report.findings
        ],
    )


def _printable(text: str) -> str:
    """Text that any program may show: no control characters but the ends of lines, no lone surrogates."""
    return "".join(c if c in "\n\\" else for_terminal(c) for c in text)


def schema(kind: type = Verdict) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `Verdict.to_json`, made of the types above; docs/verdict.schema.json is this."""
    properties = {name: _type(hint) for name, hint in typing.get_type_hints(kind).items()}
    found: dict[str, Any] = {"type": "object", "properties": properties, "required": [field.name for field in fields(kind)]}
    if kind is Verdict:
        properties["format"] = {"const": FORMAT}
        found = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The verdict on one notebook", **found}
    return found


def _type(hint: Any) -> dict[str, Any]:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint):
        return schema(typing.cast(type, hint))
    if origin is Literal:
        return {"enum": [*inner]}
    if origin is list:
        return {"type": "array", "items": _type(inner[0])}
    if origin is types.UnionType:
        return {"anyOf": [_type(one) for one in inner]}
    return {"type": {str: "string", int: "integer", float: "number", types.NoneType: "null"}[hint]}


def _made(hint: Any, value: Any, place: str) -> Any:
    """`value`, from JSON, as what `hint` says. Raises `ValueError` naming the place where it is something else."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint) and isinstance(value, dict):
        hints = typing.get_type_hints(hint)
        if missing := sorted({*hints} - {*value}):
            raise ValueError(f"not a verdict: {place} has no {missing[0]}")
        return typing.cast(type, hint)(**{name: _made(one, value[name], f"{place}.{name}") for name, one in hints.items()})
    if origin is list and isinstance(value, list):
        return [_made(inner[0], one, f"{place}[{index}]") for index, one in enumerate(value)]
    if origin is types.UnionType:
        return None if value is None else _made(inner[0], value, place)
    if origin is Literal and value in inner:
        return value
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    raise ValueError(f"not a verdict: {place} is {value!r:.100}")
