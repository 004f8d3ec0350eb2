"""The teacher's `export --for …`: final scores as a file for Canvas, Moodle or nbgrader, or as our own table."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..files.names import for_terminal
from ..files.settings import PRIVATE, SettingsError
from .outcome import FALSE, OURS, WRONG_USE, fail

FORMS = ("canvas", "moodle", "nbgrader", "csv")
_NAMES = {"csv": "final"}  # in the file's name, beside the judge's points in <lesson>.csv
_SHOWN = 30  # students of a kind that are named
_NOTHING = "Nothing was exported: "


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what `export --for` understands to the command export."""
    parser.add_argument(
        "--for",
        dest="form",
        choices=FORMS,
        help="final scores, with people's scores and late penalties, as a file that this takes; without a lesson, of the whole term",
    )
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="the file that Canvas exported, or Moodle's grading worksheet: the scores go into it"
    )
    parser.add_argument(
        "--column", action="append", default=[], metavar="[LESSON=]NAME", help="with --into: the column of the lesson, as the file calls it"
    )
    parser.add_argument("--by-exercise", action="store_true", help="with --for csv: a column for each exercise, too")


def write_grade_file(arguments) -> int:
    """Write the file and say where, how many scores are in it, and whose are not.

    0 every score is in it · 1 a score has no place in it · 2 wrong use · 3 no score at all, or an error of ours stands.
    """
    from ..gradebook.export import ExportRefused
    from ..gradebook.final_scores import final_scores
    from ..gradebook.platform_files import WrongFile
    from ..intake.recognise import lesson_cells
    from ..intake.roster import RosterError, load_roster

    course = Course.at(arguments.course)
    known = list(lesson_cells(course))
    lessons = [arguments.lesson] if arguments.lesson else [lesson for lesson in known if course.students(lesson)]
    if problem := _wrong_use(arguments, known):
        return fail(problem, WRONG_USE, _NOTHING)
    try:
        roster = load_roster(course)
        term = {lesson: scores for lesson in lessons if (scores := final_scores(course, lesson))}
        if not term:
            return fail(f"nobody handed in {arguments.lesson or 'anything'}; look below {course.hand_ins}", OURS, _NOTHING)
        made = _make(arguments, term, roster)
    except ExportRefused as problem:
        return fail(problem, OURS, "")
    except SettingsError:
        raise  # no wrong use: `one_sentence` knows
    except (WrongFile, RosterError, OSError, ValueError) as problem:
        return fail(problem, WRONG_USE, _NOTHING)
    target = (
        Path(arguments.to)
        if arguments.to
        else course.work / "reports" / f"{arguments.lesson or 'term'}.{_NAMES.get(arguments.form, arguments.form)}.csv"
    )
    try:
        write_atomically(target, made.text, PRIVATE)
    except OSError as problem:
        return fail(problem, OURS, _NOTHING)
    print(f"{target}: {made.scores} scores")
    for what, reasons in (("without a score", made.without), ("NOT in the file", made.misplaced)):
        for why, students in sorted(reasons.items()):
            print(f"{what}, {why}: {_named(students)}")
    again = sorted({student for scores in term.values() for student, one in scores.items() if one.again})
    if again:
        print(f"scored by a person before the judge's points changed; look again: {_named(again)}")
    return OURS if not made.scores else FALSE if made.misplaced else 0


def _wrong_use(arguments, known: list[str]) -> str:
    if arguments.lesson and arguments.lesson not in known:
        return f"there is no lesson {arguments.lesson!r}; there are {', '.join(known) or 'none'}"
    if arguments.into and arguments.form not in ("canvas", "moodle"):
        return "--into is for Canvas's and Moodle's files"
    if arguments.column and not arguments.into:
        return "--column names a column of the file that is given with --into"
    if arguments.by_exercise and arguments.form != "csv":
        return "--by-exercise is for --for csv: a platform has one column for a lesson"
    if arguments.to and not Path(arguments.to).parent.is_dir():
        return f"there is no folder {Path(arguments.to).parent}"
    if arguments.to and arguments.into and Path(arguments.to).resolve() == arguments.into.resolve():
        return "--to and --into are the same file; keep the one that the platform gave you"
    return ""


def _make(arguments, term: dict, roster):
    """The file for the form that was asked for."""
    from ..gradebook import grade_files, platform_files
    from ..intake.roster import read_text

    if arguments.form == "csv":
        return grade_files.as_csv(term, roster, arguments.by_exercise)
    if arguments.form == "nbgrader":
        return grade_files.as_nbgrader(term, roster)
    make = getattr(platform_files, f"{'into' if arguments.into else 'as'}_{arguments.form}")
    if not arguments.into:
        return make(term, roster)
    return make(term, roster, read_text(arguments.into), _columns(arguments.column, list(term)))


def _columns(given: list[str], lessons: list[str]) -> dict[str, str]:
    """The columns' names by lesson. Raises `ValueError` for one that names no lesson where there are several."""
    columns = {}
    for text in given:
        lesson, equals, name = text.partition("=")
        if equals and lesson in lessons:
            columns[lesson] = name
        elif len(lessons) == 1:
            columns[lessons[0]] = text
        else:
            raise ValueError(f"--column {text!r} does not say of which lesson; write LESSON=NAME, for example {lessons[0]}={text}")
    return columns


def _named(students: list[str]) -> str:
    more = f" and {len(students) - _SHOWN} more" if len(students) > _SHOWN else ""
    return ", ".join(map(for_terminal, students[:_SHOWN])) + more
