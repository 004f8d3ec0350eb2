"""Writes class reports: the page, the table, and the text for the terminal; of one lesson or of the term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.settings import PRIVATE
from . import term_report
from .class_report import class_report
from .grade_files import as_texts
from .report_page import html_parts
from .report_text import as_table, as_text


@dataclass
class Written:
    """A report: its text, the files that were written, why others could not be, and whether an error of ours stands or nobody handed in."""

    text: str
    files: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    errors: bool = False
    empty: bool = False


def write_report(lesson: str, root: Path | None = None) -> Written:
    """Write work/reports/<lesson>.html and <lesson>.report.csv. Raises `OSError` where work/submitted cannot be read."""
    course = Course.at(root)
    report = class_report(lesson, course.root)
    made = Written(as_text(report), errors=bool(report.errors), empty=not report.students and not report.errors)
    _write(made, course.report(lesson, "html"), html_parts(report))
    _write(made, course.report(lesson, "report.csv"), as_texts(as_table(report)))
    return made


def write_term_report(root: Path | None = None) -> Written:
    """Write work/reports/term.html and term.report.csv, of all lessons that somebody handed in."""
    course = Course.at(root)
    report = term_report.term_report(course.root)
    made = Written(term_report.as_text(report), errors=any(one.errors for one in report.lessons), empty=not report.lessons)
    _write(made, course.report("term", "html"), term_report.html_parts(report))
    _write(made, course.report("term", "report.csv"), as_texts(term_report.as_table(report)))
    return made


def _write(made: Written, path: Path, texts: Iterable[str]) -> None:
    if made.empty:
        return  # a page about nobody would be taken for a class
    try:
        write_atomically(path, texts, PRIVATE)
        made.files.append(path)
    except OSError as problem:
        made.problems.append(f"{path.name} could not be written: {problem}")
