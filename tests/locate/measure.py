"""How often is the place found, and is it the right one? Known mistakes, slips planted in right answers, folders of wrong answers.

    python tests/locate/measure.py [--share 0.1] [--without-solutions] [--seconds 2] [--list] [known|planted|FOLDER ...]

What the right line is:
known    a mistake is no diff of one right answer, so its lines are compared with the nearest of all right answers (the reference, and
         tests/answers), parameters renamed: lines of the mistake that no right answer has, and neighbours of missing ones. In a function
         of one statement that says nothing, so these are counted apart.
planted  one spot of a right answer changed by tests/exercises/small_changes.py, which knows nothing of the search: the line is known.
FOLDER   answers that are files, LESSON__EXERCISE__NAME.py: no line is known; what is located and the time are counted.
Everywhere: does what was changed to verify a place also agree with the reference, on cases that the search has not seen? A place whose
repair does not is `overfitted`.
"""

from __future__ import annotations

import argparse
import ast
import copy
import difflib
import importlib
import inspect
import sys
import textwrap
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "exercises"), str(HERE.parents[1])]

from reference import namespace  # noqa: E402
from small_changes import mutants  # noqa: E402

from autograder.engine import locate as engine  # noqa: E402
from autograder.engine.places import Budget, Code, Place  # noqa: E402
from autograder.engine.report import Status  # noqa: E402
from autograder.engine.runner import run  # noqa: E402
from autograder.engine.spot_checks import broken  # noqa: E402
from autograder.exercises import exercises  # noqa: E402
from autograder.learner.rehearsal import Patience, TimedAnswer, without_a_trace  # noqa: E402
from autograder.learner.solutions import our_answer  # noqa: E402
from autograder.shared.answer import LocalAnswer  # noqa: E402

_UNSEEN = 4711


