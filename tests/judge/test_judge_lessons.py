"""Every lesson of the course through the judge's door: the reference gets full marks, the untouched notebook a polite nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import seeds

from autograder.exercises import lessons
from autograder.files.course import Course
from autograder.judge.grade import Judge

ROOT = Path(__file__).parents[2]
BUILT = [name for name in lessons() if Course(ROOT).source(name).exists()]


@pytest.fixture(scope="module")
def judge(level, tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    for folder in ("solutions", "notebooks", "data"):
        (root / folder).symlink_to(ROOT / folder)
    with Judge(root, level) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("name", BUILT)
def test_the_reference_gets_full_marks(judge, name):
    """At the strongest level each lesson, at the other one in three, others with each seed."""
    if judge.level == "standard" and not seeds.MANY and (int(name[:2]) + seeds.one()) % 3:
        pytest.skip("one lesson in three with each seed at this level; `make thorough` takes all")
    sheet = judge.grade(Course(ROOT).source(name), name, "reference")
    assert sheet.points == judge.lesson(name).points, {
        n: (r.status, r.detail) for n, r in sheet.reports.items() if r.points != r.max_points
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", BUILT)
def test_the_untouched_notebook_gets_nothing(judge, name):
    sheet = judge.grade(ROOT / "notebooks" / name / f"{name}.ipynb", name, "nobody")
    assert not sheet.is_error and sheet.points == 0, {n: (r.status, r.points) for n, r in sheet.reports.items() if r.points}
