"""Answers that learners wrote from the notebooks alone, against the checker: right ones, and wrong ones with what must not be said of them.

    python tests/learners/measure.py [--judge] [--lesson 05] [--only NAME] [--seed N] [--list]

A file is LESSON__EXERCISE__WHAT.py. Those in right/ must get full marks, those in wrong/ must not. readings.json holds, by file,
what a reader found of a diagnosis: named, abstained or misnamed; a text that is not in it is unread. With --judge a reference
compares too, on hidden cases. Prints the counts, and with --list what is not as it should be.
"""

from __future__ import annotations

import argparse
import json
import linecache
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests" / "exercises")) if path not in sys.path]


def files() -> list[Path]:
    """All answers, right ones first."""
    return [path for kind in ("right", "wrong") for path in sorted((HERE / kind).glob("*.py"))]


def key(path: Path) -> str:
    """The name of an answer in readings.json."""
    return f"{path.parent.name}/{path.stem}"


def readings() -> dict[str, dict[str, str]]:
    """What a reader found of a diagnosis, by answer and text."""
    return json.loads((HERE / "readings.json").read_text(encoding="utf-8"))


def judge(path: Path, seed: int = 0, with_reference: bool = False):
    """The report on the answer in a file, run as a learner's cell would be."""
    from reference import namespace

    from autograder.engine.runner import run
    from autograder.exercises import exercises
    from autograder.shared.answer import LocalAnswer

    lesson, exercise, _ = path.stem.split("__", 2)
    names: dict = {"__name__": "__main__"}
    for part in (HERE / "prelude" / f"{lesson}.py", path):
        if part.exists():
            source = part.read_text(encoding="utf-8")
            linecache.cache[str(part)] = (len(source), None, source.splitlines(True), str(part))
            exec(compile(source, str(part), "exec"), names)
    ours = namespace(lesson) if with_reference else {}
    reference = LocalAnswer(ours[exercise], ours) if with_reference else None
    return run(exercises()[exercise], LocalAnswer(names[exercise], names), reference, seed)


def _claim(text: str) -> str:
    """What a diagnosis says, without how many inputs say so, and whether others hold: those differ from one draw to the next."""
    text = re.sub(r"(\d+ of |all )\d+ inputs", "some inputs", text).removeprefix("Where it goes wrong, ")
    return text[:1].upper() + text[1:]


def reading(path: Path, report) -> str:
    """How a wrong answer's diagnosis reads: named, abstained, misnamed or unread."""
    read = {_claim(text): found for text, found in readings().get(key(path), {}).items()}
    return read.get(_claim(report.diagnosis), "unread") if report.diagnosis else "abstained"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--judge", action="store_true", help="compare with the reference on hidden cases, too")
    parser.add_argument("--lesson", default="", help="the beginning of a lesson's name")
    parser.add_argument("--only", default="", help="a part of a file's name")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--list", action="store_true", help="name what is not as it should be")
    options = parser.parse_args()
    count: Counter[str] = Counter()
    for path in files():
        if not path.stem.startswith(options.lesson) or options.only not in path.stem:
            continue
        report = judge(path, options.seed, options.judge)
        kind, full = path.parent.name, report.points == report.max_points
        count[kind] += 1
        found = ("" if full else "rejected") if kind == "right" else "accepted" if full else reading(path, report)
        count[found] += bool(found)
        if options.list and found in ("rejected", "accepted", "misnamed", "unread"):
            print(found, key(path), report.diagnosis)
    print(f"right rejected {count['rejected']} of {count['right']}, wrong accepted {count['accepted']} of {count['wrong']}")
    print(", ".join(f"{name} {count[name]}" for name in ("named", "abstained", "misnamed", "unread")))
    return int(bool(count["rejected"] or count["accepted"] or count["misnamed"]))


if __name__ == "__main__":
    sys.exit(main())
