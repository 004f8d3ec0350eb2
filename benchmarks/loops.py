"""What loops cost a class: the processor time of a class in which some notebooks loop, against the same class without, in one run.

Run: python benchmarks/loops.py                  (300 submissions of lesson 01, 3 of 100 loop)
     python benchmarks/loops.py --size 100 --share 3 --lesson 04_gradient

Those that loop do so for ever: in an answer, in a cell, in C where no signal handler of Python's runs, swallowing every
exception, and asleep, in turn. Bar: with 3 of 100 the class takes at most twice the processor time. For information: the wall
times, and when the last of the others was ready.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from classes import REPO, count_all_children, is_answer, make_class, measure

_MOST = 2.0  # times the processor time of the class without loops
_SWALLOW = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
_LOOPS = ("while True:\n    pass", "sum(range(10**15))", _SWALLOW, "import time\ntime.sleep(1000)")


def let_loop(root: Path, lesson: str, students: list[str]) -> None:
    """Put a loop that never ends into the notebook of each of `students`, in an answer and in a cell in turn."""
    for number, student in enumerate(students):
        path = root / "work" / "submitted" / student / lesson / f"{lesson}.ipynb"
        notebook = json.loads(path.read_text())
        loop = _LOOPS[number // 2 % len(_LOOPS)]
        answers = [cell for cell in notebook["cells"] if is_answer(cell)]
        chosen = answers[number % len(answers)]
        if number % 2:
            chosen["source"] += "\n" + loop
        else:
            inside = "\n".join(f"    {line}" for line in loop.splitlines())
            chosen["source"] = f"def {chosen['metadata']['exercise']}(*args, **named):\n{inside}"
        path.write_text(json.dumps(notebook))


def main() -> int:
    """Measure, print a table in Markdown, and say whether the bar holds. Returns 0 when it does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=300)
    parser.add_argument("--share", type=float, default=3.0, help="of 100 that loop")
    parser.add_argument("--lesson", default="01_derivative")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--level", default="auto")
    chosen = parser.parse_args()
    count_all_children()
    found = {}
    print("| class | loop | processor s | wall s | times the processor time |\n|---|---|---|---|---|", flush=True)
    for kind in ("honest", "looping"):
        with tempfile.TemporaryDirectory(prefix="loops-") as folder:
            root = Path(folder) / "course"
            root.mkdir()
            names = make_class(root, chosen.lesson, chosen.size)
            count = round(chosen.size * chosen.share / 100) if kind == "looping" else 0
            let_loop(root, chosen.lesson, names[:: max(1, len(names) // max(1, count))][:count])
            measure([sys.executable, "-m", "nbgrader", "generate_assignment", chosen.lesson, "--force"], root)
            command = [sys.executable, "-m", "autograder", "grade", chosen.lesson, "--jobs", str(chosen.jobs), "--level", chosen.level]
            found[kind] = measure(command, root)
        ratio = found[kind]["cpu"] / found["honest"]["cpu"]
        print(f"| {chosen.size} | {count} | {found[kind]['cpu']:.1f} | {found[kind]['wall']:.1f} | {ratio:.2f} |", flush=True)
    if ratio > _MOST:
        print(f"the loops cost {ratio:.2f} times the processor time of the class without them, at most {_MOST:g} are allowed")
        return 1
    print("No bar is missed.")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(REPO))
    sys.exit(main())
