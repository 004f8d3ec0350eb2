"""Questions for another day: right answers are right, slips are what they say, and every known mistake comes back in one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.exercises import exercises, lessons
from autograder.recall import kinds, kinds_of
from tests import seeds
from tests.exercises.reference import namespace

ANSWERS = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))
DRAWS = 40


def slope(f, x) -> float:
    """A derivative by a complex step, which no question uses."""
    return float(np.imag(f(x + 1e-30j)) / 1e-30)


@pytest.fixture(scope="module")
def ours() -> SimpleNamespace:
    """The reference answers of all lessons, by name."""
    return SimpleNamespace(**{n: value for lesson in lessons() for n, value in namespace(lesson).items() if n in exercises()})


def drawn(name: str) -> list:
    return [kinds()[name].draw(np.random.default_rng([seeds.one(), draw])) for draw in range(DRAWS)]


@pytest.mark.parametrize("name", list(kinds()))
def test_the_right_answer_is_right(name, ours):
    for question in drawn(name):
        other = eval(ANSWERS[name], {"np": np, "ours": ours, "slope": slope, **question.numbers})
        assert question.is_right(other if question.options else float(other)), (question.text, question.right, other)


@pytest.mark.parametrize("name", list(kinds()))
def test_a_slip_is_told_from_the_right_answer_and_from_other_slips(name):
    for question in drawn(name):
        assert question.clear and question.slips and question.text.endswith("?") and question.why.endswith("."), question.text
        for slip in question.slips:
            assert question.slip(slip.value) == slip and not question.is_right(slip.value) and slip.why.endswith(".")
        if question.options:
            assert {question.right, *(slip.value for slip in question.slips)} == set(question.options)
        assert not [odd for odd in ("+ -", "+ −", "--", "− −") if odd in question.text], question.text


def test_no_other_kind_has_an_answer_by_another_way():
    assert ANSWERS.keys() == kinds().keys()


def test_every_known_mistake_comes_back_in_some_kind_and_no_name_is_made_up():
    known = {f"{exercise.name}.{mistake.name}" for exercise in exercises().values() for mistake in exercise.mistakes}
    assert not {mistake for mistake in known if not kinds_of(mistake)}
    assert not {mistake for kind in kinds().values() for mistake in kind.slips} - known
    assert not {name for kind in kinds().values() for name in kind.revisits} - exercises().keys()
    for kind in kinds().values():
        assert {mistake for q in drawn(kind.name) for slip in q.slips for mistake in slip.mistakes} <= kind.slips, kind.name


def test_the_numbers_of_a_day_are_the_same_all_day_and_others_the_next():
    days = range(740000, 740020)
    for kind in kinds().values():
        assert all(kind.on(day) == kind.on(day) for day in days), kind.name
        few = kind.name == "size_of_the_best_step"  # there are three differences
        assert len({kind.on(day).text for day in days}) >= (3 if few else 6), kind.name


def test_a_number_to_three_digits_is_enough_and_two_are_not():
    question = kinds()["loss_at_the_start"].on(740000)
    assert question.is_right(float(f"{question.right:.3g}")) and not question.is_right(question.right * 1.02)
    assert not question.is_right(float("nan")) and not question.is_right(float("inf"))
