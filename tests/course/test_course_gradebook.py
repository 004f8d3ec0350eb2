"""Grades in bulk: what ends in the gradebook and in autograded/ is what nbgrader's own autograde leaves there, and no more."""

import copy
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from judged import ANSWERS, autograde, fake_grade, files, grade_class, hand_in, rows, write_verdict

from autograder.course.release import build
from autograder.engine.report import Status
from autograder.files.course import Course
from autograder.gradebook.clerk import Clerk
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.registration import RegistrationError, open_gradebook, register

pytestmark = pytest.mark.slow
WRONG = {"double": "def double(x):\n    return x * x", "halve": "def halve(x):\n    return x / 2"}


@pytest.fixture
def course(course_root, lesson):
    build(course_root, lessons={lesson.name: lesson})
    return Course(course_root)


def scores(course: Course) -> dict[tuple[str, str], tuple]:
    query = """select s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade from grade g
        join base_cell b on g.cell_id = b.id join submitted_notebook n on n.id = g.notebook_id
        join submitted_assignment s on s.id = n.assignment_id"""
    found = sqlite3.connect(course.work / "gradebook.db").execute(query)
    return {(student, cell): tuple(values) for student, cell, *values in found}


def a_class(course: Course) -> None:
    """Honest, wrong, odd and broken submissions."""
    hand_in(course, "ada", ANSWERS)
    hand_in(course, "bob", WRONG)
    hand_in(course, "cyd")  # nothing written
    hand_in(course, "dan").write_text("{bad")
    hand_in(course, "eve", ANSWERS).rename(course.submitted("01_small", "eve").with_name("copy.ipynb"))
    hand_in(
        course, "fay", ANSWERS, lambda nb: nb.cells.append(nbformat.from_dict({**copy.deepcopy(nb.cells[5]), "id": "copied"}))
    )  # a copied check cell
    hand_in(course, "gus", ANSWERS, lambda nb: nb.cells[4].metadata.nbgrader.update(schema_version=17))
    hand_in(course, "hal", ANSWERS, lambda nb: nb.cells[5].metadata.nbgrader.update(points=100, grade_id="check-halve"))
    hand_in(course, "ivy", ANSWERS, lambda nb: nb.cells.pop(5))  # a deleted check cell
    hand_in(course, "jan", WRONG, lambda nb: nb.cells[5].update(source="2"))  # an edited one
    hand_in(course, "kim", ANSWERS, lambda nb: nb.cells[4].update(cell_type="raw"))
    hand_in(course, "lou", ANSWERS, lambda nb: nb.metadata.update(kernelspec={"name": "evil", "display_name": "e", "language": "e"}))
    hand_in(course, "max", ANSWERS, lambda nb: setattr(nb, "cells", []))
    extra = hand_in(course, "ned", ANSWERS).parent
    (extra / "notes.txt").write_text("mine")


def test_bulk_and_nbgrader_leave_the_same_rows_and_the_same_files(course, lesson, tmp_path_factory, monkeypatch):
    a_class(course)
    other = Course(tmp_path_factory.mktemp("other"))
    shutil.copytree(course.root, other.root, dirs_exist_ok=True)
    grade_class(course, lesson)
    entered = enter_grades(lesson.name, course.root)
    assert sorted(entered.failed) == ["dan", "eve"] and not entered.errors

    with open_gradebook(other) as gradebook:
        register(other, lesson.name, gradebook)
    autograde(other, lesson, monkeypatch)

    ours, theirs = rows(course), rows(other)
    assert ours.keys() == theirs.keys()
    for table in ours:
        assert ours[table] == theirs[table], table
    trees = [files(course), files(other)]
    assert trees[0].keys() == trees[1].keys()
    for name in trees[0]:
        assert trees[0][name] == trees[1][name], name
    assert "autograded/ned/01_small/notes.txt" in trees[0]


def test_odd_notebooks_get_what_their_answers_earn(course, lesson):
    a_class(course)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    points = {}
    for (student, _), (auto, *_rest) in scores(course).items():
        points[student] = points.get(student, 0) + (auto or 0)
    full = {"ada", "fay", "gus", "hal", "ivy", "lou", "ned"}
    assert {student for student, got in points.items() if got == 3.5} == full
    assert points["cyd"] == points["dan"] == points["eve"] == points["max"] == 0
    assert scores(course)["dan", "check-double"] == (None, None, 1)  # a person must look, it is no plain zero
    assert scores(course)["max", "check-double"] == (0.0, None, 0)


