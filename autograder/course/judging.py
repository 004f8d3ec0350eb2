"""The judge as nbgrader's commands use it: one for the whole process, started when the first notebook comes."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path

from ..judge import verdicts
from ..judge.crowd import kept
from ..judge.grade import Judge, submission_path, versions
from ..report import Sheet


@cache
def the_judge(root: Path, level: str = "auto") -> Judge:
    """The running judge of the course in `root`; it ends with this process. Raises `SandboxError` when the level does not hold."""
    judge = Judge(root, level).__enter__()
    atexit.register(judge.__exit__, None, None, None)
    return judge


def verdict_for(root: Path, lesson: str, student: str, level: str = "auto", restored: bytes | None = None) -> Sheet:
    """The verdict on what the student handed in: the one on file when nothing it depends on has changed, else a new one.

    With `restored`, the submission with its locked cells put back, that is what runs; such a verdict is not kept, because its
    outputs belong to other cells than those of the file.
    """
    judge = the_judge(root, level)
    if restored is not None:
        return judge.grade(submission_path(root, lesson, student), lesson, student, restored=restored)
    sheet = kept(root, lesson, student, judge.course, versions(root, judge.lesson(lesson)), judge.level)
    if sheet is None:
        sheet = judge.grade(submission_path(root, lesson, student), lesson, student)
        verdicts.save(root, sheet, judge.course)
    return sheet
