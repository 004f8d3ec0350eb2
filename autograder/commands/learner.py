"""The commands of learners and authors: study, check, build, site, doctor. None needs Linux; each returns an exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..files.course import Course


def add_commands(commands) -> None:
    """Add these commands to the command line."""
    study_parser = commands.add_parser("study", help="open the course in JupyterLab, on your own copy of the notebooks")
    study_parser.add_argument("--no-open", action="store_true", help="only bring study/ up to date")
    study_parser.add_argument("jupyter", nargs="*", help="options for jupyter lab, after --")
    study_parser.set_defaults(run=study)

    progress_parser = commands.add_parser("progress", help="your best points so far, what comes next, and how long the rest takes")
    progress_parser.add_argument("lesson", nargs="?", default="", help="by exercise, for this one, for example 01_derivative")
    progress_parser.set_defaults(run=progress)

    check_parser = commands.add_parser(
        "check", help="a notebook before you hand it in: is all of it there, and how many points is it worth?"
    )
    check_parser.add_argument("notebook", type=Path, help="for example study/01_derivative/01_derivative.ipynb")
    check_parser.set_defaults(run=check)

    build_parser = commands.add_parser("build", help="lesson texts to notebooks")
    build_parser.add_argument("--check", action="store_true", help="change nothing; fail when something is stale")
    build_parser.set_defaults(run=build)

    site_parser = commands.add_parser(
        "site", help="the lessons as pages to work in, in site/; needs npm and the package index the first time"
    )
    site_parser.add_argument("--only", default="", metavar="LESSON", help="only the lessons whose name contains this")
    site_parser.set_defaults(run=site)

    doctor_parser = commands.add_parser("doctor", help="is everything in place on this machine, and is the course sound?")
    doctor_parser.add_argument("lesson", nargs="?", default="", help="only this one, for example 01_derivative: a few seconds")
    doctor_parser.set_defaults(run=doctor)


def study(arguments) -> int:
    """Bring study/ up to date, then hand over to JupyterLab."""
    from ..course import lab as lab_settings
    from ..course.study import study_course, update_study
    from ..learner.best_points import FOLDER

    course = study_course(arguments.course)
    try:
        update = update_study(course.root)
    except OSError as problem:
        print(
            f"Your notebooks could not be put into {course.study} ({problem.strerror}): take the course to a folder that you may write, and start there.",
            file=sys.stderr,
        )
        return 1
    print(update, flush=True)  # before what JupyterLab says
    if arguments.no_open:
        return 0
    os.environ[FOLDER] = str(course.study)
    lab_settings.prepare(course.study)
    if told := lab_settings.without_a_home(course.study):
        print(told, flush=True)
    options = lab_settings.options(course.study, course.study / update.first if update.first else None)
    if "--no-browser" not in arguments.jupyter and (told := lab_settings.without_a_browser()):
        options.append("--no-browser")
        print(told, flush=True)
    from jupyterlab.labapp import main as lab

    try:
        return lab([*options, *arguments.jupyter]) or 0
    except OSError as problem:
        print(
            f"JupyterLab stopped: {problem}. If that is a folder in your home that cannot be written, name another home, "
            "for example  HOME=$PWD make study",
            file=sys.stderr,
        )
        return 1


def progress(arguments) -> int:
    """Print what `progress()` shows in a notebook; 2 for a lesson that there is not."""
    from ..course.study import study_course
    from ..exercises import lessons
    from ..learner import progress as far
    from ..learner.best_points import FOLDER

    os.environ.setdefault(FOLDER, str(study_course(arguments.course).study))
    if arguments.lesson and arguments.lesson not in lessons():
        print(f"Nothing to tell: no lesson is called {arguments.lesson!r}; there are {', '.join(lessons())}", file=sys.stderr)
        return 2
    print(far.text(arguments.lesson))
    return 0


def check(arguments) -> int:
    """Say of a notebook whether it can be handed in, and its points; 1 when something is missing, 2 when it is no notebook of the course."""
    from ..learner.self_check import NotOfTheCourse, examine

    try:
        found = examine(arguments.notebook)
    except NotOfTheCourse as problem:
        print(f"Nothing was checked: {problem}", file=sys.stderr)
        return 2
    print(found)
    return 0 if found.complete else 1


def build(arguments) -> int:
    """Build all that is made from the lessons' texts, or say what is stale; what is wrong with a text is a line each."""
    from ..course.generated import refresh
    from ..course.problems import LessonError
    from ..course.release import BuildError
    from ..exercises import lessons

    try:
        changed = refresh(Course.at(arguments.course), lessons(), check=arguments.check)
    except (LessonError, BuildError) as problem:
        print(problem, file=sys.stderr)
        return 1
    for path in changed:
        print(f"{'stale' if arguments.check else 'written'}: {path}")
    if arguments.check and changed:
        print("Run `make build` and commit what it writes.")
        return 1
    return 0


def site(arguments) -> int:
    """Build the pages; a lesson that does not run, or a page that is too large, is named and makes the command fail."""
    from ..course.npm import NoWeb
    from ..course.site import build_site
    from ..course.wheel import NoWheel

    try:
        wrong = build_site(arguments.course, only=arguments.only)
    except (NoWeb, NoWheel) as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n".join(wrong) or "Read site/index.html in a browser; to write and check there, serve it:  cd site && python3 -m http.server")
    return 1 if wrong else 0


def doctor(arguments) -> int:
    """Print what is wrong, each line with its remedy; of one lesson, or of the course and this machine."""
    from ..course.doctor import examine
    from ..exercises import find_lesson

    if not arguments.lesson:
        return examine(arguments.course)
    try:
        lesson = find_lesson(arguments.lesson)
    except LookupError as problem:
        print(f"Nothing was examined: {problem}", file=sys.stderr)
        return 2
    return examine(arguments.course, {lesson.name: lesson}, only=lesson.name, machine=False)
