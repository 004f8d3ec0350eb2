"""Looks for the place of a mistake that has no name in a graded notebook: changed copies run in the notebook's own child, on public cases.

Theory of operation. When all points of a notebook stand, `engine.locate` makes small changes of the text that was handed in, and each goes to the
child as text, beside the notebook's names; what comes back is believed as little as any other call. The judge parses that text and runs
none of it. Only changes made of the learner's own text and of common words of Python and NumPy cross. Pieces of our answer, which `where` tries in a notebook, do
not: the child runs a stranger's code, which can read whatever is sent there.
"""

from __future__ import annotations

import ast
import itertools
import time
import warnings
from collections.abc import Callable, Iterable

import numpy as np

from ..engine import marking
from ..engine.locate import locate
from ..engine.places import Budget, Code, Search
from ..engine.report import Marked, Report, Status
from ..shared.answer import Answer, Died
from ..shared.channel import Channel
from ..writing.exercise import Exercise
from .allowance import Times
from .remote import Overtime, RemoteAnswer
from .submission import Cell, Role

_TIMES = Times(call_cpu=0.25, call_wall=1.0)
_CHANGES = 800  # for one exercise, which takes about a second; a count, so that a busy machine finds what an idle one finds
_STOPPED = 50  # changes that one counts for whose call had to be stopped
_SECONDS = 10.0  # on a clock, whatever happens
_LONGEST = 20_000  # characters of a cell that is read, and of all functions together
_WIDEST = 200  # characters of a line that is shown
_DEEPEST = 60  # parts within parts of a text; what walks through it goes as deep


def is_wanted(report: Report) -> bool:
    """Whether the answer is wrong and nobody has said why."""
    return not report.mistake and report.status in (Status.PARTIAL, Status.WRONG, Status.RAISED)


def search(
    exercise: Exercise,
    report: Report,
    cells: list[Cell],
    channel: Channel,
    until: float,
    died: Callable[[Exception], Died],
    others: frozenset[str] = frozenset(),
) -> Marked | None:
    """The place in `cells`, the code before the exercise's check, at which a small change makes every check pass, if one is found in time.

    `until` is the moment to stop, `died` is told when the child can answer no more, `others` are exercises: no helpers.
    """
    code, names = read(exercise.name, cells, others)
    if code is None:
        return None
    numbers = itertools.count(1)
    budget = Budget(_CHANGES, min(_SECONDS, until - time.monotonic()), clock=time.monotonic)

    def gone(error: Exception) -> Died:
        if isinstance(error, (Overtime, MemoryError)):  # of this change only: the child lives
            budget.spent += _STOPPED
            return Died("timeout")
        budget.changes = 0
        return died(error)

    def answer_for(module: ast.Module) -> Answer:
        change = {"number": next(numbers), "source": ast.unparse(module), "needs": list(exercise.needs)}
        return _Changed(channel, exercise.name, change, until, gone)

    found = locate(exercise, report, code, answer_for, names, budget=budget)
    return _marked(found, code) if found.found else None


class _Changed(RemoteAnswer):
    """A changed copy of the function at the other end."""

    def __init__(self, channel: Channel, name: str, change: dict, until: float, died: Callable[[Exception], Died]):
        super().__init__(channel, name, _TIMES, until, died)
        self.change = change

    def _order(self, op: str, program: str) -> dict:
        return {**super()._order(op, program), "cpu": _TIMES.call_cpu, "wall": _TIMES.call_wall, "change": self.change}


def _marked(found: Search, code: Code) -> Marked:
    lines = {(place.function, place.line) for repair in found.repairs[: marking.MOST] for place in repair}
    own = [(line, code.functions[number].splitlines()[line - 1].strip()[:_WIDEST]) for number, line in sorted(lines)]
    return Marked(marking.sentence(found, code, passes="every check in the notebook passes"), own)


def read(entry: str, cells: Iterable[Cell], others: frozenset[str] = frozenset()) -> tuple[Code | None, dict]:
    """The function `entry` and its helpers as the cells define them last, and what is known of the names there; no code where that cannot be told.

    The text is parsed within bounds and never run: nobody vouches for it.
    """
    texts: dict[str, str] = {}
    uses: dict[str, set[str]] = {}
    names: dict = {}
    for cell in cells:
        for node in _statements(cell.source) if cell.role is not Role.CHECK else ():
            name = _defined(node)
            if isinstance(node, ast.Import):
                names |= {alias.asname or alias.name: np for alias in node.names if alias.name == "numpy"}
            elif name and isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names[name] = node.value.value
                texts.pop(name, None)
            elif name:
                first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
                texts[name] = "\n".join(cell.source.split("\n")[first - 1 : node.end_lineno])
                uses[name] = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    if entry not in texts:
        return None, names
    wanted = [entry]
    for name in wanted:
        wanted += sorted(word for word in uses[name] if word in texts and word not in others and word not in wanted)
    functions = tuple(texts[name] for name in wanted)
    return (Code(entry, functions) if sum(map(len, functions)) <= _LONGEST else None), names


def _statements(source: str) -> list[ast.stmt]:
    """The statements of a cell; none where it is no plain Python, or larger or deeper than what people write."""
    if len(source) > _LONGEST:
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return [] if level else tree.body


def _defined(node: ast.stmt) -> str:
    """The name that a function, a lambda or a constant gets."""
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Lambda, ast.Constant)) and len(node.targets) == 1:
        return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
    return ""
