"""A mutation run over all right answers: does the judging notice when a right answer is made wrong?

    python tests/exercises/mutate.py [--sample 12] [--seed N] [--only EXERCISE] [lesson ...]

The right answers are the references and every function in tests/answers/. A mutant is a small change of one spot (an operator, a comparison,
a constant, a name such as sum or exp, an axis, a sign, a dropped statement), or what students do (`student_slips.py`). One that
still gets full marks is idle when nothing of the exercise's domain tells it from the answer it was made of, within what the contract
asks; else it survives: it is killed by a better check, or equivalent_mutants.toml says why full marks are right.
Ends with exit code 1 when fewer than 99 % of the mutants that do something are rejected. `--sample` takes so many of each
exercise, drawn with a seed that is printed; without it all are run, which takes hours.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import inspect
import random
import re
import signal
import sys
import textwrap
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

import jupytext  # noqa: E402
import student_slips  # noqa: E402
from reference import ROOT, namespace  # noqa: E402
from small_changes import mutants  # noqa: E402

from autograder.engine.runner import run  # noqa: E402
from autograder.exercises import exercises, lessons  # noqa: E402
from autograder.learner.rehearsal import without_a_trace  # noqa: E402
from autograder.shared.answer import Died, LocalAnswer, OutOfTime  # noqa: E402
from autograder.shared.values import same  # noqa: E402
from autograder.writing.case import arguments  # noqa: E402
from autograder.writing.compare import EXACT, Tolerance, equal_values  # noqa: E402

BAR = 0.99
_FAR = Tolerance(1e-3, 1e-6, "what tells another answer from one that is less accurate")


@dataclass
class Right:
    """A right answer: its text, the lines of it that may change, and the names beside it."""

    exercise: object
    label: str
    text: str
    first: int
    last: int
    names: dict

    def function(self, tree: ast.AST | None = None) -> tuple[Callable, dict]:
        """The function that `tree`, a changed text, defines, and the names that it sees."""
        names = dict(self.names)
        exec(compile(ast.fix_missing_locations(tree or ast.parse(self.text)), self.label, "exec"), names)
        return names[self.exercise.name], names


@dataclass
class Mutant:
    """A right answer made wrong; `make` gives the function and the names that it sees."""

    right: Right
    spot: str
    make: Callable[[], tuple[Callable, dict]]


def right_answers(lesson: str) -> Iterator[Right]:
    """The references of a lesson, and its other right answers as far as they are plain functions."""
    text = (ROOT / "solutions" / f"{lesson}.py").read_text(encoding="utf-8")
    module = importlib.import_module(f"answers.a{lesson}")
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        exercise = exercises().get(cell.metadata.get("exercise"))
        if exercise is None or not exercise.signature:
            continue  # a letter has no mutants; its wrong options are mistakes by name
        marks = [i for i, line in enumerate(cell.source.splitlines(), 1) if "## BEGIN SOLUTION" in line or "## END SOLUTION" in line]
        yield Right(exercise, "reference", cell.source, marks[0], marks[-1], namespace(lesson))
        for function in module.ANSWERS.get(exercise.name, ()):
            source = _text(function, exercise.name)
            if source:
                yield Right(exercise, function.__name__, source, 1, source.count("\n") + 1, {**namespace(lesson), **vars(module)})


def _text(function, name: str) -> str:
    """The text of a plain function under the exercise's name, or nothing."""
    if not inspect.isfunction(function) or function.__closure__ or function.__name__ == "<lambda>":
        return ""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    node.name, node.decorator_list = name, []
    return ast.unparse(node)


def mutants_of(right: Right) -> Iterator[Mutant]:
    """Every mutant of a right answer."""
    tree = ast.parse(right.text)
    for spot, changed in (*mutants(tree, right.first, right.last), *student_slips.in_the_text(tree, right.first, right.last)):
        yield Mutant(right, re.sub(r"\s+", " ", spot), lambda changed=changed: right.function(changed))
    function, _ = right.function()
    if not inspect.isfunction(function):
        return
    for number, (spot, _) in enumerate(student_slips.wrapped(function)):

        def make(number=number):
            plain, names = right.function()
            return list(student_slips.wrapped(plain))[number][1], names

        yield Mutant(right, spot, make)


