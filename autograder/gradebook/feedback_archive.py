"""The feedback pages of a class as one ZIP that Moodle or Canvas takes back, each under the name that the platform gave the hand-in.

Sources: Moodle, mod/assign/feedback/file/importziplib.php (a part of the path is ``name_number_assignsubmission_file``, what follows is the
feedback file's name); Canvas, app/models/assignment.rb (`infer_comment_context_from_filename`: the first two numbers between underscores are
the student and the attachment that the page is a comment on).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from ..course.zipped import entry
from ..files.atomic import replacing
from ..files.course import Course
from ..files.settings import PRIVATE
from ..intake.attempts import Attempt, Attempts
from ..intake.platforms import given_back
from ..judge.submission import fingerprint


@dataclass
class Packed:
    """How many pages are in the ZIP, and the students whose page is not, because `take-in` saw no name of the platform."""

    pages: int = 0
    nameless: list[str] = field(default_factory=list)


def write_archive(course: Course, lesson: str, platform: str, students: list[str], target: Path) -> Packed:
    """Write the pages of `students` that lie in work/feedback/ into the ZIP `target`. Nothing is written where no page has a name.

    `platform` is ``moodle`` or ``canvas``. Raises `OSError`, and `ValueError` for a damaged list of attempts.
    """
    attempts, packed, named = Attempts(course, lesson).by_student, Packed(), {}
    for student in students:
        if name := _name(course, lesson, platform, student, attempts.get(student, [])):
            named[name] = course.feedback(lesson, student)
        else:
            packed.nameless.append(student)
    packed.pages = len(named)
    if named:
        with replacing(target, PRIVATE) as stream, zipfile.ZipFile(stream, "w") as archive:
            for name, page in sorted(named.items()):
                archive.writestr(entry(name), page.read_bytes(), zipfile.ZIP_DEFLATED, 6)
    return packed


def _name(course: Course, lesson: str, platform: str, student: str, attempts: list[Attempt]) -> str:
    """The page's name in the ZIP: by the attempt that was graded where the platform named it, else by the latest that it named."""
    graded = fingerprint(course.submitted(lesson, student), course.hand_ins)
    for attempt in sorted(attempts, key=lambda one: (one.sha == graded, one.rank(None)), reverse=True):
        if name := given_back(attempt.path, platform, f"{lesson}.html"):
            return name
    return ""
