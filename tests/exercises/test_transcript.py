"""A transcript of the reference makes a report sooner, and never another one."""

from __future__ import annotations

import importlib
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import seeds
from reference import namespace

from autograder.engine.report import Status
from autograder.engine.runner import run, transcribe
from autograder.exercises import lessons
from autograder.shared.answer import LocalAnswer
from autograder.shared.values import fresh

pytestmark = pytest.mark.slow

SEED = seeds.one()
LESSONS = list(lessons()) if seeds.MANY else ["01_derivative", "04_gradient", "06_generalized_jacobian"]


class Playing(LocalAnswer):
    """An answer that makes all calls of a script in one go, as the one behind a pipe does; and is asked for what came of them."""

    remote = True
    outcomes = ()

    def play(self, script):
        self.script, self.left = script, list(script.uses)
        self.made = [super(Playing, self).call(args, program) for args, program in zip(script.calls, script.programs)]
        self.outcomes = [replace(made, warnings=_names(made.warnings)) for made in self.made]

    def use(self, places):
        for place in places:
            self.left[place] -= 1

    def prefetch(self, calls, program=""):
        pass

    def call(self, args, program="", counted=False):
        for place, (known, its) in enumerate(zip(self.script.calls, self.script.programs)):
            if not counted and self.left[place] > 0 and its == program and tuple(map(id, known)) == tuple(map(id, args)):
                self.left[place] -= 1
                return replace(self.made[place], value=fresh(self.made[place].value))
        return super().call(args, program, counted)


def _names(warnings):
    return tuple(text.partition(":")[0] for text in warnings)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_report_is_the_same_with_a_transcript(lesson):
    names = namespace(lesson)
    others = importlib.import_module(f"answers.a{lesson}")
    for exercise in lessons()[lesson].exercises.values():
        reference = LocalAnswer(names[exercise.name], names)
        transcript = transcribe(exercise, reference, seed=SEED)
        answers = [(function, names | vars(others)) for function in (reference.function, *others.ANSWERS.get(exercise.name, ()))]
        for function, its in [*answers, *((mistake.function, exercise.stand_ins) for mistake in exercise.mistakes)]:
            plain = run(exercise, LocalAnswer(function, its), reference, seed=SEED, public=False)
            again = run(exercise, Playing(function, its), reference, seed=SEED, public=False, transcript=transcript)
            assert plain.to_json() == again.to_json(), (exercise.name, function)


def test_what_agrees_in_every_bit_is_not_checked_again_and_what_differs_in_one_is():
    exercise, names = lessons()["01_derivative"].exercises["secant_line"], namespace("01_derivative")
    reference = LocalAnswer(names[exercise.name], names)
    transcript = transcribe(exercise, reference, seed=SEED)
    asked = []
    transcript.cases.checks = [replace(c, function=partial(_listen, asked, c.name, c.function)) for c in transcript.cases.checks]
    assert run(exercise, Playing(reference.function), reference, seed=SEED, public=False, transcript=transcript).status is Status.RIGHT
    assert asked == ["leaves_arguments_alone", "parts_are_apart"], "these look at the calls, and make none"

    def rounded_otherwise(f, x, h):
        line = reference.function(f, x, h)
        return tuple(np.nextafter(part, np.inf) for part in line)

    assert run(exercise, Playing(rounded_otherwise), reference, seed=SEED, public=False, transcript=transcript).status is Status.RIGHT
    assert {check.name for check in transcript.cases.checks if transcript.cases.of(check)} == set(asked)


def _listen(asked, name, function, t, *case):
    asked.append(name)
    return function(t, *case)
