"""Every exercise against its corpus: the reference, other correct answers, known mistakes, answers that say nothing."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import seeds
from reference import namespace

import autograder.engine.runner as runner
from autograder.engine.asking import ask
from autograder.engine.report import Status
from autograder.engine.runner import run
from autograder.exercises import exercises, lesson, lessons
from autograder.shared.answer import LocalAnswer
from autograder.writing.case import arguments
from autograder.writing.compare import equal_values

EXERCISES = list(exercises().values())
FINDING = runner._finding
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


@lru_cache(8 if seeds.MANY else None)  # at the one seed of a run three tests use it
def _known_by_name(name: str, seed: int):
    exercise = exercises()[name]
    return runner.transcribe(exercise, _reference(exercise), seed)


def _known(exercise, seed: int):
    """The transcript of the reference: the cases are drawn once for all answers of an exercise."""
    return _known_by_name(exercise.name, seed)


def _others(exercise) -> tuple:
    """The other correct answers, tests/answers/<lesson>.py, and the names that they may use."""
    module = importlib.import_module(f"answers.a{exercise.lesson}")
    return module.ANSWERS.get(exercise.name, ()), namespace(exercise.lesson) | module.__dict__


@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_the_reference_scores_full_marks_without_a_remark_at_all_seeds(exercise):
    """On the public cases the doctor says the same (tests/gate)."""
    answer = _reference(exercise)
    for seed in seeds.of_references() if exercise.signature else [0]:
        report = run(exercise, answer, answer, seed)
        assert (report.status, report.points, report.remarks) == (Status.RIGHT, exercise.points, []), (seed, report)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_other_correct_answers_score_full_marks(exercise):
    functions, names = _others(exercise)
    # a question with letters has one answer and no other way to write it
    assert len(functions) >= (3 if exercise.signature else 1)
    for i, function in enumerate(functions):
        for seed in seeds.of_answers():
            report = run(exercise, LocalAnswer(function, names), _reference(exercise), seed, transcript=_known(exercise, seed))
            assert (report.status, report.points) == (Status.RIGHT, exercise.points), (i, seed, report)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_each_mistake_is_rejected_and_named(exercise):
    """And the input that is shown for it is one on which a right answer holds: shrinking must not lead astray.

    In `make test` this test looks at one in five, others with each seed. test_known_mistakes judges them all, on the public cases, and the
    doctor in tests/gate one in three.
    """
    names = namespace(exercise.lesson) | exercise.stand_ins
    for i, mistake in enumerate(exercise.mistakes):
        if not seeds.MANY and (i + seeds.one()) % 5:
            continue
        for seed in seeds.of_answers():
            shown = []
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(
                    runner,
                    "_finding",
                    lambda e, name, text, case, miss, shown=shown: shown.append((name, case)) or FINDING(e, name, text, case, miss),
                )
                report = run(exercise, LocalAnswer(mistake.function, names), seed=seed, transcript=_known(exercise, seed))
            assert report.status is not Status.ERROR, (mistake.name, report.detail)
            assert report.points < exercise.points, (mistake.name, seed)
            assert report.mistake == mistake.name, (mistake.name, seed, report)
            assert shown
            for name, case in shown:
                check = next((c for c in exercise.checks if c.name == name), None)
                if check is not None:
                    ask(runner.Trial(exercise, _reference(exercise)), check, case)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_an_answer_that_says_nothing_scores_nothing(exercise):
    assert {name: run(exercise, LocalAnswer(answer)).points for name, answer in EMPTY.items()} == dict.fromkeys(EMPTY, 0)


def test_a_way_of_computing_is_held_or_not_asked():
    """A contract that says how to compute has a check that knows; else it would give full marks for another way, and not say that it is right."""
    free = [(name, words) for name, one in exercises().items() for words, holders in one.clauses.items() if "prose" in holders]
    assert free and not [
        pair for pair in free if re.search(r"\b(by|using|build|found)\b", pair[1], re.IGNORECASE) and "by hand" not in pair[1]
    ]


def test_an_exercise_is_complete():
    for exercise in EXERCISES:
        assert len(exercise.mistakes) >= 3, f"{exercise.name}: an exercise names at least three mistakes"
        assert exercise.hints, f"{exercise.name}: an exercise has hints"
        assert exercise.checks and exercise.asks and 1 <= exercise.difficulty <= 5, exercise.name


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=_name)
def test_the_reference_leaves_its_inputs_alone(exercise):
    answer = _reference(exercise)
    for check in exercise.checks:
        for case in exercise.draw(0, check):
            outcome = answer.call(arguments(case), exercise.program)
            assert not outcome.mutated and not outcome.warnings
            assert equal_values(outcome.value, answer.call(arguments(case), exercise.program).value, nan_agrees=True)


def test_a_lesson_is_found_by_its_name_without_loading_the_others():
    code = """
import sys
from autograder.exercises import lesson
assert lesson("03_partial_derivative").exercises
assert "autograder.exercises.training" not in sys.modules
for name in ("03_partial", "04_partial_derivative", "3_partial_derivative", "partial_derivative", "", "01__lesson", "../x"):
    try:
        raise AssertionError(lesson(name))
    except LookupError as error:
        assert repr(name) in str(error) and "11_review" in str(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert not done.returncode, done.stderr
    assert all(lesson(name) is one for name, one in lessons().items())


@pytest.mark.parametrize(
    "step, mistake", [(1e-3, ""), (1e-4, ""), (5e-5, ""), (1e-5, "step_of_a_first_derivative"), (1e-6, "step_of_a_first_derivative")]
)
def test_anybodys_sensible_step_is_right_and_a_small_one_is_named(step, mistake):
    """With other roundings than our own mistakes have: nobody's difference has the same last digits."""

    def mixed_partials(f, x, i, j, h=None):
        h, x, e = h or step, np.array(x, float), np.eye(len(x))
        a, b = h * e[i], h * e[j]
        return ((f(x + a + b) - f(x + a - b)) - (f(x - a + b) - f(x - a - b))) / (4 * h * h)

    exercise = exercises()["mixed_partials"]
    for seed in range(4):
        report = run(exercise, LocalAnswer(mixed_partials), seed=seed)
        assert (report.mistake, report.points == exercise.points) == (mistake, not mistake), (seed, report)
