"""Every exercise against its corpus: the reference, other correct answers, known mistakes, answers that say nothing."""

from __future__ import annotations

import importlib
import os

import numpy as np
import pytest
from reference import namespace

from autograder.answer import LocalAnswer
from autograder.compare import equal_values
from autograder.exercise import arguments
from autograder.exercises import exercises, lessons
from autograder.report import Status, Verdict
from autograder.runner import run

EXERCISES = list(exercises().values())
MISTAKES = [(e, m) for e in EXERCISES for m in e.mistakes]
EMPTY = {
    "None": lambda *_: None, "0.0": lambda *_: 0.0, "1": lambda *_: 1, "True": lambda *_: True, "False": lambda *_: False,
    "nan": lambda *_: float("nan"), "''": lambda *_: "", "[]": lambda *_: [], "the first argument": lambda *a: a[0] if a else None,
    "zeros": lambda *a: np.zeros_like(next((x for x in a if isinstance(x, np.ndarray)), np.zeros(1))),
}  # fmt: skip


def _name(value):
    return value.name if hasattr(value, "name") else str(value)


def _reference(exercise):
    names = namespace(exercise.lesson)
    return LocalAnswer(names[exercise.name], names)


def _others():
    """The other correct answers: tests/answers/<lesson>.py has one list of functions for each exercise."""
    for lesson in lessons():
        module = importlib.import_module(f"answers.a{lesson}")
        for name in lessons()[lesson].exercises:
            for i, function in enumerate(module.ANSWERS.get(name, ())):
                yield pytest.param(exercises()[name], function, namespace(lesson) | module.__dict__, id=f"{name}-{i}")


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_the_reference_scores_full_marks_without_a_remark(exercise):
    report = run(exercise, _reference(exercise), _reference(exercise))
    assert (report.status, report.points, report.remarks) == (Status.RIGHT, exercise.points, []), report


@pytest.mark.parametrize("exercise, function, names", list(_others()))
def test_other_correct_answers_score_full_marks(exercise, function, names):
    for seed in range(5):
        report = run(exercise, LocalAnswer(function, names), _reference(exercise), seed)
        assert (report.status, report.points) == (Status.RIGHT, exercise.points), report


@pytest.mark.parametrize("exercise, mistake", MISTAKES, ids=_name)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_each_mistake_is_rejected_and_named(exercise, mistake, seed):
    report = run(exercise, LocalAnswer(mistake.function, namespace(exercise.lesson) | exercise.stand_ins), seed=seed)
    assert report.status is not Status.ERROR, report.detail
    assert report.points < exercise.points
    assert report.mistake == mistake.name, report


@pytest.mark.parametrize("exercise, mistake", MISTAKES, ids=_name)
def test_the_smallest_failing_input_is_one_on_which_the_reference_holds(exercise, mistake, monkeypatch):
    """Shrinking must not lead to an input on which a right answer would fail as well."""
    import autograder.runner as runner

    seen = []
    original = runner._finding
    monkeypatch.setattr(runner, "_finding", lambda e, name, s, case, miss: seen.append((name, case)) or original(e, name, s, case, miss))
    run(exercise, LocalAnswer(mistake.function, namespace(exercise.lesson) | exercise.stand_ins))
    assert seen
    for name, case in seen:
        check = next((c for c in exercise.checks if c.name == name), None)
        if check is not None:
            runner._ask(runner.Trial(exercise, _reference(exercise)), check, case)


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
@pytest.mark.parametrize("empty", EMPTY, ids=str)
def test_an_answer_that_says_nothing_scores_nothing(exercise, empty):
    if exercise.returns and exercise.returns.__class__.__name__ == "Text" and empty == "the first argument":
        pytest.skip("a question without arguments")
    assert run(exercise, LocalAnswer(EMPTY[empty])).points == 0


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_the_stub_is_not_attempted(exercise):
    def stub(*_):
        raise NotImplementedError

    report = run(exercise, LocalAnswer(stub))
    assert (report.status, report.points, report.findings) == (Status.NOT_ATTEMPTED, 0, [])


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_the_same_seed_draws_the_same_cases(exercise):
    def drawn(seed):
        return [[repr(getattr(a, "expr", a)) for a in case] for check in exercise.checks for case in exercise.draw(seed, check)]

    assert drawn(3) == drawn(3)


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_an_exercise_is_complete(exercise):
    assert len(exercise.mistakes) >= 3, "an exercise names at least three mistakes"
    assert exercise.hints, "an exercise has hints"
    assert exercise.checks and exercise.asks and 1 <= exercise.difficulty <= 5


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_three_other_correct_answers_are_in_the_corpus(exercise):
    answers = importlib.import_module(f"answers.a{exercise.lesson}").ANSWERS.get(exercise.name, ())
    # a question with letters has one answer and no other way to write it
    assert len(answers) >= (3 if exercise.signature else 1)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_the_reference_passes_many_seeds(exercise):
    """`make thorough` runs 1,000 seeds; `make test` the first 50."""
    answer = _reference(exercise)
    for seed in range(int(os.environ.get("SEEDS", 50)) if exercise.signature else 1):
        report = run(exercise, answer, seed=seed)
        assert report.status is Status.RIGHT, (seed, [f for f in report.findings if f.verdict is not Verdict.PASS], report.detail)


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_the_reference_leaves_its_inputs_alone(exercise):
    answer = _reference(exercise)
    for check in exercise.checks:
        for case in exercise.draw(0, check):
            outcome = answer.call(arguments(case), exercise.program)
            assert not outcome.mutated and not outcome.warnings
            assert equal_values(outcome.value, answer.call(arguments(case), exercise.program).value, nan_agrees=True)
