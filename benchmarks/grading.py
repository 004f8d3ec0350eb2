"""How fast a class is graded: stock nbgrader and ours on the same submissions in one run, and what one submission costs.

Run: python benchmarks/grading.py            (100 and 300 submissions of lesson 01)
     python benchmarks/grading.py --sizes 10,1000 --stock-most 100
     python benchmarks/grading.py --every-lesson 30    (processor time for each lesson, 30 submissions each)
     python benchmarks/grading.py --every-lesson 20 --lessons 01,04,05,07

Stock is `nbgrader autograde` with its own settings, one submission after the other as it does. Ours is `python -m autograder
grade`, from its start to the last row in the gradebook: what a teacher waits for. Both find the assignment generated. Bars, for
lesson 01 on two cores: a class of 300 takes at most 15 s, a class of 100 is graded at least 50 times faster than by stock.

For information, without a bar: the processor time that the judge takes for each submission, start-up left out, and the floor, one
warm process that executes the same cells and runs the same checks in itself, with no sandbox, no second process and no
files. Wall times are this machine's, with nothing else running; on a busy one compare processor times.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from classes import REPO, count_all_children, make_class, measure

_LESSON, _JOBS = "01_derivative", 2  # what the bars are about
_MOST_SECONDS = {300: 15.0}  # by the size of the class
_LEAST_FASTER = {100: 50.0}
STOCK = """
c = get_config()
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "work/submitted"
c.CourseDirectory.autograded_directory = "work/autograded"
c.CourseDirectory.db_url = "sqlite:///gradebook.db"
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
c.Autograde.exclude_overwriting = {}
"""
JUDGE = """
import os, sys
from pathlib import Path
from autograder.files.course import Course
from autograder.judge.grade import Judge

