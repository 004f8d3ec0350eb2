"""A lesson in parts: their minutes, what is to be run again, what a part may not be."""

import pytest

from autograder.course.lesson import source_notebook
from autograder.course.lesson_table import time
from autograder.course.lessons_file import refresh
from autograder.course.parts import MOST_MINUTES, needed, split, too_long
from autograder.course.percent import read_cells
from autograder.course.problems import LessonError
from autograder.course.reading_time import timed
from autograder.exercises import lessons
from autograder.writing import Lesson

TEXT = '''# %% [markdown]
# # 3 · A test
# About {{minutes}} minutes. {{parts}}

# %%
import numpy as np

# %% [markdown]
# ## Part 1: begin
# About {{part_minutes}} minutes.

# %%
base = np.ones(3)


# %% exercise="halve"
def halve(x):
    """Half of x."""
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION

# %%
def unused(x):
    return base

# %% [markdown]
# ### A place to stop
# {{resume}}

# %% [markdown]
# ## Part 2: go on
# About {{part_minutes}} minutes.

# %%
x = 3
print(x)


# %% exercise="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return 4 * halve(x) + helper(base)
    ### END SOLUTION


# %%
def helper(x):
    return x
'''


@pytest.fixture
def two():
    lesson = Lesson("03_test", "A test", "Which?")
    lesson.exercise("halve", 1, "halves", minutes=11)
    lesson.exercise("double", 1, "doubles", minutes=31, needs=("unused",))
    return lesson


def cells():
    return [cell for _, cell in read_cells(TEXT, "test")]


def test_each_part_is_told_its_own_minutes_and_the_lesson_their_sum(two):
    told = "\n".join(cell.source for cell in source_notebook(TEXT, two).cells)
    assert "About 50 minutes. 1 begin (15 min) · 2 go on (35 min)" in told
    assert "## Part 1: begin\nAbout 15 minutes." in told and "## Part 2: go on\nAbout 35 minutes." in told
    assert [(part.title, part.exercises) for part in timed(cells(), two)] == [("begin", ("halve",)), ("go on", ("double",))]


def test_what_must_be_run_again_is_what_the_next_part_and_its_checks_use(two):
    (_, first), (_, second) = split(cells())
    assert needed(first, second, two) == ["base", "halve", "unused"]
    assert needed(first, second, Lesson("03_test", "A test", "Which?")) == ["base", "halve"]
    told = "\n".join(cell.source for cell in source_notebook(TEXT, two).cells)
    assert "run the cell with the imports, then the cells that make `base`, `halve`, `unused`." in told


def test_parts_that_are_not_counted_up_are_refused_with_their_line(two):
    with pytest.raises(LessonError, match=r"lesson\.py:31: part 3 comes where part 2 should"):
        source_notebook(TEXT.replace("## Part 2", "## Part 3"), two)


def test_a_lesson_without_headings_is_one_part(two):
    one = timed([cell for cell in cells() if "## Part" not in cell.source], two)
    assert [(part.title, part.exercises) for part in one] == [("", ("halve", "double"))]
    two.parts, two.minutes = one, one[0].minutes
    assert time(two) == str(two.minutes)


def test_the_doctor_refuses_a_part_that_no_evening_holds(two, tmp_path):
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "03_test.py").write_text(TEXT, encoding="utf-8")
    refresh({two.name: two}, tmp_path, check=True)
    assert list(too_long({two.name: two})) == [] and time(two) == "50 (15 + 35)"
    two.exercises["double"].minutes = MOST_MINUTES
    refresh({two.name: two}, tmp_path, check=True)
    (found,) = too_long({two.name: two})
    assert found.startswith("solutions/03_test.py: part 2, go on, takes 95 minutes, at most 90") and "## Part 3:" in found


def test_the_registry_knows_the_parts_of_a_registry_without_texts():
    for lesson in lessons().values():
        assert sum(part.minutes for part in lesson.parts) == lesson.minutes
        assert [name for part in lesson.parts for name in part.exercises] == list(lesson.exercises)
        assert all(0 < part.minutes <= MOST_MINUTES and part.exercises for part in lesson.parts)
