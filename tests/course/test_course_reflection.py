"""A reflection is a text that a person scores: an exercise of nbgrader's, optional, in every total."""

import csv
import io

import pytest
from judged import ANSWERS, grade_class, hand_in
from pages import page, words

from autograder.__main__ import main
from autograder.course.lesson import source_notebook
from autograder.course.problems import LessonError
from autograder.course.release import build
from autograder.files.course import Course
from autograder.gradebook.enter import enter_grades
from autograder.gradebook.registration import open_gradebook

LESSON = "01_small"
REFLECTION = "\n# %% [markdown] reflection=2\n# *Your sentence here.*\n"


def write(sentence):
    return lambda notebook: next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "reflection").update(
        source=sentence
    )


@pytest.mark.slow
def test_a_person_scores_it_and_it_is_in_the_totals(course_root, lesson, text, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.feedback.lesson_called", lambda name: lesson)
    monkeypatch.setattr("autograder.intake.recognise.lesson_cells", lambda course: {LESSON: frozenset()})
    (course_root / "solutions" / f"{LESSON}.py").write_text(text + REFLECTION)
    build(course_root, lessons={lesson.name: lesson})
    course = Course(course_root)
    assert "*Your sentence here.*" in course.release(LESSON).read_text()
    hand_in(course, "ada", ANSWERS, write("Twice a half is one."))
    hand_in(course, "bob", ANSWERS)  # wrote nothing
    grade_class(course, lesson)
    enter_grades(LESSON, course.root)

    def scores() -> dict[str, str]:
        assert main(["--course", str(course.root), "export", LESSON, "--for", "csv", "--by-exercise"]) == 0
        rows = csv.DictReader(io.StringIO((course.reports / f"{LESSON}.final.csv").read_text()))
        return {row["student"]: row[LESSON] for row in rows}

    assert scores() == {"ada": "", "bob": "3.5"}, "what nobody has read is no zero; what nobody wrote needs no reader"
    assert main(["--course", str(course.root), "feedback", LESSON]) == 0
    assert "3.5 of 5.5 points so far" in words(page(course, "ada")) and "reflection : not scored yet – of 2" in words(page(course, "ada"))

    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("reflection", LESSON, LESSON, "ada")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.find_comment("reflection", LESSON, LESSON, "ada").manual_comment = "A fine sentence."
        gradebook.db.commit()
    enter_grades(LESSON, course.root)
    assert scores() == {"ada": "5", "bob": "3.5"}
    assert main(["--course", str(course.root), "feedback", LESSON]) == 0
    assert "5 of 5.5 points" in words(page(course, "ada")) and "reflection : partly right 1.5 of 2" in words(page(course, "ada"))
    assert "A fine sentence." in words(page(course, "ada")) and "Twice a half is one." in words(page(course, "ada"))


def test_points_stand_above_it_and_in_the_lessons_sum(text, lesson):
    notebook = source_notebook(text + REFLECTION + "\n# %% [markdown]\n# {{points}} points in all\n", lesson)
    shown = [cell.source for cell in notebook.cells]
    assert "**Reflection** · 2 points · a person reads it" in shown and "5.5 points in all" in shown


@pytest.mark.parametrize("header", ["# %% [markdown] reflection=0", '# %% [markdown] reflection="two"', "# %% reflection=2"])
def test_what_is_no_reflection_is_told_with_its_line(header, text, lesson):
    with pytest.raises(LessonError, match=r"lesson.py:\d+: a reflection is a text cell with points"):
        source_notebook(f"{text}\n{header}\n# x\n", lesson)
