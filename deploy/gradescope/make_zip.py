"""Makes the autograder.zip that Gradescope takes for one lesson. docs/deploying.md, "Gradescope", says how it is used.

    python deploy/gradescope/make_zip.py 01_derivative --to autograder.zip

In it are this course's judge, the lesson with its answers, and the seed of the lesson's hidden cases, so that a hand-in gets the points there that
``grade`` gives here; the course's key is not. Whoever can download the file can read the answers: so can every instructor of the assignment.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPO))
HERE = Path(__file__).resolve().parent
_SCRIPTS = ("setup.sh", "run_autograder")
_PARTS = ("autograder/", "explorers/", "data/", "requirements.txt", "pyproject.toml", "nbgrader_config.py")


def main(argv: list[str] | None = None) -> int:
    """Write the archive; 0, or 2 where there is no such lesson, course or place, or its key or a file cannot be used."""
    from autograder.commands.values import new_file
    from autograder.exercises import find_lesson
    from autograder.files.atomic import write_atomically
    from autograder.files.course import Course, SettingsError
    from autograder.judge.options import LEVELS
    from autograder.judge.signing import CourseKey, KeyProblem

    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("lesson", help="for example 01_derivative")
    parser.add_argument("--to", type=new_file, default=Path("autograder.zip"), metavar="FILE", help="default: autograder.zip")
    parser.add_argument(
        "--course", type=Path, default=REPO, metavar="DIR", help="the course's folder, whose key says which cases are hidden"
    )
    parser.add_argument(
        "--level",
        choices=("auto", *LEVELS),
        default="auto",
        help="how strongly notebooks are confined there (docs/security.md); weak must be asked for",
    )
    arguments = parser.parse_args(argv)
    try:
        course, lesson = Course.at(arguments.course), find_lesson(arguments.lesson).name
        if not course.source(lesson).is_file():
            raise LookupError(
                f"{course.root} has no {course.source(lesson).relative_to(course.root)}: name the course's folder, or run  make build  there"
            )
        seed = CourseKey.load(course.root).lesson_seed(lesson)
        write_atomically(arguments.to, packed(course, lesson, seed, arguments.level), mode=0o600)
    except (LookupError, SettingsError, KeyProblem, OSError) as problem:
        print(f"No archive was made: {problem}", file=sys.stderr)
        return 2
    print(f"{arguments.to}: upload it as the autograder of the assignment for {lesson}")
    return 0


def packed(course, lesson: str, seed: int, level: str) -> bytes:
    """The archive's bytes: the same files, lesson, seed and level make the same archive."""
    from autograder.course.zipped import zipped

    options = ["--lesson", lesson, "--seed", str(seed), "--level", level] + ["--i-trust-these-notebooks"] * (level == "weak")
    files = {name: (HERE / name).read_bytes() for name in _SCRIPTS}
    files["options"] = "".join(f"{option}\n" for option in options).encode()
    for path in course.public():
        name = path.relative_to(course.root).as_posix()
        if name.startswith((*_PARTS, f"notebooks/{lesson}/")):
            files[f"course/{name}"] = path.read_bytes()
    files[f"course/solutions/{lesson}/{lesson}.ipynb"] = files[f"rehearsal/{lesson}.ipynb"] = course.source(lesson).read_bytes()
    return zipped(files, executable=_SCRIPTS)


if __name__ == "__main__":
    sys.exit(main())