def test_entering_again_changes_nothing(course, lesson):
    a_class(course)
    grade_class(course, lesson)
    first = enter_grades(lesson.name, course.root)
    before = rows(course), (course.work / "autograded" / "ada" / "01_small" / "01_small.ipynb").stat().st_mtime_ns
    again = enter_grades(lesson.name, course.root)
    assert not again.entered and again.unchanged == first.entered
    assert before == (rows(course), (course.work / "autograded" / "ada" / "01_small" / "01_small.ipynb").stat().st_mtime_ns)


@pytest.mark.parametrize("spoil", ["malformed", "renamed", "handed in again", "verdict gone", "verdict broken", "forged", "error"])
def test_an_earlier_grade_never_outlives_a_failed_regrade(course, lesson, spoil):
    path = hand_in(course, "ada", ANSWERS)
    hand_in(course, "bob", ANSWERS)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    assert scores(course)["ada", "check-double"] == (2.0, None, 0)
    verdict = course.work / "verdicts" / "01_small" / "ada.json"
    if spoil == "malformed":
        path.write_text("{")
        grade_class(course, lesson)
    elif spoil == "renamed":
        path.rename(path.with_name("x.ipynb"))
        grade_class(course, lesson)
    elif spoil == "handed in again":
        hand_in(course, "ada", WRONG)  # and the judge was killed before it came to it
    elif spoil == "verdict gone":
        verdict.unlink()
    elif spoil == "verdict broken":
        verdict.write_text(verdict.read_text()[:100])
    elif spoil == "forged":
        verdict.write_text(verdict.read_text().replace("right", "wrong", 1))
    elif spoil == "error":
        sheet = fake_grade(course, lesson, "ada")
        sheet.reports["halve"].status = Status.ERROR
        write_verdict(course, sheet)
    entered = enter_grades(lesson.name, course.root)
    assert [*entered.failed, *entered.errors] == ["ada"]
    assert ("ada" in entered.errors) == (spoil == "error")
    assert scores(course)["ada", "check-double"] == (None, None, 1)
    assert scores(course)["ada", "check-halve"] == (None, None, 1)
    left = nbformat.read(course.autograded("01_small", "ada"), as_version=4)
    nbformat.validate(left)
    assert "This notebook has no grade." in left.cells[0].source and not any(cell.get("outputs") for cell in left.cells)
    assert ANSWERS["double"] not in json.dumps(left), "and nothing of the earlier one"
    assert scores(course)["bob", "check-double"] == (2.0, None, 0)


def test_nbgrader_forgets_an_old_grade_too(course, lesson, monkeypatch):
    with open_gradebook(course) as gradebook:
        register(course, lesson.name, gradebook)
    path = hand_in(course, "ada", ANSWERS)
    autograde(course, lesson, monkeypatch)
    assert scores(course)["ada", "check-double"] == (2.0, None, 0)
    path.write_text("{")
    autograde(course, lesson, monkeypatch)
    assert scores(course)["ada", "check-double"] == (None, None, 1)


def test_what_people_said_stays(course, lesson):
    hand_in(course, "ada", WRONG)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("check-double", "01_small", "01_small", "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.25, False
        gradebook.find_comment("double", "01_small", "01_small", "ada").manual_comment = "nearly"
        gradebook.db.commit()
    assert enter_grades(lesson.name, course.root).unchanged == ["ada"]
    assert scores(course)["ada", "check-double"] == (0.0, 1.5, 0)  # resolved stays resolved
    hand_in(course, "ada", ANSWERS)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    assert scores(course)["ada", "check-double"] == (2.0, 1.5, 1)  # and is to be looked at again, as in nbgrader
    with open_gradebook(course) as gradebook:
        assert gradebook.find_comment("double", "01_small", "01_small", "ada").manual_comment == "nearly"
        assert gradebook.find_submission("01_small", "ada").score == 1.5 + 0.25 + 1.5


def test_a_late_penalty_is_nbgraders(course, lesson):
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with open_gradebook(course) as gradebook:
        register(course, lesson.name, gradebook)
        gradebook.update_or_create_assignment("01_small", duedate="2026-11-20 12:00:00 UTC")
    hand_in(course, "ada", ANSWERS)
    hand_in(course, "bob", ANSWERS, stamp="2026-11-20 13:00:00 UTC")
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    with open_gradebook(course) as gradebook:
        assert gradebook.find_submission_notebook("01_small", "01_small", "ada").late_submission_penalty is None
        assert gradebook.find_submission_notebook("01_small", "01_small", "bob").late_submission_penalty == 3.5


def test_hostile_file_names_and_links_are_not_followed(course, lesson, tmp_path_factory):
    secret = tmp_path_factory.mktemp("secret") / "grades"
    secret.write_text("secret")
    folder = hand_in(course, "ada", ANSWERS).parent
    (folder / "link.txt").symlink_to(secret)
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").symlink_to(secret)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    assert [p.name for p in course.autograded("01_small", "ada").parent.iterdir()] == ["01_small.ipynb"]


def test_students_markup_does_not_reach_the_autograded_notebook(course, lesson):
    hand_in(course, "ada", ANSWERS)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    notebook = nbformat.read(course.autograded("01_small", "ada"), as_version=4)
    nbformat.validate(notebook)
    panels = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs if "text/html" in o.get("data", {})]
    assert len(panels) == 2 and "<script" not in json.dumps(notebook)
    assert [panel.data["text/plain"] for panel in panels] == ["2", "1.5"]


