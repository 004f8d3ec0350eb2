"""The tables of lessons: made from the registry, twice the same, and never guessed at where their place is lost."""

import re

import pytest

from autograder.course.lesson_table import BEGIN, END, refresh, table
from autograder.writing.exercise import Lesson


@pytest.fixture
def root(tmp_path):
    (tmp_path / "solutions").mkdir()
    (tmp_path / "README.md").write_text(f"# Title\n\n{BEGIN}\nold\n{END}\nafter\n")
    (tmp_path / "solutions" / "00_start_here.py").write_text(f"# %% [markdown]\n# {BEGIN}\n# {END}\n# after\n")
    return tmp_path


@pytest.fixture
def lessons():
    both = {"01_one": Lesson("01_one", "One", "Why?"), "02_more": Lesson("02_more", "More", "What else?", bonus=True)}
    both["01_one"].minutes, both["02_more"].minutes = 30, 20
    both["01_one"].exercise("first", 3, "does it")
    both["02_more"].exercise("second", 2, "does more")
    return both


def test_both_tables_are_brought_up_to_date_once(root, lessons):
    assert [path.name for path in refresh(lessons, root, check=True)] == ["README.md", "00_start_here.py"]
    assert len(refresh(lessons, root)) == 2 and refresh(lessons, root) == []
    readme, start = (root / "README.md").read_text(), (root / "solutions" / "00_start_here.py").read_text()
    assert "(notebooks/01_one/01_one.ipynb)" in readme and "old" not in readme and readme.endswith("after\n")
    assert "# | [01 One](../01_one/01_one.ipynb) | Why? | 1 | 30 | 3 |" in start and start.endswith("# after\n")
    assert all(line.startswith("#") for line in start.splitlines())


def test_a_bonus_is_shown_and_not_summed(lessons):
    assert "+2" in table(lessons)
    assert re.search(r"\| together \| \| 2 \| 50 \| 3 \|", table(lessons))


def test_a_lost_place_is_an_error(root, lessons):
    (root / "README.md").write_text("# Title\n")
    with pytest.raises(ValueError, match="put them back"):
        refresh(lessons, root)
