"""A learner's home: state, points, next step and time of every lesson, and the day's questions; the command says the same."""

from __future__ import annotations

from datetime import date

import pytest

from autograder import __main__ as cli
from autograder import home, progress
from autograder.exercises import lessons
from autograder.learner import best_points, schedule
from autograder.learner import home as module

FIRST = "01_derivative"


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    monkeypatch.setattr(best_points, "_session", {})
    monkeypatch.setattr(schedule, "_session", {})
    monkeypatch.setenv(best_points.FOLDER, str(tmp_path / "study"))
    return tmp_path


def test_every_lesson_has_its_state():
    exercises = lessons()[FIRST].exercises
    for exercise in exercises.values():
        best_points.remember(exercise.name, exercise.points)
    best_points.remember("describe_array", 0.5)
    states = {line.split()[0]: line[33:42].strip() for line in repr(home()).splitlines()[: len(lessons())]}
    assert list(states) == list(lessons())
    assert states[FIRST] == "done" and states["00_start_here"] == "begun"
    assert {state for name, state in states.items() if name not in (FIRST, "00_start_here")} == {"not begun"}


def test_it_shows_what_progress_shows_and_the_command_says_the_same(capsys):
    best_points.remember("secant_line", 2.0)
    questions = len(module.Today(date.today()).questions)
    assert questions and repr(home()).startswith(str(progress()))
    assert f"Questions of {date.today().isoformat()}: {questions} of {questions} wait" in repr(home())
    assert "Left: about " in repr(home()) and "Next: describe_array" in repr(home())
    assert cli.main(["progress"]) == 0
    assert capsys.readouterr().out.strip() == str(progress())
    assert repr(home()).count("\n1. ") == 1, "the questions themselves stand below"
    shown = home()._repr_mimebundle_()
    assert "<table>" in shown["text/html"] and "eta-asked" in shown["text/html"] and shown["text/plain"] == repr(home())


def test_before_the_first_check_it_says_where_questions_come_from():
    assert repr(home()) == str(progress()) and repr(home()).count("No questions yet") == 1


def test_answered_questions_do_not_wait():
    best_points.remember("secant_line", 2.0)
    today = module.Today(date.today())
    first, *rest = today.questions
    for name in (first, *rest):
        question = today.questions[name]
        today.answer(name, question.options[0] if question.options else "1")
        left = len(today.questions) - len(schedule.answers(today.day))
        assert (f"{left} of {len(today.questions)} wait" if left else "all answered.") in today.waiting()


def test_a_lesson_that_lies_beside_is_a_link(fresh, monkeypatch):
    here, there = (fresh / "study" / name for name in ("00_start_here", FIRST))
    for folder in (here, there):
        folder.mkdir(parents=True)
    (there / f"{FIRST}.ipynb").touch()
    monkeypatch.chdir(here)
    html = progress()._repr_html_()
    assert f'<a href="../{FIRST}/{FIRST}.ipynb"><code>{FIRST}</code></a>' in html and html.count("<a ") == 1