def test_an_exercise_added_after_the_first_submissions_is_refused_with_the_way_out(course, lesson):
    hand_in(course, "ada", ANSWERS)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    lesson.exercise("third", points=1, asks="a third")
    text = course.text("01_small")
    text.write_text(
        text.read_text()
        + '\n# %% exercise="third"\ndef third(x):\n    """x/3"""\n    ### BEGIN SOLUTION\n    return x / 3\n    ### END SOLUTION\n'
    )
    build(course.root, lessons={lesson.name: lesson})
    with pytest.raises(RegistrationError, match="were added or removed after the first submissions"):
        enter_grades(lesson.name, course.root)


def test_points_that_changed_are_registered_anew(course, lesson):
    enter_grades(lesson.name, course.root)
    lesson.exercises["double"].points = 5
    build(course.root, lessons={lesson.name: lesson})
    hand_in(course, "ada", ANSWERS)
    grade_class(course, lesson)
    enter_grades(lesson.name, course.root)
    assert scores(course)["ada", "check-double"] == (5.0, None, 0)


def test_the_clerk_enters_what_enter_grades_enters(course, lesson):
    a_class(course)
    grade_class(course, lesson)
    names = sorted(path.name for path in (course.work / "submitted").iterdir())
    with Clerk() as clerk:
        entered = clerk.enter(lesson.name, course.root, only=names)
    assert entered.entered and sorted(entered.failed) == ["dan", "eve"] and not entered.errors
    before = scores(course)
    assert enter_grades(lesson.name, course.root).entered == [] and scores(course) == before


def test_a_clerk_that_was_killed_costs_nothing(course, lesson):
    hand_in(course, "ada", ANSWERS)
    grade_class(course, lesson)
    with Clerk() as clerk:
        clerk._process.kill()
        assert clerk.enter(lesson.name, course.root, only=["ada"]).entered == ["ada"]
    assert {student for student, _ in scores(course)} == {"ada"}


def test_what_the_clerk_meets_is_raised_where_it_was_asked(course, lesson):
    hand_in(course, "ada", ANSWERS)
    grade_class(course, lesson)
    shutil.rmtree(course.solutions)
    with pytest.raises(RegistrationError) as here:
        enter_grades(lesson.name, course.root)
    with Clerk() as clerk, pytest.raises(RegistrationError, match=re.escape(str(here.value))):
        clerk.enter(lesson.name, course.root, only=["ada"])


LOADS = """
import sys
from autograder.gradebook import clerk
clerk._load_nbgrader()
import nbgrader, nbgrader.api
assert not any(name.startswith("nbgrader.server_extensions.") for name in sys.modules), "not loaded, and no stand-in is left"
from nbgrader.server_extensions.formgrader import load_jupyter_server_extension
assert callable(load_jupyter_server_extension), "who asks for it gets the real one"
before = sys.modules["nbgrader.server_extensions.formgrader"]
clerk._load_nbgrader()
assert sys.modules["nbgrader.server_extensions.formgrader"] is before, "what is there already is left alone"
"""


def test_the_clerk_loads_nbgrader_without_its_server_and_leaves_nothing_false_behind():
    done = subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert not done.returncode, done.stderr
