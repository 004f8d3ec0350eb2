"""Feedback through nbgrader's own doors: `nbgrader generate_feedback` makes our pages, `release_feedback` gives them out."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters import Exporter
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash
from traitlets import default

from ..files.atomic import write_atomically
from ..files.course import Course
from .feedback import ClassFeedback, beside, made


class FeedbackExporter(Exporter):
    """In place of nbgrader's exporter of pages: the page that `python -m autograder feedback` writes."""

    output_mimetype = "text/html"
    _shared: ClassFeedback | None = None

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_filename(self, filename: str, resources: dict | None = None, **kw):
        """The page of the student and lesson whose autograded notebook lies at `filename`. Raises `LookupError`, `GradebookError`."""
        folder = Path(filename).parent
        student, lesson = folder.parent.name, folder.name
        course = Course(Path(self.parent.coursedir.root).resolve())
        if self._shared is None or self._shared.lesson != lesson:
            self._shared = ClassFeedback(course, lesson)  # once for a command, which has an exporter of its own
        _, noted, html = made(self._shared, student)
        if noted:
            self.log.warning("%s: %s", student, noted)
        beside(course, lesson, student)
        return html, {"output_extension": ".html", **(resources or {})}


class ReleaseFeedback(ExchangeReleaseFeedback):
    """nbgrader's own step, which ends at the first page of a hand-in that did not come through the exchange, and gives out files that only the teacher may read."""

    def copy_files(self) -> None:
        """Put each page where the student's `fetch_feedback` looks: under a name that only who has the hand-in's secret can make."""
        course, lesson = Course(Path(self.coursedir.root).resolve()), self.coursedir.assignment_id
        wanted, excluded = self.coursedir.student_id or "*", set(filter(None, self.coursedir.student_id_exclude.split(",")))
        released, others = 0, []
        for page in sorted((course.work / "feedback").glob(f"*/{lesson}/{lesson}.html")):
            student = page.parent.parent.name
            if student in excluded or wanted not in ("*", student):
                continue
            try:
                secret = page.with_name("submission_secret.txt").read_text(encoding="utf-8")
            except (OSError, ValueError):
                others.append(student)
                continue
            # everybody may read the file, and nobody may list the folder
            write_atomically(Path(self.dest_path) / f"{notebook_hash(secret=secret, notebook_id=lesson)}.html", page.read_bytes(), 0o644)
            released += 1
        self.log.info("Feedback on %s released to %d students", lesson, released)
        if others:
            self.log.warning("Not released, because the hand-in did not come through the exchange: %s", ", ".join(others))
        if not released:
            self.fail(f"no feedback on {lesson} to release; write it with  python -m autograder feedback {lesson}")
