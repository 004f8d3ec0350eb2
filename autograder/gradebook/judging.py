"""The judge as nbgrader's commands use it: one for the whole process, started when the first notebook comes."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path

from ..engine.report import Sheet
from ..judge import verdicts
from ..judge.coordinator import kept
from ..judge.grade import Judge, submission_path, versions, with_tests
from ..judge.own_tests import OwnTests


@cache
def the_judge(root: Path, level: str = "auto", engine: str = "child") -> Judge:
    """The running judge of the course in `root`; it ends with this process. Raises `SandboxError` when the level does not hold."""
    judge = Judge(root, level, engine=engine).__enter__()
    atexit.register(judge.__exit__, None, None, None)
    return judge


def verdict_for(root: Path, lesson: str, student: str, level: str = "auto", own: OwnTests | None = None, engine: str = "child") -> Sheet:
    """The verdict on what the student handed in: the one on file when nothing it depends on has changed, else a new one.

    `own` are the teacher's own test cells, which run as they were released; `engine` is what runs the cells (`sandbox.ENGINES`).
    """
    judge = the_judge(root, level, engine)
    sheet = kept(root, lesson, student, judge.course, with_tests(versions(root, judge.lesson(lesson), engine), own), judge.level)
    if sheet is None:
        sheet = judge.grade(submission_path(root, lesson, student), lesson, student, own=own)
        verdicts.save(root, sheet, judge.course)
    return sheet
