"""A single check on a single case: the quick question that a changed answer is asked first."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from ..shared.answer import Answer, Died
from ..writing.case import arguments
from ..writing.exercise import Check, Exercise
from . import implicit
from .cases import Cases, values
from .report import CheckStatus, Report
from .runner import PUBLIC_SEED
from .shrink import size
from .trial import Trial, Unfit

_ENOUGH = 8  # probes: the rest of the checks is asked when these hold


@dataclass(frozen=True)
class Probe:
    """A check on one case; the first, without a check, is the gate."""

    check: Check | None
    case: tuple

    def holds(self, exercise: Exercise, answer: Answer) -> bool:
        return self.problem(exercise, answer) is None

    def problem(self, exercise: Exercise, answer: Answer) -> Exception | None:
        """What the check says against the answer on this case."""
        trial = Trial(exercise, answer)
        try:
            if self.check is None:
                trial(*arguments(self.case))
            else:
                trial.counted = self.check.counts
                self.check.function(trial, *values(self.case))
        except Unfit:
            return None
        except Exception as problem:  # a miss, an answer that is gone, or a changed answer that our own check cannot digest
            return problem
        return None


def failing(exercise: Exercise, report: Report, answer: Answer) -> tuple[list[Probe], str]:
    """Of each check that failed in `report` the two smallest cases on which it does; and the exception that a check has missed, or ""."""
    found, raises = [], ""
    failed = {finding.check for finding in report.findings if finding.status is CheckStatus.FAIL}
    if "gate" in failed:
        found.append(Probe(None, next(iter(exercise.draw(PUBLIC_SEED)))))
    for check in (*exercise.checks, *implicit.promises(exercise)):
        cases = exercise.draw(PUBLIC_SEED, check) if check.name in failed or "gate" in failed else ()
        for probe in (Probe(check, case) for case in sorted(cases, key=lambda case: size(arguments(case)))):
            problem = probe.problem(exercise, answer)
            if problem is None:
                continue
            raises = missed_exception(problem) or raises
            found.append(probe)
            if sum(one.check is check for one in found) == 2:
                break
        if len(found) >= _ENOUGH:
            break
    return found, raises


def missed_exception(problem: Exception) -> str:
    """The exception that should have been raised, where that is the problem."""
    wanted = getattr(problem, "wanted", None)
    return wanted.split()[1] if isinstance(wanted, str) and wanted.startswith("raise ") else ""


def broken(exercise: Exercise, answer: Answer, seed: int) -> Probe | None:
    """The first promise that the answer does not keep on the cases of `seed`, on the case that shows it; None when it keeps all."""
    cases = Cases(exercise, seed)
    first = Probe(None, cases.first)
    if not first.holds(exercise, answer):
        return first
    if answer.remote:
        with contextlib.suppress(Died):
            answer.prefetch(cases.planned_calls(), exercise.program)
    probes = (Probe(check, case) for check in cases.checks for case in cases.of(check))
    return next((probe for probe in probes if not probe.holds(exercise, answer)), None)
