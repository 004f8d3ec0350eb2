"""Until when a hand-in counts: nbgrader's due date, longer for whom it was extended."""

import datetime

import pytest

from autograder.course.release import build
from autograder.files.course import Course
from autograder.gradebook.deadlines import deadlines
from autograder.gradebook.registration import open_gradebook, register

DUE = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


@pytest.mark.slow
def test_a_students_deadline_is_the_due_date_and_the_extension(course_root, lesson):
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    assert deadlines(course, lesson.name)("ada") is None
    with open_gradebook(course) as gradebook:
        register(course, lesson.name, gradebook)
    assert deadlines(course, lesson.name)("ada") is None and deadlines(course, "02_more")("ada") is None
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(lesson.name, duedate="2026-11-20 12:00:00 UTC")
        for student in ("ada", "bob"):
            gradebook.add_student(student)
            gradebook.add_submission(lesson.name, student)
        gradebook.grant_extension(lesson.name, "bob", days=2)
    due = deadlines(course, lesson.name)
    assert due("ada") == due("new") == DUE and due("bob") == DUE + datetime.timedelta(days=2)


def test_without_settings_there_is_no_deadline(tmp_path):
    assert deadlines(Course(tmp_path), "01_small")("ada") is None
