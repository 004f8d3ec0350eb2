"""A teacher's own test cell in lesson 01, through nbgrader's command and through ours, judged for real: the same, field by field."""

import copy
import os
import shutil
from dataclasses import replace

import nbformat
import pytest
from course.judged import files, rows
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from test_nbgrader_end_to_end import LESSON, REPOSITORY, answer, cell, copy_of, hand_in, solved

from autograder.course.release import _generate as generate
from autograder.files.course import Course
from autograder.files.settings import nbgrader_config
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.nbgrader_steps import the_judge
from autograder.gradebook.registration import open_gradebook
from autograder.gradebook.teacher_tests import teacher_tests
from autograder.judge import verdicts
from autograder.judge.coordinator import grade_all
from autograder.judge.signing import CourseKey

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="the judge needs a system that can fork")]

OWN = """assert quotient_cubic(1.0, 0.5) > 0
### BEGIN HIDDEN TESTS
assert difference_quotient(np.sin, 0.0, 1.0) == np.sin(1.0)
### END HIDDEN TESTS"""
MARKS = {"grade_id": "own", "grade": True, "solution": False, "locked": True, "task": False, "points": 5, "schema_version": 3}
WRONG = "def difference_quotient(f, x, h):\n    return 7.0"  # passes what is shown of the test


def with_answer(source):
    def edit(notebook):
        solved(notebook)
        answer("difference_quotient", source)(notebook)

    return edit


def edited(notebook):
    with_answer(WRONG)(notebook)
    cell(notebook, "own").source = "5"


def deleted(notebook):
    with_answer(WRONG)(notebook)
    notebook.cells.remove(cell(notebook, "own"))


CLASS = {
    "right": (solved, 5),
    "edited": (edited, 0),
    "deleted": (deleted, 0),
    "leaving": (with_answer("def difference_quotient(f, x, h):\n    import os\n    os._exit(0)"), 0),
    # the promise that such cells cannot keep: they run where the student's code may do as it likes
    "lying": (with_answer("class Yes(float):\n    __eq__ = lambda *a: True\ndef difference_quotient(f, x, h):\n    return Yes(0)"), 5),
}


def nbgrader(course, converter, student="*"):
    """One of nbgrader's commands, in this process: importing it anew costs more than all the rest."""
    config = nbgrader_config(course)
    config.CourseDirectory.assignment_id, config.CourseDirectory.student_id = LESSON, student
    said = capture_log(converter(coursedir=CourseDirectory(config=config), config=config))
    assert said["success"], said


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """Two copies of one course, secret seed included, graded by nbgrader and by us."""
    course = Course(tmp_path_factory.mktemp("course"))
    shutil.copytree(REPOSITORY / "solutions" / LESSON, course.root / "solutions" / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    source = nbformat.read(course.source(LESSON), as_version=4)
    source.cells.append(nbformat.v4.new_code_cell(OWN, id="own", metadata={"nbgrader": MARKS}))
    nbformat.write(source, course.source(LESSON))
    CourseKey.load(course.root)
    generate([LESSON], course, course)
    release = nbformat.read(course.release(LESSON), as_version=4)
    assert "np.sin" not in cell(release, "own").source
    for student, (edit, _) in CLASS.items():
        notebook = copy.deepcopy(release)
        edit(notebook)
        hand_in(course, student, nbformat.v4.writes(notebook))
    own = teacher_tests(course, LESSON)  # brings the lesson into the gradebook
    other = copy_of(course, tmp_path_factory.mktemp("other"))
    here = os.getcwd()
    os.chdir(other.root)  # where nbgrader's commands work
    try:
        nbgrader(other, Autograde)
    finally:
        os.chdir(here)
        the_judge(other.root, "auto").__exit__()
    nbgrader(other, GenerateFeedback, "lying")

    first = grade_all(course.root, LESSON, jobs=2, tests=own)
    entered = enter_grades(LESSON, course.root)
    nbgrader(course, GenerateFeedback, "lying")
    return course, other, first, entered


def test_both_doors_leave_the_same_rows_notebooks_and_feedback(courses):
    course, other, _, entered = courses
    ours, theirs = rows(course), rows(other)
    for table in ours | theirs:
        assert ours[table] == theirs[table], table
    for step in ("autograded", "feedback"):
        ours, theirs = files(course, step), files(other, step)
        assert ours.keys() == theirs.keys() and any(name.startswith(f"{step}/lying/") for name in ours)
        assert [name for name in ours if ours[name] != theirs[name]] == []
    assert entered.untrusted == ["own"] and not entered.failed and not entered.errors


def test_the_points_are_what_the_process_says(courses):
    with open_gradebook(courses[0]) as gradebook:
        assert {name: gradebook.find_grade("own", LESSON, LESSON, name).auto_score for name in CLASS} == {
            name: points for name, (_, points) in CLASS.items()
        }
        assert gradebook.find_grade("check-difference_quotient", LESSON, LESSON, "lying").auto_score == 0  # the judge's own is not fooled


def test_what_is_unchanged_is_kept_until_a_test_changes(courses):
    course, _, first, _ = courses
    assert all(result.fresh for result in first.results)
    own = teacher_tests(course, LESSON)
    assert verdicts.read(course.root, LESSON, "right")[1]["versions"]["tests"] == own.digest
    assert not any(result.fresh for result in grade_all(course.root, LESSON, jobs=1, tests=own).results)
    changed = replace(own, digest="another")
    assert [result.fresh for result in grade_all(course.root, LESSON, jobs=1, tests=changed, only=["right"]).results] == [True]
