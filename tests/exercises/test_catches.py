"""Exercises that ask for an input: the wrong functions are those of the lesson's notebook, and inputs of every kind are judged by what they are."""

import ast
import importlib
import json

import numpy as np
import pytest
from reference import ROOT, namespace

from autograder.engine.report import CheckStatus, Status
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer
from autograder.writing import Labels, Reals, Step
from autograder.writing.outside import MOST_ENTRIES, outside

CATCHES = {name: exercise for name, exercise in exercises().items() if any(check.name == "it_is_an_input" for check in exercise.checks)}


def wrong_functions(exercise) -> dict:
    """The wrong functions that an exercise judges by, as its module has them."""
    module = importlib.import_module(f"autograder.exercises.{exercise.lesson.partition('_')[2]}.caught")
    names = [check.name.removeprefix("catches_") for check in exercise.checks if check.name.startswith("catches_")]
    return {name: getattr(module, name) for name in names}


def report_of(exercise, value):
    return run(exercise, LocalAnswer(lambda: value, {exercise.name: lambda: value}))


def test_every_lesson_has_one():
    assert {exercise.lesson for exercise in CATCHES.values()} == {exercise.lesson for exercise in exercises().values()}


@pytest.mark.parametrize("exercise", CATCHES.values(), ids=CATCHES)
def test_the_cell_above_shows_the_functions_that_are_judged(exercise):
    cells = json.loads((ROOT / "notebooks" / exercise.lesson / f"{exercise.lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    place = next(i for i, cell in enumerate(cells) if cell["metadata"].get("exercise") == exercise.name)
    names: dict = {"np": np}
    exec("".join(cells[place - 2]["source"]), names)  # the line with points and minutes lies between
    arguments = [np.asarray(part, float) for part in exercise_input(exercise)]
    for name, function in wrong_functions(exercise).items():
        assert np.array_equal(outcome(names[name], arguments), outcome(function, arguments))


def exercise_input(exercise) -> tuple:
    value = namespace(exercise.lesson)[exercise.name]()
    return value if isinstance(exercise.mistakes[0].function(), tuple) else (value,)


def outcome(function, arguments):
    """What a function returns, or the name of what it raises."""
    try:
        return function(*(part.copy() for part in arguments))
    except ValueError as error:
        return type(error).__name__


@pytest.mark.parametrize("lesson", sorted({exercise.lesson for exercise in CATCHES.values()}))
def test_the_text_of_a_lesson_does_not_write_them_again(lesson):
    written = {
        node.name
        for node in ast.walk(ast.parse((ROOT / "solutions" / f"{lesson}.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    for exercise in CATCHES.values():
        assert exercise.lesson != lesson or not written & {function.__name__ for function in exercise.given}


@pytest.mark.parametrize("exercise", CATCHES.values(), ids=CATCHES)
def test_an_input_on_which_a_wrong_function_is_right_says_so(exercise):
    for mistake in exercise.mistakes:
        report = report_of(exercise, mistake.function())
        assert report.status is not Status.ERROR and report.points < exercise.points
        assert "Both give the same there" in report.first_miss.why and report.mistake == mistake.name
        valid = next(finding for finding in report.findings if finding.check == "it_is_an_input")
        assert valid.status is CheckStatus.PASS


@pytest.mark.parametrize("exercise", CATCHES.values(), ids=CATCHES)
def test_what_is_no_input_is_a_miss_and_never_an_error(exercise):
    right = namespace(exercise.lesson)[exercise.name]()
    single = not isinstance(exercise.mistakes[0].function(), tuple)
    parts = [right] if single else list(right)
    spoiled = [np.full(np.shape(parts[0]), value) for value in (np.nan, np.inf, 1e200)] + [np.zeros((2, 1, 2)), "text", np.zeros(0), 1j]
    for first in spoiled:
        report = report_of(exercise, first if single else (first, *parts[1:]))
        assert report.status is not Status.ERROR and report.points == 0, (first, report.detail)


def test_the_domains_say_what_is_wrong():
    domains = {"A": Reals("m n", high=10), "x": Reals("n", positive=True), "h": Step(high=1, low=0.01), "k": Labels("m", 3)}
    fine = [np.ones((2, 3)), np.ones(3), np.array(-0.5), np.array([0.0, 2.0])]
    assert outside(domains, tuple(fine)) == ""
    for place, value, said in (
        (0, np.full((2, 3), 11.0), "A holds a number larger than 10"),
        (0, np.full((2, 3), 1e-9), "A holds a number smaller than"),
        (0, np.full((2, 3), np.nan), "A holds a number that is not finite"),
        (0, np.ones(3), "A must be a matrix"),
        (0, np.ones((1, MOST_ENTRIES + 1)), "A has 1001 entries"),
        (1, np.ones(2), "x has the shape (2,); the axis n is of length 3"),
        (1, np.array([1.0, 0.0, 1.0]), "x must be positive"),
        (2, np.array(0.0), "h must not be 0"),
        (3, np.array([0.0, 1.5]), "k must be whole numbers from 0 to 2"),
        (3, np.array([0.0, 3.0]), "k must be whole numbers from 0 to 2"),
    ):
        assert outside(domains, tuple(value if k == place else one for k, one in enumerate(fine))).startswith(said)
