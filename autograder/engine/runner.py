"""Runs an exercise's checks on an answer and writes the Report. It knows no sandbox and no Jupyter."""

from __future__ import annotations

import contextlib

import numpy as np

from ..shared.answer import ARITHMETIC, Answer, Died, LocalAnswer, Scripted
from ..writing.case import arguments
from ..writing.exercise import Check, Exercise, Miss
from . import compositions, diagnose, facts
from .asking import ask, smallest
from .cases import Cases
from .public import shown
from .record import Call, Tried
from .report import CheckStatus, Finding, Report, Status
from .show import calls_text, contrast, first_promise, is_part
from .shrink import size
from .transcript import Transcript
from .trial import NotWritten, Trial, Unfit

PUBLIC_SEED = 0
_GATE = Check("gate", "", lambda *_: None, 0.0, None, ())
_REFERENCE = Check("agrees_with_the_reference", "agrees with the reference on hidden cases", lambda *_: None, 1.0, None, ())


@np.errstate(**ARITHMETIC)
def run(
    exercise: Exercise,
    answer: Answer,
    reference: Answer | None = None,
    seed: int = PUBLIC_SEED,
    public: bool = True,
    failing: dict[str, list[tuple]] | None = None,
    transcript: Transcript | None = None,
) -> Report:
    """Judge `answer` on the cases drawn from `seed`.

    With a `reference` the answer must also agree with it on cases of another stream. When not `public`, the report has points and verdicts only:
    no input, no number and no diagnosis (`public.shown` adds those of public cases). An exception in our own code becomes
    Status.ERROR, with zero points that no export may use. `failing`, when given, is filled: for each check that failed,
    the arguments of the call that its finding shows, then those of other calls that failed it, smaller ones first. A `transcript` is that of the
    same seed and reference; with it the report is the same, sooner.
    """
    report = Report(exercise.name, exercise.points, seed=seed)
    recorder = answer if isinstance(answer, Transcript) else None
    trial = Trial(exercise, answer, reference, transcript=transcript, recorder=recorder)
    failed: dict[str, list[Call]] = {}
    failing = {} if failing is None else failing
    passed, kept = 0.0, 1.0  # weights of promises that hold, and the share that other faults leave of them
    total = sum(check.weight for check in exercise.checks)
    compared = reference is not None and exercise.tolerance is not None
    try:
        known = transcript or recorder
        cases = known.cases if known else Cases(exercise, seed, compared)
        checks = cases.checks
        if transcript and isinstance(answer, Scripted):
            trial.scripted = answer
            answer.play(transcript.script)
            trial.agreeing = transcript.agreeing(answer)
        elif answer.remote:
            answer.prefetch([*map(arguments, [cases.first, *cases.hidden]), *cases.planned_calls()], exercise.program)
        gate = _gate(trial, exercise, cases.first, failing)
        report.findings.append(gate)
        if gate.status is CheckStatus.FAIL:
            failed[gate.check] = list(trial.calls)
        for check in [*(one for one in checks if not one.last), None, *(one for one in checks if one.last)]:
            if check is None:
                if compared and not failed:
                    finding, calls = _agreement(trial, exercise, cases.hidden)
                    report.findings.append(finding)
                    if finding.status is CheckStatus.FAIL:
                        failed[finding.check] = calls
                        kept *= 1 - 1 / (len(exercise.checks) + 1)
                continue
            if check.implicit and not passed:
                continue  # an answer that keeps no promise of the exercise has earned nothing by leaving its arguments alone
            try:
                finding, calls = _run_check(trial, check, cases, report.findings, failing, public)
            except Died as end:
                if not check.last:
                    raise
                finding, calls = Finding(check.name, check.sentence, CheckStatus.FAIL, why=end.detail), []
            if not check.implicit or finding.status is CheckStatus.FAIL:
                report.findings.append(finding)
            if finding.status is CheckStatus.FAIL:
                failed[check.name] = calls
                kept *= 1 - check.weight if check.implicit else 1
            elif finding.status is CheckStatus.PASS and not check.implicit:
                passed += check.weight
        order = {name: number for number, name in enumerate(["gate", *(check.name for check in checks)])}
        report.findings.sort(key=lambda finding: order.get(finding.check, len(order)))
        report.points = round(exercise.points * passed * kept / total, 2) if total else 0.0
        report.status = Status.RIGHT if not failed else Status.PARTIAL if report.points else Status.WRONG
        if gate.status is CheckStatus.FAIL and gate.given and trial.calls and all(c.outcome.raised for c in trial.calls):
            report.status = Status.RAISED
        if failed and public:
            _diagnose(report, exercise, trial, failed, cases)
    except NotWritten as stub:
        report.findings, report.status, report.points, report.detail = [], Status.NOT_ATTEMPTED, 0.0, str(stub)
    except Died as end:
        report.status, report.detail, report.points = Status(end.kind), end.detail, 0.0
    except Exception as error:  # ours by construction: what the answer raises arrives as an Outcome
        report.status, report.points = Status.ERROR, 0.0
        report.detail = f"{type(error).__name__}: {error}"
        report.findings.append(Finding("error", "our own code failed", CheckStatus.ERROR, why=report.detail))
    report.remarks = list(trial.remarks)
    if trial.narrow and report.status is not Status.RIGHT:
        report.remarks.append(f"The result is {trial.narrow}; float64 keeps about 16 digits.")
    return report if public or report.status is Status.ERROR else shown(report, None)


def transcribe(exercise: Exercise, reference: LocalAnswer, seed: int) -> Transcript:
    """What `reference` does on the cases of `seed`, for `run` on many answers."""
    made = Transcript(exercise, seed, reference)
    run(exercise, made, reference, seed, public=False)
    return made


