"""How fast a class gets its feedback: our pages, and stock nbgrader's on some of the same class.

Run: python benchmarks/feedback.py                      (300 of lesson 01)
     python benchmarks/feedback.py --size 1000 --lesson 08_automatic_differentiation --stock 0

Bars, for 300 of lesson 01 on two cores: at most 15 s by the clock (30 s of processor time, which is what counts on a busy machine), and no page of
more than 200 KB. The class is that of benchmarks/classes.py; grading it comes first and is not counted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from classes import make_class, measure
from grading import STOCK

_SIZE, _LESSON, _SECONDS, _BYTES = 300, "01_derivative", 15.0, 200_000


def main() -> int:
    """Measure, print a table in Markdown, and say which bars hold. Returns 0 when all do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=_SIZE, help="how many students")
    parser.add_argument("--lesson", default=_LESSON)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--stock",
        type=int,
        default=9,
        choices=range(10),
        metavar="N",
        help="stock nbgrader makes so many pages, at most 9; 0 leaves it out",
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="feedback-") as folder:
        root = Path(folder) / "course"
        root.mkdir()
        names = make_class(root, chosen.lesson, chosen.size)
        measure([sys.executable, "-m", "nbgrader", "generate_assignment", chosen.lesson, "--force"], root)
        measure([sys.executable, "-m", "autograder", "grade", chosen.lesson, "--jobs", str(chosen.jobs)], root)
        ours = measure([sys.executable, "-m", "autograder", "feedback", chosen.lesson, "--jobs", str(chosen.jobs)], root)
        sizes = [path.stat().st_size for path in (root / "work" / "feedback").rglob("*.html")]
        theirs = _stock(root, chosen.lesson, names[: chosen.stock]) if chosen.stock else {}
    each = 1000 * ours["cpu"] / len(sizes)
    print(
        "| pages | wall, s | processor, s | processor ms a page | largest process, MiB | page, KB (median, largest) | stock: processor ms a page |"
    )
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {len(sizes)} | {ours['wall']:.1f} | {ours['cpu']:.1f} | {each:.0f} | {ours['memory']:.0f} "
        f"| {statistics.median(sizes) / 1000:.0f}, {max(sizes) / 1000:.0f} | {theirs.get('each', 0):.0f} |"
    )
    problems = [f"a page has {max(sizes)} bytes, at most {_BYTES} are allowed"] if max(sizes) > _BYTES else []
    if (chosen.size, chosen.lesson, chosen.jobs) == (_SIZE, _LESSON, 2) and min(ours["wall"], ours["cpu"] / 2) > _SECONDS:
        problems.append(f"{chosen.size} pages took {ours['wall']:.1f} s, at most {_SECONDS:.0f} s are allowed")
    print("\n".join(problems) or "No bar is missed.")
    return 1 if problems else 0


def _stock(root: Path, lesson: str, names: list[str]) -> dict:
    """What nbgrader's own pages of the same autograded notebooks cost, its start left out."""
    (root / "nbgrader_config.py").write_text(
        STOCK.replace("gradebook.db", "work/gradebook.db") + 'c.CourseDirectory.feedback_directory = "work/stock"\n'
    )
    spent = [
        measure([sys.executable, "-m", "nbgrader", "generate_feedback", lesson, f"--student={who}"], root)["cpu"]
        for who in (names[0], f"student000[0-{len(names) - 1}]")
    ]
    return {"each": 1000 * (spent[1] - spent[0]) / max(1, len(names) - 1)}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main())