def spent():
    "Processor seconds of this process and of all below it, those that have ended included."
    stats = {}
    for folder in Path('/proc').glob('[0-9]*'):
        try:
            fields = (folder / 'stat').read_text().rpartition(')')[2].split()
        except OSError:
            continue
        stats[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while more := {each for each, (parent, _) in stats.items() if parent in ours} - ours:
        ours |= more
    return sum(stats[each][1] for each in ours) / os.sysconf('SC_CLK_TCK')

root, lesson, level, *students = sys.argv[1:]
with Judge(root, level) as judge:
    for place, student in enumerate(students):
        if place == 2:
            before = spent()
        judge.grade(Course(Path(root)).submitted(lesson, student), lesson, student)
    print(1000 * (spent() - before) / (len(students) - 2))
"""


def floor(root: Path, lesson_name: str, students: list[str]) -> dict[str, float]:
    """Processor milliseconds a submission for the cells alone and for cells and checks, in this process."""
    # one thread, as in the sandbox; read when NumPy is loaded, which is here
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    import builtins
    import io

    from autograder.engine.runner import run
    from autograder.exercises import find_lesson
    from autograder.files.course import Course
    from autograder.judge import reference, submission
    from autograder.judge.submission import Role
    from autograder.shared.answer import LocalAnswer

    lesson = find_lesson(lesson_name)
    references = reference.load(Course(root).source(lesson_name), lesson)
    spent = {"cells": 0.0, "checks": 0.0}
    for count, student in enumerate([students[0], *students]):  # the first twice: once to warm up
        notebook = submission.read(Course(root).submitted(lesson_name, student), set(lesson.exercises))
        names: dict = {"__builtins__": {**vars(builtins), "__import__": reference._import}}
        start = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in notebook.cells:
                if cell.role is not Role.CHECK:
                    with contextlib.suppress(Exception):
                        exec(compile(cell.source, "<cell>", "exec"), names)
        middle = time.process_time()
        for name, exercise in lesson.exercises.items():
            if name in names:
                run(exercise, LocalAnswer(names[name], names), references[name], seed=count, public=False)
        if count:
            spent["cells"] += middle - start
            spent["checks"] += time.process_time() - middle
    return {key: 1000 * value / len(students) for key, value in spent.items()}


def stock(root: Path, lesson: str, names: list[str]) -> dict:
    """Stock nbgrader on the students in `names`, in a course of its own, from autograde's start to its end."""
    own = root.parent / "stock"
    for folder in ("solutions", "data"):
        shutil.copytree(root / folder, own / folder) if (root / folder).is_dir() else None
    for name in names:
        shutil.copytree(root / "work" / "submitted" / name, own / "work" / "submitted" / name)
    (own / "nbgrader_config.py").write_text(STOCK)
    measure([sys.executable, "-m", "nbgrader", "generate_assignment", lesson], own)
    found = measure([sys.executable, "-m", "nbgrader", "autograde", lesson], own)
    shutil.rmtree(own)
    return found


def stock_for(root: Path, lesson: str, names: list[str], most: int) -> dict:
    """Stock nbgrader on all `names`; of more than `most` it gets one and then `most`, and the rest is computed from the difference."""
    most = max(2, most)
    many = stock(root, lesson, names[:most])
    if len(names) <= most:
        return many
    one, more = stock(root, lesson, names[:1]), (len(names) - 1) / (most - 1)
    return {what: one[what] + more * (many[what] - one[what]) for what in ("wall", "cpu")}


def against_the_floor(root: Path, lesson: str, level: str, names: list[str]) -> tuple[float, float]:
    """Processor milliseconds of the judge for each submission in `names` after two to warm up, start-up left out, and of the floor."""
    judge = measure([sys.executable, "-c", JUDGE, str(root), lesson, level, *names], root)
    return float(judge["told"]), sum(floor(root, lesson, names).values())


def every_lesson(size: int, level: str, chosen: list[str]) -> None:
    """Judge and floor as a table, for each lesson whose name begins with one of `chosen`."""
    print("| lesson | floor, ms | judge, ms | times the floor |\n|---|---|---|---|", flush=True)
    total_judge = total_floor = 0.0
    for lesson in sorted(path.name for path in (REPO / "solutions").iterdir() if path.is_dir() and path.name.startswith(tuple(chosen))):
        with tempfile.TemporaryDirectory(prefix="grading-") as folder:
            root = Path(folder) / "course"
            root.mkdir()
            judge, least = against_the_floor(root, lesson, level, make_class(root, lesson, size))
        _tell_lesson(lesson, judge, least)
        total_judge, total_floor = total_judge + judge, total_floor + least
    _tell_lesson("all", total_judge, total_floor)


def _tell_lesson(lesson: str, judge: float, least: float) -> None:
    print(f"| {lesson} | {least:.0f} | {judge:.0f} | {judge / least:.2f} |", flush=True)


def missed(size: int, seconds: float, faster: float) -> list[str]:
    """What is to be said of the bars that a class of `size` does not hold."""
    found = []
    if seconds > _MOST_SECONDS.get(size, seconds):
        found.append(f"{size} submissions took {seconds:.1f} s, at most {_MOST_SECONDS[size]:.0f} s are allowed")
    if faster < _LEAST_FASTER.get(size, faster):
        found.append(
            f"{size} submissions were graded {faster:.0f} times faster than by stock, at least {_LEAST_FASTER[size]:.0f} are asked for"
        )
    return found


def main() -> int:
    """Measure, print a table in Markdown, and say which bars hold. Returns 0 when all do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,300", help="how many submissions, with commas")
    parser.add_argument("--lesson", default=_LESSON)
    parser.add_argument("--jobs", type=int, default=_JOBS)
    parser.add_argument("--level", default="auto")
    parser.add_argument(
        "--stock-most", type=int, default=5, help="stock nbgrader gets at most so many (2 or more); the rest is computed from its rate"
    )
    parser.add_argument(
        "--every-lesson", type=int, metavar="N", help="compare judge and floor for every lesson instead, on N submissions each"
    )
    parser.add_argument("--lessons", default="", help="with --every-lesson: only those that begin so, with commas")
    chosen = parser.parse_args()
    count_all_children()
    if chosen.every_lesson:
        every_lesson(chosen.every_lesson, chosen.level, chosen.lessons.split(","))
        return 0
    print(
        "| submissions | stock nbgrader, s | ours, s | ours, processor s | faster (wall) | faster (processor) "
        "| floor, processor ms each | judge, processor ms each | largest process, MiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    problems = []
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="grading-") as folder:
            root = Path(folder) / "course"
            root.mkdir()
            names = make_class(root, chosen.lesson, size)
            measure([sys.executable, "-m", "nbgrader", "generate_assignment", chosen.lesson, "--force"], root)
            command = [sys.executable, "-m", "autograder", "grade", chosen.lesson, "--jobs", str(chosen.jobs), "--level", chosen.level]
            ours = measure(command, root)
            few = names[:60]
            each, least = against_the_floor(root, chosen.lesson, chosen.level, few)
            theirs = stock_for(root, chosen.lesson, names, chosen.stock_most)
        wall, cpu = theirs["wall"] / ours["wall"], theirs["cpu"] / ours["cpu"]
        if (chosen.lesson, chosen.jobs) == (_LESSON, _JOBS):
            problems += missed(size, ours["wall"], wall)
        print(
            f"| {size} | {theirs['wall']:.0f}{'' if size <= chosen.stock_most else f' (from {chosen.stock_most})'} "
            f"| {ours['wall']:.1f} | {ours['cpu']:.1f} | {wall:.1f} | {cpu:.1f} "
            f"| {least:.1f} | {each:.1f} | {ours['memory']:.0f} |",
            flush=True,
        )
    print("\n".join(problems) or "No bar is missed.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.path.insert(0, str(REPO))
    sys.exit(main())
