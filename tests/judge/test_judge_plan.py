"""What of a judge's answer is signed: a sheet on exactly what was asked for. And who may grade at the same time."""

from __future__ import annotations

import dataclasses
import os

import pytest

from autograder.engine.report import Report, Sheet, Status
from autograder.files.course import Course
from autograder.judge.locks import Busy, running
from autograder.judge.plan import Answer, NotAccepted, Plan
from autograder.judge.submission import BadNotebook, MissingNotebook
from judge import tiny

VERSIONS = {"course": "1", "core": "abc", "tests": "def"}


@pytest.fixture
def asked(tmp_path):
    root = tiny.course(tmp_path)
    tiny.submit(root, "ada", tiny.notebook())
    plan = Plan(tiny.lesson(), 7, "standard", VERSIONS)
    hand_in = plan.hand_in(Course(root), "ada")
    hand_in.read()
    reports = {name: Report(name, points, points, Status.RIGHT) for name, points in tiny.POINTS.items()}
    return plan, hand_in, Sheet(tiny.NAME, "ada", "graded", reports, "", hand_in.submission, "standard", 7, dict(VERSIONS))


def test_what_was_asked_for_is_accepted(asked):
    plan, hand_in, sheet = asked
    assert plan.accept(Answer(hand_in, sheet)) is sheet
    without = dataclasses.replace(sheet, versions={"course": "1", "core": "abc"})
    assert plan.accept(Answer(hand_in, without)) is without, "a notebook that has no place for the teacher's tests"


@pytest.mark.parametrize(
    "change, word",
    [
        ({"student": "bob"}, "student"),
        ({"lesson": "01_derivative"}, "lesson"),
        ({"submission": "0" * 64}, "notebook"),
        ({"seed": 8}, "hidden cases"),
        ({"level": "weak"}, "level"),
        ({"versions": {**VERSIONS, "core": "other"}}, "versions"),
        ({"reports": {}}, "exercises"),
        ({"reports": {name: Report(name, points, points + 1) for name, points in tiny.POINTS.items()}}, "points"),
        ({"reports": {name: Report(name, points, float("nan")) for name, points in tiny.POINTS.items()}}, "points"),
    ],
)
def test_anything_else_is_not(asked, change, word):
    plan, hand_in, sheet = asked
    with pytest.raises(NotAccepted, match=word):
        plan.accept(Answer(hand_in, dataclasses.replace(sheet, **change)))


def test_why_there_is_none_is_told_and_what_cannot_be_read_is_the_students(asked):
    plan, hand_in, _ = asked
    with pytest.raises(NotAccepted, match="was killed 3 times"):
        plan.accept(Answer(hand_in, "the process that judged it was killed 3 times"))
    for problem, status in ((BadNotebook("a link"), "malformed"), (MissingNotebook("gone"), "missing")):
        sheet = plan.accept(Answer(hand_in, problem))
        assert (sheet.status, sheet.is_error, sheet.versions) == (status, False, VERSIONS)
        assert sheet.reports.keys() == tiny.POINTS.keys()


def free(course: Course, *part: int) -> bool:
    try:
        with running(course, tiny.NAME, part):
            return True
    except Busy:
        return False


def test_parts_of_one_division_run_side_by_side_and_nothing_else_does(tmp_path):
    course = Course(tmp_path)
    with running(course, tiny.NAME, (1, 3)):
        assert free(course, 2, 3) and free(course, 3, 3)
        assert not free(course, 1, 3), "the same part"
        assert not free(course, 1, 1), "everybody"
        assert not free(course, 2, 2), "another division"
        with running(course, tiny.NAME, (2, 3)):
            pass
        assert not free(course, 1, 1)
    with running(course, tiny.NAME, (1, 1)):
        with pytest.raises(Busy, match=rf"process {os.getpid()}\) grades {tiny.NAME} already; wait"):
            with running(course, tiny.NAME, (1, 2)):
                pass
        with running(course, "92_another_lesson", (1, 1)):
            pass
    assert free(course, 1, 2), "and when they ended, all is free"
