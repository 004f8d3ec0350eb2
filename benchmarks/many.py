"""What each command costs as the class grows: processor time and memory at 1,000 and 10,000 hand-ins, and the ratio of the two.

Run: python benchmarks/many.py                          (lesson 01, 1,000 and 10,000 hand-ins)
     python benchmarks/many.py --sizes 300,3000 --only rerun,report

Two notebooks are judged for real, one right and one with mistakes; the verdicts of the class are made of these two, on hand-ins that all differ,
and signed. So only what surrounds the judging is measured: entering, running again, reports, exports, verification. Processor time is user and
system time of the command and all it starts; memory is that of its largest process. Bars at 10,000: a rerun without changes 10 s,
`nbgrader export` 30 s, report and exports 150 MiB; and no command's time for one hand-in may double with ten times the class.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))
LESSON = "01_derivative"
_AUTOGRADER = [sys.executable, "-m", "autograder", "--course", "."]
COMMANDS = {  # in this order; each finds what the ones before left
    "enter": [*_AUTOGRADER, "grade", LESSON],
    "rerun": [*_AUTOGRADER, "grade", LESSON],
    "100 anew": [*_AUTOGRADER, "grade", LESSON],
    "report": [*_AUTOGRADER, "report", LESSON],
    "export": [*_AUTOGRADER, "export", LESSON],
    "export --for csv": [*_AUTOGRADER, "export", LESSON, "--for", "csv", "--by-exercise"],
    "export --for nbgrader": [*_AUTOGRADER, "export", LESSON, "--for", "nbgrader"],
    "verify": [*_AUTOGRADER, "verify", LESSON],
    "nbgrader export": [sys.executable, "-m", "nbgrader", "export", "--to", "work/grades.csv"],
}
_MOST_SECONDS = {"rerun": 10.0, "nbgrader export": 30.0}  # processor time at 10,000
_MOST_MIB = {"report": 150, "export": 150, "export --for csv": 150, "export --for nbgrader": 150}
_MOST_RATIO = 2.0  # of the time for one hand-in, with ten times the class
_SPENT = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


class SyntheticClass:
    """A course with one lesson and hand-ins whose verdicts are copies of two real ones."""

    def __init__(self, root: Path):
        from autograder.files.course import Course
        from autograder.judge.grade import Judge
        from autograder.judge.signing import CourseKey

        for name in ("solutions", "notebooks"):
            shutil.copytree(REPO / name / LESSON, root / name / LESSON)
        shutil.copy(REPO / "nbgrader_config.py", root)
        self.course, self.key = Course(root), CourseKey.load(root)
        self.texts = [self._right(), self._wrong()]
        with Judge(root) as judge:
            self.sheets = []
            for text in self.texts:
                path = self.course.submitted(LESSON, "template")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
                self.sheets.append(judge.grade(path, LESSON, "template"))
        shutil.rmtree(self.course.hand_ins)

    def _right(self) -> str:
        source, release = (json.loads(path(LESSON).read_text()) for path in (self.course.source, self.course.release))
        answers = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["source"] for cell in source["cells"]}
        for cell in release["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers[name] if name in answers else cell["source"]
        return self._marked(release)

    def _wrong(self) -> str:
        """The right answers, every second one with other numbers in it."""
        notebook = json.loads(self.texts[0] if hasattr(self, "texts") else self._right())
        answers = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
        for cell in answers[::2]:
            cell["source"] = "".join(cell["source"]).replace("return ", "return 2 * ")
        return json.dumps(notebook)

    @staticmethod
    def _marked(notebook: dict) -> str:
        """With a place for a student's name, which makes each file another."""
        notebook["cells"].append({"cell_type": "markdown", "id": "whose", "metadata": {}, "source": "STUDENT"})
        return json.dumps(notebook)

    def hand_in(self, number: int, again: str = "") -> None:
        from autograder.judge import verdicts

        student = f"s{number:05}"
        data = self.texts[number % 2].replace("STUDENT", student + again).encode()
        path = self.course.submitted(LESSON, student)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        seed = self.key.lesson_seed(LESSON)
        sheet = replace(self.sheets[number % 2], student=student, seed=seed, submission=sha256(data).hexdigest())
        verdicts.save(self.course.root, sheet, self.key)


def measured(root: Path, command: list[str]) -> tuple[int, float, float]:
    """The exit code, processor seconds and MiB of a command in the course at `root`."""
    environment = os.environ | {"PYTHONPATH": str(REPO)}
    run = subprocess.run([sys.executable, "-c", _SPENT, *command], cwd=root, env=environment, capture_output=True, text=True, check=True)
    code, seconds, mib = run.stdout.split()
    if int(code):
        print(f"{command}: exit code {code}\n{run.stderr[-2000:]}", file=sys.stderr)
    return int(code), float(seconds), float(mib)


def grow(size: int, only: list[str]) -> dict[str, tuple[int, float, float]]:
    """What each command costs for a class of `size`."""
    with tempfile.TemporaryDirectory(prefix="many-") as folder:
        made = SyntheticClass(Path(folder))
        for number in range(size):
            made.hand_in(number)
        found = {}
        for name, command in COMMANDS.items():
            if name not in ("enter", *only) and only:
                continue
            if name == "100 anew":
                for number in range(100):
                    made.hand_in(number, " again")
            found[name] = measured(made.course.root, command)
            print(f"{size:>6} {name:<22} {found[name][1]:>8.2f} s {found[name][2]:>6.0f} MiB", file=sys.stderr, flush=True)
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000", help="hand-ins, smallest first")
    parser.add_argument("--only", default="", help=f"of {', '.join(COMMANDS)}; enter comes first in any case")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    found = {size: grow(size, list(filter(None, arguments.only.split(",")))) for size in sizes}
    small, large, missed = sizes[0], sizes[-1], []
    print("| command |" + "".join(f" {size}, s |" for size in sizes) + " for one, ratio |" + "".join(f" {size}, MiB |" for size in sizes))
    print("|---" * (2 + 2 * len(sizes)) + "|")
    for name in found[large]:
        costs = [found[size][name] for size in sizes]
        ratio = (costs[-1][1] / large) / (costs[0][1] / small)
        print(f"| {name} |" + "".join(f" {c[1]:.2f} |" for c in costs) + f" {ratio:.2f} |" + "".join(f" {c[2]:.0f} |" for c in costs))
        missed += [f"{name}: exit code {cost[0]}" for cost in costs if cost[0]]
        missed += [f"{name}: {ratio:.2f} times the time for one hand-in"] if ratio > _MOST_RATIO else []
        if large == 10_000:
            missed += [f"{name}: {costs[-1][1]:.1f} s"] if costs[-1][1] > _MOST_SECONDS.get(name, float("inf")) else []
            missed += [f"{name}: {costs[-1][2]:.0f} MiB"] if costs[-1][2] > _MOST_MIB.get(name, float("inf")) else []
    print("\n".join(f"MISSED {one}" for one in missed) or "all bars hold")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
