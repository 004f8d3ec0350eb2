"""The commands of learners and authors: study, build, site, doctor. None needs Linux; each returns an exit code."""

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

    build_parser = commands.add_parser("build", help="lesson texts to notebooks")
    build_parser.add_argument("--check", action="store_true", help="change nothing; fail when a notebook is stale")
    build_parser.set_defaults(run=build)

    site_parser = commands.add_parser("site", help="the lessons as pages with live explorers, in site/; needs npm the first time")
    site_parser.add_argument("--only", default="", metavar="LESSON", help="only the lessons whose name contains this")
    site_parser.set_defaults(run=site)

    doctor_parser = commands.add_parser("doctor", help="is everything in place on this machine, and is the course sound?")
    doctor_parser.set_defaults(run=doctor)


def study(arguments) -> int:
    """Bring study/ up to date, then hand over to JupyterLab."""
    from ..course.study import update_study
    from ..learner.best_points import FOLDER

    course = Course.at(arguments.course)
    print(update_study(course.root))
    if arguments.no_open:
        return 0
    os.environ[FOLDER] = str(course.study)
    # JupyterLab's defaults for the course: no question about news over the first lesson, and nothing is fetched to look for updates
    defaults = Path(__file__).resolve().parents[1] / "course" / "jupyter"
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, (str(defaults), os.environ.get("JUPYTER_CONFIG_PATH"))))
    options = [
        f"--ServerApp.root_dir={course.study}",
        "--ServerApp.jpserver_extensions=explorers.server=True",  # takes a network delay off every slider step
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # in a container people are often root, and JupyterLab would refuse to start
    start = course.study / "00_start_here" / "00_start_here.ipynb"
    if start.exists():
        options.append(f"--LabApp.default_url=/lab/tree/{start.relative_to(course.study).as_posix()}")
    from jupyterlab.labapp import main as lab

    return lab([*options, *arguments.jupyter]) or 0


def build(arguments) -> int:
    """Build both trees, or say which notebooks are stale."""
    from ..course import docstrings, lesson_table, reading_order
    from ..course.release import build as build_notebooks
    from ..exercises import lessons

    check = arguments.check
    # a notebook holds the table of lessons as well, so that comes first
    changed = [
        *reading_order.refresh(arguments.course, check=check),
        *docstrings.refresh(arguments.course, check=check),
        *lesson_table.refresh(lessons(), arguments.course, check=check),
        *build_notebooks(arguments.course, check=check),
    ]
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

    try:
        wrong = build_site(arguments.course, only=arguments.only)
    except NoWeb as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n".join(wrong) or "Open site/index.html in a browser.")
    return 1 if wrong else 0


def doctor(arguments) -> int:
    """Print what is wrong, each line with its remedy."""
    from ..course.doctor import examine

    return examine(arguments.course)
