"""How fast check() answers: every exercise's reference and its mistakes, and the import. Run: python benchmarks/check.py

Times are this machine's; the ratio to a bare call of the learner's function on the same cases is what can be compared.
Bars: import < 0.6 s; p95 of check < 50 ms for a right answer, < 100 ms for a mistake.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

# in place of this folder, whose explorers.py would hide the package
sys.path[0] = str(Path(__file__).resolve().parents[1] / "tests" / "exercises")

from reference import namespace  # noqa: E402

from autograder.engine.messages import to_html, to_text  # noqa: E402
from autograder.engine.runner import run  # noqa: E402
from autograder.exercises import exercises  # noqa: E402
from autograder.learner.notebook import Panel  # noqa: E402
from autograder.shared.answer import LocalAnswer, prepare  # noqa: E402
from autograder.writing.case import arguments  # noqa: E402

REPEATS = 5


def milliseconds(action, *args) -> float:
    start = time.perf_counter()
    action(*args)
    return 1000 * (time.perf_counter() - start)


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def check(exercise, function, names):
    report = run(exercise, LocalAnswer(function, names))
    return Panel(to_html(report), to_text(report), report.points)


def bare(exercise, function, names):
    """The learner's function alone on the same cases: what the judging itself costs is the ratio to this."""
    for one in exercise.checks:
        for case in exercise.draw(0, one):
            if not exercise.program:
                try:
                    function(*(prepare(arg, [0]) for arg in arguments(case)))
                except Exception:
                    pass


def main() -> int:
    imports = sorted(
        milliseconds(lambda: subprocess.run([sys.executable, "-c", "import autograder"], check=True))
        - milliseconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
        for _ in range(REPEATS)
    )
    right, wrong, ratios = [], [], []
    slowest = (0.0, "")
    for name, exercise in exercises().items():
        names = namespace(exercise.lesson)
        check(exercise, names[name], names)  # the first call compiles the functions
        times = [milliseconds(check, exercise, names[name], names) for _ in range(REPEATS)]
        alone = statistics.median(milliseconds(bare, exercise, names[name], names) for _ in range(REPEATS))
        right += times
        if not exercise.program and alone > 0.01:
            ratios.append(statistics.median(times) / alone)
        for mistake in exercise.mistakes:
            spent = milliseconds(check, exercise, mistake.function, names | exercise.stand_ins)
            wrong.append(spent)
            slowest = max(slowest, (spent, f"{name}/{mistake.name}"))
    print("| what | p50 | p95 | most |\n|---|---|---|---|")
    for what, values in (
        ("import autograder, ms", imports),
        ("check of a right answer, ms", right),
        ("check of a known mistake, ms", wrong),
        ("check / bare calls of the function", ratios),
    ):
        print(f"| {what} | {statistics.median(values):.1f} | {p95(values):.1f} | {max(values):.1f} |")
    print(f"\nslowest: {slowest[1]}, {slowest[0]:.0f} ms; {len(right) // REPEATS} exercises, {len(wrong)} mistakes")
    held = imports[len(imports) // 2] < 600 and p95(right) < 50 and p95(wrong) < 100
    print(f"bars: import < 600 ms, p95 < 50 ms and < 100 ms: {'held' if held else 'NOT HELD'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