def _gate(trial: Trial, exercise: Exercise, case: tuple, found: dict) -> Finding:
    """The first case alone: is there an answer, does it take the arguments, does it return the right kind of thing?"""
    sentence = first_promise(exercise)
    try:
        trial(*arguments(case))
        trial.keep(_GATE, case)
    except Miss as miss:
        trial.tried.append(Tried("gate", (arguments(case),), False))
        found["gate"] = [arguments(case)]
        return _finding(exercise, "gate", sentence, case, miss)
    return Finding("gate", sentence, CheckStatus.PASS)


def _run_check(trial: Trial, check: Check, cases: Cases, before: list[Finding], found: dict, public: bool) -> tuple[Finding, list[Call]]:
    for name in ("gate", *check.needs):
        if any(f.check == name and f.status in (CheckStatus.FAIL, CheckStatus.SKIP) for f in before):
            sentence = next(f.sentence for f in before if f.check == name)
            return Finding(check.name, check.sentence, CheckStatus.SKIP, why=f"not tried, because this comes first: {sentence}"), []
    start = len(trial.calls)
    failing: list[tuple[tuple, Miss]] = []
    for case in cases.of(check):
        try:
            ask(trial, check, case)
        except Unfit:
            continue
        except Miss as missed:
            failing.append((case, missed))
            if len(failing) == 5:
                break
    calls = trial.calls[start:]
    if not failing:
        return Finding(check.name, check.sentence, CheckStatus.PASS), calls
    failing.sort(key=lambda pair: size(arguments(pair[0])))
    case, miss = failing[0]
    pairs, tried = len(trial.pairs), len(trial.tried)
    if public:  # else nobody sees the input
        case, miss = smallest(trial, check, case, miss)
    del trial.calls[start + len(calls) :], trial.pairs[pairs:], trial.tried[tried:]
    if not miss.input:  # else no call of the exercise is to blame
        found[check.name] = [miss.call, *(other.call for _, other in failing[1:])]
    return _finding(trial.exercise, check.name, check.sentence, case, miss), calls


def _agreement(trial: Trial, exercise: Exercise, cases: list[tuple]) -> tuple[Finding, list[Call]]:
    """Agreement with the reference on cases of another stream, told without the inputs' values."""
    start = len(trial.calls)
    for case in cases:
        if trial.settles(_REFERENCE, case):
            continue
        try:
            given, wanted = trial(*arguments(case)), trial.reference(*arguments(case))
        except Miss as missed:
            return _finding(exercise, _REFERENCE.name, _REFERENCE.sentence, case, missed), trial.calls[start:]
        agrees = exercise.agrees(given, wanted) or trial.explained_by_rounding(arguments(case), given, wanted)
        trial.check = _REFERENCE.name
        trial.compared(given, wanted, agrees)
        if not agrees:
            miss = Miss(given, wanted, "Every other promise holds, but not on all inputs.")
            return _finding(exercise, _REFERENCE.name, _REFERENCE.sentence, case, miss), trial.calls[start:]
        trial.keep(_REFERENCE, case, len(trial.calls) - 1)
    return Finding(_REFERENCE.name, _REFERENCE.sentence, CheckStatus.PASS), []


def _finding(exercise: Exercise, name: str, sentence: str, case: tuple, miss: Miss) -> Finding:
    given, wanted, differs = contrast(miss.given, miss.wanted, miss.tolerance)
    if miss.returned and not isinstance(miss.given, str) and not is_part(miss.given, miss.returned):
        given += "  (worked out from what you returned)"
    shown = miss.input or calls_text(exercise, miss.calls or [miss.call or arguments(case)])
    return Finding(name, sentence, CheckStatus.FAIL, shown, given, wanted, miss.why, differs)


def _diagnose(report: Report, exercise: Exercise, trial: Trial, failed: dict[str, list[Call]], cases: Cases) -> None:
    """Fill in the mistake that explains the answer, or else what is plain to see in its numbers."""
    judged = [f.check for f in report.findings if f.status in (CheckStatus.PASS, CheckStatus.FAIL)]
    failing = [call for calls in failed.values() for call in calls]

    def evidence(answer: Answer, names: list[str]) -> Trial:
        return _evidence(Trial(exercise, answer, trial.reference_answer), cases, names)

    # the points stand: an answer that ends now, or whose whole numbers no float can hold, only goes without a diagnosis
    with (
        contextlib.suppress(Died, NotWritten, OverflowError),
        np.errstate(all="ignore"),
    ):  # what odd values make our arithmetic warn of is nobody's business
        for known in (diagnose.known, compositions.known):
            if not report.mistake:
                report.mistake, report.diagnosis = known(exercise, trial, failing, judged, evidence)
        if not report.mistake:
            sentences = {f.check: f.sentence for f in report.findings if f.status is CheckStatus.FAIL}
            whole = trial if trial.answer.remote or not judged else evidence(trial.answer, judged)
            report.mistake, report.diagnosis = facts.told(exercise, whole, sentences, [*trial.calls, *whole.calls])


def _evidence(trial: Trial, cases: Cases, names: list[str]) -> Trial:
    """The checks called `names` on all their cases: nothing is skipped, cut short, shrunk or told."""
    for check in trial.exercise.checks:
        for case in cases.of(check) if check.name in names else ():
            # a check that was not made for such an answer may fail in its own way; `tried` remembers that it did
            with contextlib.suppress(Miss, Unfit, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
                ask(trial, check, case)
    return trial