@contextlib.contextmanager
def _within(seconds: float):
    """Raises `OutOfTime` in what takes longer, of the processor: what else the machine does makes no mutant idle."""

    def late(*_):
        raise OutOfTime("mutant")

    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def rejected(mutant: Mutant) -> bool:
    """Whether the mutant loses at least a part of a point."""
    exercise = mutant.right.exercise
    ours = namespace(exercise.lesson)
    try:
        with without_a_trace(), _within(20):
            answer = LocalAnswer(*mutant.make())
            return run(exercise, answer, LocalAnswer(ours[exercise.name], ours), seed=1).points < exercise.points
    except (OutOfTime, Exception):  # a mutant that cannot even be defined, or never ends, is noticed
        return True


def is_idle(mutant: Mutant) -> bool:
    """Whether the mutant does what its right answer does, on cases and edges of other seeds, one after the other, twice each."""
    exercise = mutant.right.exercise
    try:
        with without_a_trace(), _within(60):
            theirs, ours = LocalAnswer(*mutant.make()), LocalAnswer(*mutant.right.function())
            for seed in range(20, 24):
                cases = [(case, False) for case in exercise.draw(seed)]
                cases += ((case, True) for check in exercise.checks if check.cases for case in exercise.draw(seed, check))
                cases += ((case, True) for case in exercise.edge_cases(exercise.rng(seed, "edge_cases")))
                for case, edge in cases:
                    for _ in range(2):
                        one, other = (answer.call(arguments(case), exercise.program) for answer in (theirs, ours))
                        if not _alike(exercise, case, one, other, edge):
                            return False
    except (OutOfTime, Died):  # it takes longer than a right answer may
        return False
    return True


def _alike(exercise, case: tuple, one, other, edge: bool) -> bool:
    """Whether two outcomes are the same to whoever reads the contract; at the edges, and where a check has cases of its own, numerical methods may be less accurate."""
    if (one.raised, set(one.mutated) - set(other.mutated), one.spoilt, one.again) != (other.raised, set(), other.spoilt, other.again):
        return False
    if one.raised or same(one.value, other.value):
        return True
    try:
        values = [exercise.returns.accept(outcome.value, arguments(case)) for outcome in (one, other)]
        return bool(equal_values(*values, _FAR) if edge and exercise.tolerance is not EXACT else exercise.agrees(*values))
    except Exception:  # what the contract does not take is not alike
        return False


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("lessons", nargs="*")
    asked.add_argument("--sample", type=int, default=0, help="so many mutants of each exercise")
    asked.add_argument("--seed", type=int, default=int(time.time()) % 1000)
    asked.add_argument("--only", default="", help="an exercise")
    options = asked.parse_args()
    warnings.simplefilter("ignore")  # what mutants warn of is nobody's business
    explained = tomllib.loads(Path(__file__).with_name("equivalent_mutants.toml").read_text(encoding="utf-8"))
    unseen = {(name, spot) for name, spots in explained.items() for spot in spots}
    count: Counter = Counter()
    rng = random.Random(options.seed)
    if options.sample:
        print(f"{options.sample} mutants of each exercise, drawn with --seed {options.seed}")
    for lesson in options.lessons or lessons():
        by_exercise: dict[str, list[Mutant]] = {}
        for right in right_answers(lesson):
            if options.only in ("", right.exercise.name):
                by_exercise.setdefault(right.exercise.name, []).extend(mutants_of(right))
        for name, found in by_exercise.items():
            for mutant in rng.sample(found, min(options.sample, len(found))) if options.sample else found:
                spot = mutant.spot if mutant.right.label == "reference" else f"{mutant.right.label}, {mutant.spot}"
                reason = next((words for words in (spot, mutant.spot) if words in explained.get(name, {})), None)
                if reason:
                    unseen.discard((name, reason))
                    count["explained"] += 1
                elif rejected(mutant):
                    count["rejected"] += 1
                elif is_idle(mutant):
                    count["idle"] += 1
                else:
                    count["survived"] += 1
                    print(f"survived  {name}: {spot}", flush=True)
    if not (options.sample or options.lessons or options.only):
        for name, spot in sorted(unseen):
            print(f"idle explanation  {name}: {spot}")
    active = count["rejected"] + count["survived"]
    share = count["rejected"] / active if active else 1.0
    print(
        f"{count.total()} mutants, {count['idle']} idle, {count['explained']} explained, "
        f"{count['rejected']} of {active} others rejected: {100 * share:.2f} %"
    )
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
