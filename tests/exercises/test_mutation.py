"""The mutation run itself: slips do something, idle mutants are told from holes, explanations are of mutants that can exist."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import mutate
import numpy as np
import student_slips

from autograder.exercises import exercises


def mutants(exercise: str, label: str = "reference") -> dict[str, mutate.Mutant]:
    rights = (right for right in mutate.right_answers(exercises()[exercise].lesson) if right.exercise.name == exercise)
    return {mutant.spot: mutant for right in rights if right.label == label for mutant in mutate.mutants_of(right)}


def plain(x, h=0.5):
    return np.asarray(x) * h - 1 / 3


def outcome(function, calls) -> list:
    """What came back, whether it stayed, and what became of the arguments."""
    given = [tuple(np.array(arg) if isinstance(arg, np.ndarray) else arg for arg in args) for args in calls]
    results = [function(*args) for args in given]
    return [repr((result, args)) for result, args in zip(results, given)]


def test_every_slip_of_numbers_and_arrays_shows_in_some_call():
    tables = np.array([[3.1, -40.0], [1 / 3, 2.0]]), np.array([[-1.0, 5.0], [7.0, 0.1]])
    calls = [
        (tables[0], 0.1),
        (tables[1], 0.1),
        (tables[1], 0.3),
        (np.array([2.0, 1.0]), -40.0),
        (np.ones((2, 1, 2)), 0.1),
        (np.array([1, 2]), 0.1),
    ]
    unseen = {name for name, slip in student_slips.wrapped(plain) if outcome(slip, calls) == outcome(plain, calls)}
    # what does nothing to such calls: no NaN, no functions, no generators, no result that equals an argument
    assert unseen == {
        "NaN and infinity hidden",
        "cached without functions",
        "cached by the functions",
        "the same result again",
        "sorts h",
        "flattens h",
        "only the first two axes of h",
        "own generator for x",
        "own generator for h",
        "hands x out",
        "hands h out",
        "changes h",
        "result in the type of h",
    }


def test_slips_in_the_text_change_one_spot():
    tree = ast.parse("def f(x):\n    x = np.array(x, float)\n    return abs(x) / x.sum(axis=0) < 1e-6\n")
    changed = [ast.unparse(mutant) for _, mutant in student_slips.in_the_text(tree, 1, 3)]
    assert len(set(changed)) == len(changed) >= 7
    assert "def f(x):\n    x = x\n    return abs(x) / x.sum(axis=0) < 1e-06" in changed
    assert "def f(x):\n    x = np.array(x, float)\n    return not abs(x) / x.sum(axis=0) >= 1e-06" in changed


def test_what_is_remembered_from_another_call_is_noticed():
    found = mutants("relu_backward")
    assert mutate.rejected(found["keeps cache from the first call"]) and mutate.rejected(found["one buffer for all results"])


def test_what_is_remembered_of_a_function_is_noticed():
    for exercise in ("difference_quotient", "mixed_partials", "gradient", "jvp"):
        assert mutate.rejected(mutants(exercise)["cached by the functions"]), exercise


def test_a_result_that_is_handed_out_twice_is_noticed():
    for exercise in ("basis_vector", "difference_quotient", "gradient"):
        mutant = mutants(exercise)["the same result again"]
        assert mutate.rejected(mutant) and not mutate.is_idle(mutant), exercise


def test_an_idle_mutant_is_told_from_one_that_does_something():
    found = mutants("relu_backward")
    assert mutate.is_idle(found["own generator for dA"])
    assert not mutate.is_idle(found["no sign of dA"])


def test_explanations_are_of_exercises():
    explained = tomllib.loads((Path(mutate.__file__).with_name("equivalent_mutants.toml")).read_text(encoding="utf-8"))
    assert explained.keys() <= exercises().keys()
