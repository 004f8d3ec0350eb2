"""A small course in a temporary folder: two exercises, written like a real lesson."""

import shutil
from pathlib import Path

import pytest

import autograder.files  # noqa: F401 - before nbformat: it knows a quicker way to import it
from autograder.writing.exercise import Lesson, Miss

REPOSITORY = Path(__file__).resolve().parents[2]

TEXT = '''\
# %% [markdown] covers="S1.09 S1.10"
# # Small numbers
# A story with a formula, $a < b$.

# %%
import numpy as np
from autograder import check

# %% [markdown]
# Twice as much.

# %% exercise="double"
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% [markdown]
# ## Then a half

# %% exercise="halve"
def halve(x):
    """Return half of x."""
    ### BEGIN SOLUTION
    secret = x / 2
    return secret
    ### END SOLUTION

# %%
double(3)
'''


def small_lesson() -> Lesson:
    """The registry side of the small lesson, with one known mistake."""
    lesson = Lesson("01_small", "Small numbers", "How much is twice?")
    double = lesson.exercise("double", points=2, asks="twice x", signature="x", difficulty=1, minutes=2)
    halve = lesson.exercise("halve", points=1.5, asks="half of x", signature="x")
    for exercise, wanted in ((double, lambda x: 2 * x), (halve, lambda x: x / 2)):

        @exercise.cases
        def cases(rng):
            yield from ((float(v),) for v in rng.uniform(1, 2, 3))

        @exercise.check()
        def value(t, x, wanted=wanted):
            """the value is right"""
            given = t(x)
            if given != wanted(x):
                raise Miss(given, wanted(x), "it is another number")

    @double.mistake("You multiply x with itself.")
    def squares(x):
        return x * x

    return lesson


@pytest.fixture
def text():
    return TEXT


@pytest.fixture
def lesson():
    return small_lesson()


@pytest.fixture
def course_root(tmp_path):
    """The text of the small course and the real configuration."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "01_small.py").write_text(TEXT)
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def no_other_lessons(monkeypatch):
    """These tests have their own lesson; whatever state the course's lessons are in is none of their business."""
    monkeypatch.setattr("autograder.exercises.exercises", dict)
