"""Finds where a wrong answer goes wrong: the place at which a small change, tried out, makes every check pass."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable

from ..shared.answer import Answer
from ..writing.exercise import Exercise
from .alignment import aligned_edits
from .combined import combined_changes
from .edits import Change, Edit, own_names, scope_of, written_into
from .expressions import expression_edits
from .places import Budget, Code, Place, Search, function_of
from .report import Report
from .runner import PUBLIC_SEED
from .spot_checks import Probe, broken, failing, missed_exception
from .statements import statement_edits

_SEEDS = (PUBLIC_SEED, PUBLIC_SEED + 1)  # a change must keep every promise on the cases of both
_MOST_PROBES = 14
_FIRSTS = 8  # changes that help and are then followed by a second one
_LIKELY = 2  # the cost of changes that are tried once more for what they do to later checks
_NEAR = 1  # how much dearer than the cheapest repair another one may be and still count


def locate(
    exercise: Exercise,
    report: Report,
    code: Code,
    answer_for: Callable[[ast.Module], Answer],
    names: dict | None = None,
    right: Iterable[str] = (),
    budget: Budget | None = None,
) -> Search:
    """Search the small changes of `code`, which got `report`, for those with which the exercise's checks all pass.

    `answer_for(module)` makes an answer of the changed functions: in this process or behind a sandbox, this module runs nothing.
    `names` is the namespace that they will see, as far as it is known. `right` are texts of right answers under the
    exercise's name, whose pieces are tried as well; they must stay out of reach of code that nobody vouches for. What is found was verified; the change itself is not told. Raises `SyntaxError` for text that is no function.
    """
    budget = budget or Budget()
    return _Hunt(exercise, code, answer_for, names or {}, tuple(right), budget).search(report)


class _Hunt:
    def __init__(self, exercise: Exercise, code: Code, answer_for, names: dict, right: tuple[str, ...], budget: Budget):
        self.exercise, self.answer_for, self.names, self.budget = exercise, answer_for, names, budget
        self.functions = [function_of(text) for text in code.functions]
        self.module = ast.Module(list(self.functions), [])
        self.right = [
            node for text in right for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == exercise.name
        ]
        self.owner = {id(node): k for k, function in enumerate(self.functions) for node in ast.walk(function)}
        self.bytes = [[line.encode() for line in text.splitlines()] for text in code.functions]
        self.writes = any(written_into(function) for function in (*self.functions, *self.right))
        self.outside = {word for function in self.functions for word in written_into(function) - own_names(function)}
        self.raises = ""  # the exception that a check has missed
        self.found: list[tuple[int, Change]] = []

    def search(self, report: Report) -> Search:
        probes, self.raises = failing(self.exercise, report, self.answer_for(self.module))
        if not probes:  # what failed is no check on a case, and nothing can be tried quickly
            return Search((), 0, False)
        edits = self._edits()
        helps = self._one(edits, probes)
        complete = helps is not None
        if helps is not None and not self.found:
            complete = self._two(edits, helps, probes)
        return Search(self._chosen(), self.budget.spent, complete)

    def _edits(self) -> list[Change]:
        """All changes of the code as it is now, the likeliest first."""
        every: list[Change] = []
        for k, function in enumerate(self.functions):
            scope = scope_of(function, self.names)
            every += expression_edits(function, scope)
            every += combined_changes(function, scope)
            if isinstance(function, ast.FunctionDef):
                every += (Change((edit,), edit.cost) for edit in statement_edits(function, scope, self.raises))
                for right in self.right if k == 0 else ():
                    every += (Change((edit,), edit.cost) for edit in aligned_edits(function, right, scope))
        return sorted(every, key=lambda change: change.cost)

    def _passed(self, probes: list[Probe], every: bool = False) -> int:
        """How many probes the changed code passes: up to the first that fails, or of all."""
        try:
            answer = self.answer_for(self.module)
        except Exception:  # no Python any more, such as a return that was moved out of its function
            return 0
        passed = 0
        for probe in probes:
            if probe.holds(self.exercise, answer):
                passed += 1
            elif not every:
                break
        return passed

    def _verified(self, probes: list[Probe]) -> bool:
        """Whether every check passes with the code as it is now, each time with a fresh answer; one that does not is asked of all later changes."""
        for seed in _SEEDS:
            probe = broken(self.exercise, self.answer_for(self.module), seed)
            if probe is not None:
                if len(probes) < _MOST_PROBES and not self.budget.over():
                    problem = probe.problem(self.exercise, self.answer_for(self.module))
                    self.raises = self.raises or (missed_exception(problem) if problem else "")
                    probes.append(probe)
                return False
        return True

    def _reaches_out(self) -> bool:
        """Whether the code as it is now writes into what is not its own and the learner's code leaves alone, such as an attribute of NumPy: no copy is made of that."""
        return any(written_into(function) - own_names(function) - self.outside for function in self.functions)

    def _try(self, change: Change, probes: list[Probe], every: bool = False) -> int | None:
        """How many probes pass with the `change`, which is noted where it repairs the code; None when the budget is spent."""
        if not self.budget.spend():
            return None
        with change.made():
            if self.writes and self._reaches_out():
                return 0
            passed = self._passed(probes, every)
            if passed == len(probes) and self._verified(probes):
                self.found.append((change.cost, change))
        return passed

    def _one(self, changes: list[Change], probes: list[Probe]) -> list[tuple[int, Change]] | None:
        """Try each change alone: those that help, with how much. Once one repairs the code, dearer ones are left alone."""
        helps: list[tuple[int, Change]] = []
        for change in changes:
            if self.found and change.cost > self.found[0][0] + _NEAR:
                break
            passed = self._try(change, probes)
            if passed is None:
                return helps if self.found else None
            if passed:
                helps.append((passed, change))
        return helps

    def _two(self, changes: list[Change], helps: list[tuple[int, Change]], probes: list[Probe]) -> bool:
        """Follow the changes that help most by a second one; whether all of those were tried."""
        if len({probe.check for probe in probes}) > 1:
            # one that mends what a later check found, while the first still fails
            known = {id(change) for _, change in helps}
            for change in changes:
                if change.cost <= _LIKELY and id(change) not in known:
                    passed = self._try(change, probes, every=True)
                    if passed is None:
                        return False
                    if passed:
                        helps.append((passed, change))
        pairs: list[tuple[int, Change]] = []  # the one that helped more goes first
        for rank, (_, first) in enumerate(self._firsts(helps)):
            if self.budget.over():
                return False
            with first.made():
                for second in self._edits():
                    if not any(self._inside(edit, first) for edit in second.edits):
                        pairs.append((rank // 2, Change((*first.edits, *second.edits), first.cost + second.cost)))
        for _, pair in sorted(pairs, key=lambda ranked: ranked[0] + ranked[1].cost):
            if self.found and pair.cost > self.found[0][0] + _NEAR:
                break
            if self._try(pair, probes) is None:
                return bool(self.found)
        return True

    def _firsts(self, helps: list[tuple[int, Change]]) -> list[tuple[int, Change]]:
        """The changes to follow by a second one: those that help most, few of each spot and of each line."""
        kept: list[tuple[int, Change]] = []
        lines: Counter = Counter()
        spots: Counter = Counter()
        for passed, change in sorted(helps, key=lambda pair: (-pair[0], pair[1].cost)):
            mark = change.edits[0].mark
            lines[mark.lineno] += 1
            spots[id(mark)] += 1
            if lines[mark.lineno] <= 4 and spots[id(mark)] <= 2:
                kept.append((passed, change))
        return kept[:_FIRSTS]

    def _inside(self, second: Edit, first: Change) -> bool:
        """Whether the second edit is of something that the first change has put there."""
        return id(second.mark) not in self.owner or any(second.mark is edit.mark for edit in first.edits)

    def _chosen(self) -> tuple[tuple[Place, ...], ...]:
        """The repairs to tell, one for each set of lines: the cheapest, and there the smallest place."""
        best: dict[tuple, tuple] = {}
        for cost, change in self.found:
            places = tuple(sorted(self._place(edit) for edit in change.edits))
            lines = tuple(dict.fromkeys((p.function, p.line) for p in places))
            extent = sum((p.end_line - p.line) * 200 + p.end_column - p.column for p in places)
            best[lines] = min(best.get(lines, (cost, extent, places)), (cost, extent, places))
        cheapest = min((cost for cost, _, _ in best.values()), default=0)
        near = {lines: told for lines, told in best.items() if told[0] <= cheapest + _NEAR}
        # more lines than another repair needs say nothing new
        least = [told for lines, told in near.items() if not any(set(other) < set(lines) for other in near)]
        return tuple(places for _, _, places in sorted(least))

    def _place(self, edit: Edit) -> Place:
        mark, k = edit.mark, self.owner[id(edit.mark)]
        assert mark.end_lineno is not None and mark.end_col_offset is not None, "a mark is a part of the parsed text"
        lines = self.bytes[k]
        start = len(lines[mark.lineno - 1][: mark.col_offset].decode())
        end = len(lines[mark.end_lineno - 1][: mark.end_col_offset].decode())
        return Place(k, mark.lineno, start, mark.end_lineno, end, edit.missing, edit.after)
