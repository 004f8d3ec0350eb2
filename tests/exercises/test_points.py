"""Points measure what is right: one wrong part of what is returned does not take the points of the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reference import namespace

import autograder.engine.runner as runner
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer
from autograder.writing import Items, Mapping

pytestmark = pytest.mark.slow

# parts without which nothing else that is asked has a meaning
FIRST = {
    ("secant_line", 0): "a line with another slope through no point of the curve",
    ("standardize", 0): "the test set is judged by the ruler that the training set shows",
    ("train_fnn", 0): "the losses are those along the path of the parameters",
    ("vjp_softmax", 0): "the second part is the program's: whether a matrix was built",
    ("gradcheck", 0): "the second part is the program's: what the parameters are afterwards",
    ("backward", 0): "the other parts are the program's: what the nodes hold besides",
    ("zero_grad", 0): "the other parts are the program's: what the nodes hold besides",
    ("operators", 0): "every operator makes both parts: another slope than the wanted one of a wrong number is no promise",
    ("operators", 1): "as before",
    ("fnn_backward", "z"): "the program's: the forward pass",
    ("nudge", "W0"): "one entry of one array is moved, and all others are where they were",
    ("nudge", "b1"): "as before",
}  # fmt: skip


class _Spoilt(LocalAnswer):
    """An answer with one part of what it returns made wrong."""

    part: object = None
    driver = ""

    def call(self, args, program="", counted=False):
        outcome = super().call(args, program, counted)
        if outcome.raised or program != self.driver:  # other programs ask for what every exercise promises
            return outcome
        parts = dict(outcome.value) if isinstance(outcome.value, dict) else dict(enumerate(outcome.value))
        if self.part in parts:
            parts[self.part] = _wrong(parts[self.part])
        return replace(outcome, value=parts if isinstance(outcome.value, dict) else tuple(parts.values()))


def _wrong(value):
    if isinstance(value, dict):
        return {key: _wrong(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(_wrong(part) for part in value)
    if isinstance(value, (bool, np.bool_)):
        return not value
    return f"{value}x" if isinstance(value, str) else value + 3 if isinstance(value, (int, np.integer)) else value * 1.5 + 1


# an input that catches somebody else's mistake is one thing, in however many arrays
PARTED = [
    exercise
    for exercise in exercises().values()
    if isinstance(exercise.returns, (Items, Mapping)) and not exercise.name.startswith("catch_")
]


@pytest.mark.parametrize("exercise", PARTED, ids=lambda exercise: exercise.name)
def test_a_wrong_part_leaves_points_for_the_others(exercise, monkeypatch):
    monkeypatch.setattr(runner, "_diagnose", lambda *_: None)
    monkeypatch.setattr(runner, "smallest", lambda trial, check, case, miss: (case, miss))
    names = namespace(exercise.lesson)
    answer, first = _Spoilt(names[exercise.name], names), next(iter(exercise.draw(0)))
    value = LocalAnswer(names[exercise.name], names).call(runner.arguments(first), exercise.program).value
    for part in value if isinstance(value, dict) else range(len(value)):
        answer.part, answer.driver = part, exercise.program
        report = run(exercise, answer)
        points = report.points
        assert report.status.value != "error", report.detail
        assert points < exercise.points, f"part {part} wrong, and full marks"
        assert (points > 0) != ((exercise.name, part) in FIRST), (part, points)