def text_of(function) -> str | None:
    """The text of a function, without its decorators, or None where it is no plain one."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.FunctionDef):
        return None
    tree.body[0].decorator_list = []
    return ast.unparse(tree)


def right_answers(exercise) -> list[tuple[str, dict]]:
    """The texts of the reference and of the other right answers, with their names."""
    module = importlib.import_module(f"answers.a{exercise.lesson}")
    names = namespace(exercise.lesson)
    found = [(ast.unparse(ast.parse(our_answer(exercise)).body[0]), names)]
    for function in module.ANSWERS.get(exercise.name, ()):
        text = text_of(function)
        if text and not function.__closure__:
            found.append((text, {**names, **vars(module)}))
    return found


def known_mistakes():
    """(exercise, name, text, namespace, right lines): every known mistake that is a function."""
    for exercise in exercises().values():
        if not exercise.signature:
            continue  # a letter has no place
        rights = [text for text, _ in right_answers(exercise)]
        for mistake in exercise.mistakes:
            function, text = mistake.function, text_of(mistake.function)
            if text is None:
                continue
            names = {**namespace(exercise.lesson), **function.__globals__, **exercise.stand_ins}
            if function.__closure__:
                names |= dict(zip(function.__code__.co_freevars, (cell.cell_contents for cell in function.__closure__)))
            yield exercise, mistake.name, text, names, differing(text, rights)


def planted_slips():
    """The same for slips planted in right answers; the reference is not among them when it lends its pieces."""
    for exercise in exercises().values():
        if not exercise.signature:
            continue
        for number, (text, names) in enumerate(right_answers(exercise)):
            tree = ast.parse(text)
            for spot, mutant in mutants(tree, 2, tree.body[0].end_lineno):
                line = int(spot.split(":")[0].removeprefix("line ")) + 1
                changed = ast.unparse(ast.fix_missing_locations(mutant))
                if changed.count("\n") == text.count("\n"):
                    yield exercise, f"answer {number}, {spot}", changed, names, {line}


def files(folder: Path):
    """The same for a folder of answers, each with the names that the lesson gives and those of its own file."""
    for path in sorted(folder.glob("*.py")):
        lesson, name, label = path.stem.split("__", 2)
        names = dict(namespace(lesson))
        text = path.read_text(encoding="utf-8")
        before = folder.parent / "prelude" / f"{lesson}.py"
        if before.exists():
            exec(compile(before.read_text(encoding="utf-8"), str(before), "exec"), names)
        exec(compile(text, str(path), "exec"), names)
        found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == name]
        if found and exercises()[name].signature:
            yield exercises()[name], label, ast.unparse(found[-1]), names, set()


def differing(text: str, rights: list[str]) -> set[int]:
    """The lines of `text` that the nearest of the right answers does not have."""
    mine = _lines(text)
    best: set[int] = set(range(1, len(mine) + 1))
    nearest = -1.0
    for right in rights:
        matcher = difflib.SequenceMatcher(None, mine, _lines(right), autojunk=False)
        if matcher.ratio() > nearest:
            nearest, best = matcher.ratio(), set()
            for kind, a, b, _, _ in matcher.get_opcodes():
                best |= set() if kind == "equal" else set(range(a + 1, b + 1)) or {a, a + 1}
    return best - {1}


def _lines(text: str) -> list[str]:
    """The lines of a function, its parameters by their positions."""
    tree = copy.deepcopy(ast.parse(text))
    names = {argument.arg: f"_{k}" for k, argument in enumerate(tree.body[0].args.args)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = names[node.id]
    return ast.unparse(tree).splitlines()


def measure(exercise, text: str, names: dict, lent: tuple[str, ...], budget: Budget):
    """(search, whether the repair holds on cases that were not seen, seconds); None for an answer that is not wrong."""
    entry = ast.parse(text).body[0].name
    repaired: list[LocalAnswer] = []
    end, patience = float("inf"), Patience()

    def answer_for(module):
        mine = dict(names)
        exec(compile(module, "<changed>", "exec"), mine)
        return TimedAnswer(mine[entry], mine, patience, end)

    def noted(exercise, answer, seed):
        probe = broken(exercise, answer, seed)
        if probe is None:
            repaired.append(answer)
        return probe

    engine.broken = noted
    with without_a_trace():
        report = run(exercise, answer_for(ast.parse(text)))
        if report.status in (Status.RIGHT, Status.NOT_ATTEMPTED, Status.ERROR):
            return None
        begun = time.process_time()
        end = begun + budget.seconds
        budget.begun = begun
        search = engine.locate(exercise, report, Code(entry, (text,)), answer_for, names, lent, budget)
        seconds = time.process_time() - begun
        for answer in repaired:
            answer.end, answer.patience = float("inf"), Patience(10.0)
        ours = namespace(exercise.lesson)
        reference = LocalAnswer(ours[exercise.name], ours)
        holds = not search.found or any(run(exercise, a, reference, seed=_UNSEEN).status is Status.RIGHT for a in repaired)
    return search, holds, seconds


def table(kind: str, rows, settings) -> None:
    """Measure every row and print what came out."""
    count, times = Counter(), []
    for exercise, label, text, names, truth in rows:
        lent = () if settings.without_solutions or label.startswith("answer 0") else (our_answer(exercise),)
        result = measure(exercise, text, names, lent, Budget(settings.changes, settings.seconds))
        if result is None:
            count["not wrong"] += 1
            continue
        search, holds, seconds = result
        times.append(seconds)
        count["all"] += 1
        body = ast.parse(text).body[0].body
        single = "one statement" if len(body) == 1 and not hasattr(body[0], "body") else "several"
        count[f"all, {single}"] += 1
        if not search.found:
            count["nothing"] += 1
            if settings.list:
                print(f"NOTHING {exercise.name} {label} ({seconds:.2f} s, {search.tried} tried, complete: {search.complete})\n{text}\n")
            continue
        lines = {line for repair in search.repairs for place in repair for line in _near(place)}
        right = bool(lines & truth) or kind == "files" or single == "one statement"
        count[f"located, {single}"] += 1
        count[f"{'right' if right else 'wrong'} line, {single}"] += 1
        count["in two places"] += len(search.repairs[0]) > 1
        count["more than one repair"] += len(search.repairs) > 1
        count["overfitted"] += not holds
        if settings.list and (not right or not holds):
            print(f"{'OVERFITTED' if right else 'WRONG'} {exercise.name} {label}: {search.repairs}, wanted {sorted(truth)}\n{text}\n")
    times.sort()
    print(f"{kind}: " + ", ".join(f"{what} {n}" for what, n in sorted(count.items())))
    if times:
        found = count["all"] - count["nothing"]
        print(
            f"{kind}: located {100 * found / count['all']:.1f} %, seconds: median {times[len(times) // 2]:.2f}, p95 {times[int(0.95 * len(times))]:.2f}"
        )


def _near(place: Place) -> set[int]:
    """The lines that a reader looks at: a missing line lies between two."""
    return {place.line - 1, place.line} if place.missing else set(range(place.line, place.end_line + 1))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="*", default=["known", "planted"])
    asked.add_argument("--share", type=float, default=1.0, help="of every kind, evenly spread")
    asked.add_argument("--offset", type=int, default=0)
    asked.add_argument("--without-solutions", action="store_true", help="as in a class, where no right answer lies on the machine")
    asked.add_argument("--seconds", type=float, default=2.0)
    asked.add_argument("--changes", type=int, default=20_000)
    asked.add_argument("--list", action="store_true", help="what was not located, or at a wrong line")
    settings = asked.parse_args()
    for what in settings.what:
        rows = {"known": known_mistakes, "planted": planted_slips}.get(what)
        every = list(rows() if rows else files(Path(what)))
        table(what if rows else "files", every[settings.offset :: round(1 / settings.share)], settings)


if __name__ == "__main__":
    main()
