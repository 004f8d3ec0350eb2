"""How long a teacher waits from a platform's archive to exported grades and feedback: take in, grade, export, feedback, one command after the other.

Run: python benchmarks/archive.py                (300 hand-ins of lesson 01, as Moodle packs them)
     python benchmarks/archive.py --size 30

Bar, for 300 of lesson 01 on two cores: at most 40 s by the clock. The class is that of benchmarks/classes.py, packed into one ZIP with Moodle's names, and the
feedback comes back as the ZIP that Moodle takes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from classes import count_all_children, make_class, measure

_SIZE, _LESSON, _SECONDS = 300, "01_derivative", 40.0


def main() -> int:
    """Measure, print a table in Markdown, and say whether the bar holds. Returns 0 when it does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=_SIZE, help="how many students")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    count_all_children()
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        desk, root = Path(folder), Path(folder) / "course"
        root.mkdir()
        names = make_class(root, _LESSON, chosen.size)
        archive, roster = desk / "hand-ins.zip", desk / "class.csv"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for number, name in enumerate(names):
                notebook = root / "work" / "submitted" / name / _LESSON / f"{_LESSON}.ipynb"
                packed.write(notebook, f"Given{number} Family{number}_{1000 + number}_assignsubmission_file_/{_LESSON}.ipynb")
        lines = [f"{name},Given{number},Family{number},{name}@example.org" for number, name in enumerate(names)]
        roster.write_text("\n".join(["id,first_name,last_name,email", *lines]) + "\n", encoding="utf-8")
        shutil.rmtree(root / "work" / "submitted")
        measure([sys.executable, "-m", "nbgrader", "generate_assignment", _LESSON, "--force"], root)
        ours = [sys.executable, "-m", "autograder"]
        found = {
            "take-in": measure([*ours, "take-in", _LESSON, str(archive), "--roster", str(roster)], root),
            "grade": measure([*ours, "grade", _LESSON, "--jobs", str(chosen.jobs)], root),
            "export": measure([*ours, "export", _LESSON, "--for", "csv"], root),
            "feedback": measure([*ours, "feedback", _LESSON, "--for", "moodle", "--jobs", str(chosen.jobs)], root),
        }
    print("| step | wall, s | processor, s |\n|---|---|---|")
    for step, spent in found.items():
        print(f"| {step} | {spent['wall']:.1f} | {spent['cpu']:.1f} |")
    wall = sum(spent["wall"] for spent in found.values())
    print(f"| all of {chosen.size} | {wall:.1f} | {sum(spent['cpu'] for spent in found.values()):.1f} |")
    missed = chosen.size == _SIZE and wall > _SECONDS
    print(f"{chosen.size} hand-ins took {wall:.1f} s, at most {_SECONDS:.0f} s are allowed" if missed else "No bar is missed.")
    return int(missed)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main())
