"""A mutation run over all reference answers: does the judging notice when a right answer is made wrong by one small change?

    python tests/exercises/mutate.py [lesson ...]

Each mutant changes one spot inside a solution: an operator, a comparison, a constant, a name such as sum or exp, an axis, a sign,
or it drops a statement. A mutant that still gets full marks must be explained in equivalent_mutants.toml, or be killed by a
better check. Ends with exit code 1 when fewer than 99 % of the mutants that are not equivalent are rejected.
"""

from __future__ import annotations

import ast
import copy
import re
import signal
import sys
import tomllib
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

import jupytext  # noqa: E402
from reference import ROOT, namespace  # noqa: E402

from autograder.engine.runner import run  # noqa: E402
from autograder.exercises import exercises, lessons  # noqa: E402
from autograder.shared.answer import LocalAnswer, OutOfTime  # noqa: E402

BAR = 0.99
BINARY = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
}
COMPARE = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
NAMES = {
    "sum": "mean",
    "mean": "sum",
    "exp": "sin",
    "log": "exp",
    "sin": "cos",
    "cos": "sin",
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "any": "all",
    "all": "any",
    "zeros": "ones",
    "zeros_like": "ones_like",
    "ones": "zeros",
    "argmax": "argmin",
    "abs": "sign",
    "sqrt": "abs",
    "append": "count",
    "real": "imag",
    "imag": "real",
    "trace": "max",
    "argmin": "argmax",
    "outer": "inner",
}


def mutants(tree: ast.AST, first: int, last: int):
    """(description, tree) for every single change inside the lines `first` to `last`."""
    spots = [node for node in ast.walk(tree) if first <= getattr(node, "lineno", -1) <= last]
    for index in range(len(spots)):
        for change in changes(spots[index]):
            mutated = copy.deepcopy(tree)
            node = [n for n in ast.walk(mutated) if first <= getattr(n, "lineno", -1) <= last][index]
            before = ast.unparse(node)
            change(node)
            yield f"line {node.lineno - first + 1}: {before}  ->  {ast.unparse(node)}", mutated
    for path, body in bodies(tree, first, last):
        for k, statement in enumerate(body):
            if (
                isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.For, ast.Raise))
                and first <= statement.lineno <= last
            ):
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    continue
                mutated = copy.deepcopy(tree)
                target = dict(bodies(mutated, first, last))[path]
                target[k] = ast.copy_location(ast.Pass(), statement)
                yield f"line {statement.lineno - first + 1}: dropped  {ast.unparse(statement).splitlines()[0]}", mutated


def bodies(tree, first, last):
    """Every list of statements, with a key that names the same list in a copy of the tree."""
    for number, node in enumerate(ast.walk(tree)):
        for field in ("body", "orelse"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body:
                yield (number, field), body


def changes(node):
    """The ways to change one node in place."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in BINARY:
        yield lambda n: setattr(n, "op", BINARY[type(n.op)]())
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div, ast.Pow, ast.MatMult)):

        def swap(n):
            n.left, n.right = n.right, n.left

        yield swap
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARE:
        yield lambda n: n.ops.__setitem__(0, COMPARE[type(n.ops[0])]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield lambda n: setattr(n, "op", ast.UAdd())
    if isinstance(node, ast.BoolOp):
        yield lambda n: setattr(n, "op", ast.And() if isinstance(n.op, ast.Or) else ast.Or())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda n: setattr(n, "value", n.value + 1)
        if node.value not in (0, 1):
            yield lambda n: setattr(n, "value", -n.value)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield lambda n: setattr(n, "value", not n.value)
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield lambda n: setattr(n, "attr", NAMES[n.attr])
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield lambda n: setattr(n, "attr", "real")
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        yield lambda n: n.value.elts.reverse()


def solution_cells(lesson: str):
    """(exercise, source, first line, last line) of every solution in a lesson."""
    text = (ROOT / "solutions" / f"{lesson}.py").read_text(encoding="utf-8")
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        if "exercise" in cell.metadata:
            lines = cell.source.splitlines()
            marks = [i for i, line in enumerate(lines, 1) if "## BEGIN SOLUTION" in line or "## END SOLUTION" in line]
            yield exercises()[cell.metadata["exercise"]], cell.source, marks[0], marks[-1]


def rejected(exercise, tree, reference) -> bool:
    """Whether the mutant loses at least a part of a point."""
    names = dict(namespace(exercise.lesson))

    def late(*_):
        raise OutOfTime("mutant")

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 20)
    try:
        exec(compile(ast.fix_missing_locations(tree), exercise.name, "exec"), names)
        return run(exercise, LocalAnswer(names[exercise.name], names), reference, seed=1).points < exercise.points
    except (OutOfTime, Exception):  # a mutant that cannot even be defined, or never ends, is noticed
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main(wanted: list[str]) -> int:
    explained = tomllib.loads(Path(__file__).with_name("equivalent_mutants.toml").read_text(encoding="utf-8"))
    total = killed = equivalent = 0
    survivors, idle = [], {(name, spot) for name, spots in explained.items() for spot in spots}
    for lesson in wanted or lessons():
        for exercise, source, first, last in solution_cells(lesson):
            reference = LocalAnswer(namespace(lesson)[exercise.name], namespace(lesson))
            if not exercise.signature:
                continue  # a letter has no mutants; its wrong options are mistakes by name
            for spot, tree in mutants(ast.parse(source), first, last):
                spot = re.sub(r"\s+", " ", spot)
                if spot in explained.get(exercise.name, {}):
                    equivalent += 1
                    idle.discard((exercise.name, spot))
                    continue
                total += 1
                if rejected(exercise, tree, reference):
                    killed += 1
                else:
                    survivors.append(f"{exercise.name}: {spot}")
    for line in survivors:
        print("survived  " + line)
    for name, spot in sorted(idle) if not wanted else ():
        print(f"idle explanation  {name}: {spot}")
    share = killed / total if total else 1.0
    print(f"{total + equivalent} mutants, {equivalent} explained as equivalent, {killed} of {total} others rejected: {100 * share:.2f} %")
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
