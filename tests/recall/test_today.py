"""The day's questions on the screen: fields, buttons, what is told, and what stays when a kernel is new."""

from __future__ import annotations

import json
from datetime import date

import pytest

from autograder import today
from autograder.exercises import exercises
from autograder.learner import best_points, kept, schedule
from autograder.learner.today import Today, as_number
from autograder.recall import kinds

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.FOLDER, str(tmp_path))
    monkeypatch.setattr(schedule, "_session", {})
    monkeypatch.setattr(best_points, "_session", {})
    return tmp_path


def asked(*names: str) -> Today:
    schedule._put("today", {"on": DAY.isoformat(), "kinds": list(names), "answers": {}})
    return Today(DAY)


def test_who_has_checked_nothing_is_told_where_questions_come_from():
    assert "No questions yet" in repr(today())
    assert Today(DAY)._repr_mimebundle_() == {"text/plain": repr(today())}


def test_there_are_five_of_what_was_checked():
    for name in list(exercises())[:60]:
        best_points.remember(name, 0.0)
    one = Today(DAY)
    assert len(one.questions) == 5 and repr(one).count("\n") == 5 and repr(one) == repr(Today(DAY))


def test_a_slip_is_named_the_answer_follows_and_the_mistake_is_met(folder):
    one = asked("secant_slope")
    question = one.questions["secant_slope"]
    slip = next(slip for slip in question.slips if "difference_quotient.sign" in slip.mistakes)
    told = one.answer("secant_slope", f"{slip.value:g}")
    assert slip.why in told and f"It is {question.right:g}." in told and question.why in told
    whole = json.loads((folder / ".progress.json").read_text(encoding="utf-8"))
    assert whole["met"] == {"difference_quotient.sign": {"on": DAY.isoformat(), "returned": []}}
    assert one.answer("secant_slope", f"{question.right:g}").startswith("Yes")
    assert schedule.answers(DAY) == {"secant_slope": f"{slip.value:g}"}, "the first answer counts"
    assert told in repr(Today(DAY)) and "<li>" in Today(DAY).still()


def test_what_no_slip_gives_is_not_explained():
    one = asked("secant_slope")
    assert one.answer("secant_slope", "12345").startswith("12345 is not it. It is ")


def test_what_cannot_be_read_is_no_answer():
    one = asked("secant_slope")
    assert "no number" in one.answer("secant_slope", "two") and schedule.answers(DAY) == {}


@pytest.mark.parametrize("text, value", [("6.5", 6.5), (" −6,5 ", -6.5), ("13/2", 6.5), ("1e-3", 1e-3), ("-1/-4", 0.25)])
def test_numbers_as_people_type_them(text, value):
    assert as_number(text) == value


@pytest.mark.parametrize("text", ["", "six", "1/0", "1,000,000", "2*3", "1/2/3", "None", "__import__('os')"])
def test_what_is_no_number(text):
    assert as_number(text) is None


def test_fields_and_buttons_answer_and_close(monkeypatch):
    box = asked("secant_slope", "kind_of_a_point").widget()
    (_, fields, said), (_, options, told) = (one.children for one in box.children[1:])
    fields.children[0].value = "12345"
    fields.children[1].click()
    assert "is not it" in said.value and 'role="status"' in said.value and all(control.disabled for control in fields.children)
    right = kinds()["kind_of_a_point"].on(DAY.toordinal()).right
    next(button for button in options.children if button.description == right).click()
    assert "Yes: " in told.value and all(control.disabled for control in options.children)
    monkeypatch.setattr(schedule, "_session", {})  # a new kernel
    again = Today(DAY).widget()
    assert "is not it" in again.children[1].children[2].value and again.children[1].children[1].children[0].disabled


def test_an_empty_field_is_no_answer():
    box = asked("secant_slope").widget()
    box.children[1].children[1].children[1].click()
    assert schedule.answers(DAY) == {}
