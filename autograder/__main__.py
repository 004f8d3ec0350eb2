"""The command line: python -m autograder study | build | site | doctor | grade | report | export | verify."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .commands.teacher import add_commands


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 something does not hold, 2 wrong use, 3 an error of ours."""
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    study = commands.add_parser("study", help="open the course in JupyterLab, on your own copy of the notebooks")
    study.add_argument("--no-open", action="store_true", help="only bring study/ up to date")
    study.add_argument("jupyter", nargs="*", help="options for jupyter lab, after --")
    study.set_defaults(run=_study)

    build = commands.add_parser("build", help="lesson texts to notebooks")
    build.add_argument("--check", action="store_true", help="change nothing; fail when a notebook is stale")
    build.set_defaults(run=_build)

    site = commands.add_parser("site", help="the lessons as pages with live explorers, in site/; needs npm the first time")
    site.add_argument("--only", default="", metavar="LESSON", help="only the lessons whose name contains this")
    site.set_defaults(run=_site)

    doctor = commands.add_parser("doctor", help="is everything in place on this machine, and is the course sound?")
    doctor.set_defaults(run=_doctor)

    add_commands(commands)

    arguments = parser.parse_args(argv)
    return arguments.run(arguments)


def _study(arguments) -> int:
    """Bring study/ up to date, then hand over to JupyterLab."""
    from .course.study import update_study
    from .learner.best_points import FOLDER

    root = Path(__file__).resolve().parents[1]
    print(update_study(root))
    if arguments.no_open:
        return 0
    study = root / "study"
    os.environ[FOLDER] = str(study)
    # JupyterLab's defaults for the course: no question about news over the first lesson, and nothing is fetched to look for updates
    defaults = Path(__file__).parent / "course" / "jupyter"
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, (str(defaults), os.environ.get("JUPYTER_CONFIG_PATH"))))
    start = study / "00_start_here" / "00_start_here.ipynb"
    from jupyterlab.labapp import main as lab

    return (
        lab(
            [
                f"--ServerApp.root_dir={study}",
                "--ServerApp.jpserver_extensions=explorers.server=True",  # takes a network delay off every slider step
                # in a container people are often root, and JupyterLab would refuse to start
                *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
                *([f"--LabApp.default_url=/lab/tree/{start.relative_to(study).as_posix()}"] if start.exists() else []),
                *arguments.jupyter,
            ]
        )
        or 0
    )


def _build(arguments) -> int:
    """Build both trees, or say which notebooks are stale."""
    from .course.lesson_table import refresh
    from .course.release import build
    from .exercises import lessons

    changed = [*refresh(lessons(), check=arguments.check), *build(check=arguments.check)]  # a notebook holds the table as well
    for path in changed:
        print(f"{'stale' if arguments.check else 'written'}: {path}")
    if arguments.check and changed:
        print("Run `make build` and commit what it writes.")
        return 1
    return 0


def _site(arguments) -> int:
    """Build the pages; a lesson that does not run, or a page that is too large, is named and makes the command fail."""
    from .course.npm import NoWeb
    from .course.site import build_site

    try:
        wrong = build_site(only=arguments.only)
    except NoWeb as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n".join(wrong) or "Open site/index.html in a browser.")
    return 1 if wrong else 0


def _doctor(arguments) -> int:
    """Print what is wrong, each line with its remedy."""
    from .course.doctor import examine

    return examine()


def _start() -> int:
    """`main`; when the reader leaves early, as in ``report 01_derivative | head``, 141 and no complaint: what any program says that a pipe ended."""
    try:
        try:
            return main()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would try once more at its end
        return 141


if __name__ == "__main__":
    sys.exit(_start())
