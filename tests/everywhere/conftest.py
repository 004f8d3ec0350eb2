"""A course of two lessons in a folder with a trying name, and a class that was graded there."""

from __future__ import annotations

import shutil

import pytest
from elsewhere import LESSON, ROOT, run

from autograder.files.course import Course

NAME = "Analysis? #1 100%25 (ü) {y} & 'co'"


@pytest.fixture(scope="session")
def course(tmp_path_factory) -> Course:
    """Lessons 00 and 01, and one hand-in with our answers and one with none. The folder is alone in its parent."""
    course = Course(tmp_path_factory.mktemp("everywhere") / NAME)
    for lesson in ("00_start_here", LESSON):
        for tree in (ROOT / "solutions", ROOT / "notebooks"):
            shutil.copytree(tree / lesson, course.root / tree.name / lesson)
        shutil.copy(ROOT / "solutions" / f"{lesson}.py", course.solutions)
    shutil.copytree(ROOT / "data", course.data)
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    (course.root / "home").mkdir()
    for student, notebook in (("anna", course.source(LESSON)), ("ben", course.release(LESSON))):
        path = course.submitted(LESSON, student)
        path.parent.mkdir(parents=True)
        shutil.copy(notebook, path)
    return course


@pytest.fixture(scope="session")
def graded(course) -> Course:
    """The same course after `grade`."""
    said, code = run(course, "grade", LESSON)
    assert code == 0 and "gradebook: 2 grades entered" in said, said
    return course
