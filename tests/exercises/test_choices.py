"""Every multiple-choice question has one right option, and something outside the exercise says of each option whether it is that one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from autograder.exercises import exercises

ROOT = Path(__file__).resolve().parents[2]
WHY = tomllib.loads(Path(__file__).with_name("choices.toml").read_text(encoding="utf-8"))


def options(exercise) -> dict[str, bool]:
    """{letter: whether it is the right one} of a choice, {} of any other exercise."""
    wrong = {mistake.name[-1] for mistake in exercise.mistakes if mistake.name.startswith("option_")}
    letters = "abcde" if "e" in wrong else "abcd"
    return {letter: letter not in wrong for letter in letters} if wrong else {}


CHOICES = {name: options(exercise) for name, exercise in exercises().items() if options(exercise)}


def words(text: str) -> str:
    """A lesson's text without the marks of its source, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"(?m)^#\s?", "", text))


COURSE = words("\n".join(p.read_text(encoding="utf-8") for p in [*ROOT.glob("solutions/*.py"), *ROOT.glob("solutions/00_start_here/*.md")]))


def slope(f, x):
    """The derivative of f at x by a complex step: no formula of ours, and exact."""
    return np.imag(f(x + 1e-30j)) / 1e-30


def test_every_option_of_every_question_has_its_reason():
    assert {name: set(letters) for name, letters in CHOICES.items()} == {name: set(reasons) - {"given"} for name, reasons in WHY.items()}


@pytest.mark.parametrize("name", CHOICES)
def test_the_right_option_holds_and_the_others_do_not(name):
    names = {"np": np, "slope": slope}
    exec(WHY[name].get("given", ""), names)
    for letter, right in CHOICES[name].items():
        reason = WHY[name][letter]
        if isinstance(reason, dict):
            assert words(reason["says"]) in COURSE, (name, letter)
        else:
            assert bool(eval(reason, names)) == right, (name, letter, reason)
