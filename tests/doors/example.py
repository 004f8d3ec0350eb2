"""A verdict for the forms' tests: of a lesson with everything that can happen, and a notebook that would like to be markup."""

from __future__ import annotations

from autograder.doors.verdict import Verdict, verdict_of
from autograder.engine.report import CheckStatus, Finding, Report, Sheet, Status
from autograder.writing.exercise import Lesson

HOSTILE = "</details>\n````\n@everyone <script>alert(1)</script> | [x](javascript:1) \x1b[2J ]]> \ud800"


def lesson() -> Lesson:
    made = Lesson("91_forms", "Forms & <fields>", "Does each door say the same?")
    for name, points in (("right", 2), ("wrong", 3), ("stub", 1)):
        made.exercise(name, points, f"an answer that is {name}")
    return made


def sheet() -> Sheet:
    """The right answer, one with a named mistake, and one that was not written."""
    findings = [
        Finding("shape", "It has the right shape", CheckStatus.PASS),
        Finding("value", "It is the slope", CheckStatus.FAIL, "wrong(x=1.0)", HOSTILE, "2.0", "It is half of it."),
        Finding("edges", "It holds at 0", CheckStatus.SKIP),
    ]
    reports = {
        "right": Report("right", 2, 2, Status.RIGHT, [Finding("value", "It is the slope", CheckStatus.PASS)]),
        "wrong": Report("wrong", 3, 0.5, Status.PARTIAL, findings, "half", "You divided by `2*h` and not by `h`.", seed=271828182845),
        "stub": Report("stub", 1, 0, Status.NOT_ATTEMPTED),
    }
    versions = {"course": "9.9.9", "engine": "warm child"}
    return Sheet("91_forms", "s1", "graded", reports, "a remark", "ab" * 32, "full", 271828182845, versions, {}, 0.25)


def verdict() -> Verdict:
    return verdict_of(sheet(), lesson())


def error() -> Verdict:
    broken = sheet()
    broken.reports["wrong"] = Report("wrong", 3, 0, Status.ERROR, detail="KeyError: 'x'")
    return verdict_of(broken, lesson())


def malformed() -> Verdict:
    reports = {name: Report(name, one.points, status=Status.MALFORMED, detail="not JSON") for name, one in lesson().exercises.items()}
    return verdict_of(
        Sheet("91_forms", "s1", "malformed", reports, "not JSON", versions={"course": "9.9.9", "engine": "warm child"}), lesson()
    )
