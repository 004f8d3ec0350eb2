"""What comes back when: a simulated learner for half a year, and the file that it is kept in."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest

from autograder import check
from autograder.exercises import exercises
from autograder.learner import best_points, kept, schedule
from autograder.recall import kinds, kinds_of

START = date(2026, 1, 5)
MISTAKES = sorted(f"{exercise.name}.{mistake.name}" for exercise in exercises().values() for mistake in exercise.mistakes)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.FOLDER, str(tmp_path))
    monkeypatch.setattr(schedule, "_session", {})
    monkeypatch.setattr(best_points, "_session", {})
    return tmp_path


def half_a_year(new: list[list[str]], here=lambda day: True) -> tuple[dict[str, tuple[date, list[date]]], list[list[str]]]:
    """For each mistake when it was first met and the days of its returns, and what was asked on each day; `new` are the mistakes of each day."""
    state: dict = {}
    asked: dict = {}
    days: list[list[str]] = []
    for place in range(180):
        day = START + timedelta(place)
        for mistake in new[place] if place < len(new) else ():
            state.setdefault(mistake, {"on": day.isoformat(), "returned": []})
        days.append(schedule.plan(state, asked, set(exercises()), day) if here(place) else [])
        for name in days[-1]:
            state, asked = schedule.returned(state, name, day), {**asked, name: day.isoformat()}
    at = date.fromisoformat
    return {mistake: (at(one["on"]), [at(day) for day in one["returned"]]) for mistake, one in state.items()}, days


@pytest.mark.parametrize("a_day", [1, 3, 8])
def test_each_mistake_that_was_met_returns_three_times_in_six_weeks(a_day):
    """A learner of ten weeks who makes so many known mistakes a day, and asks every day."""
    rng = np.random.default_rng(a_day)
    learner, days = half_a_year([list(rng.choice(MISTAKES, a_day, replace=False)) for _ in range(70)])
    assert len(learner) > 60 * a_day * 0.5
    for mistake, (on, returns) in learner.items():
        assert len(returns) == 3 and (returns[-1] - on).days <= 42, (mistake, on, returns)
        gaps = np.diff([day.toordinal() for day in (on, *returns)])
        assert gaps.min() >= schedule.SOON and gaps.max() <= 18, (mistake, gaps)
    assert all(len(day) <= 5 and len(set(day)) == len(day) for day in days) and max(map(len, days)) == 5


def test_who_comes_on_four_days_a_week_sees_them_as_often():
    rng = np.random.default_rng(4)
    here = lambda place: place % 7 in (0, 2, 4, 5)
    learner, _ = half_a_year([list(rng.choice(MISTAKES, 2 * here(place), replace=False)) for place in range(70)], here)
    assert len(learner) > 60
    assert all(len(returns) == 3 and (returns[-1] - on).days <= 42 for on, returns in learner.values())


def test_a_single_mistake_comes_back_after_ten_twenty_and_thirty_days():
    on, returns = _alone("difference_quotient.sign")
    assert [(day - on).days for day in returns] == [10, 20, 30]


def _alone(mistake: str):
    state = {mistake: {"on": START.isoformat(), "returned": []}}
    for place in range(60):
        day = START + timedelta(place)
        for name in schedule.plan(state, {}, set(), day):
            assert name in kinds_of(mistake), "nothing but what is due is asked of who has checked nothing"
            state = schedule.returned(state, name, day)
    one = state[mistake]
    return START, [date.fromisoformat(day) for day in one["returned"]]


def test_between_them_older_lessons_are_mixed():
    checked = {"difference_quotient", "product_slope", "quotient_slope", "forward_difference", "seed_partials", "mse", "jacobian", "chain"}
    chosen = schedule.plan({}, {}, checked, START)
    assert len(chosen) == 5 and len({kinds()[name].topic for name in chosen}) == 5
    assert chosen != schedule.plan({}, {}, checked, START + timedelta(1)) and chosen == schedule.plan({}, {}, checked, START)
    assert schedule.plan({}, {name: START.isoformat() for name in kinds()}, checked, START + timedelta(5)) == []
    assert schedule.plan({}, {}, set(), START) == []


def test_a_check_that_names_a_mistake_is_met_and_the_file_is_readable(folder):
    def difference_quotient(f, x, h):
        return f(x + h) - f(x)

    check(difference_quotient)
    text = (folder / ".progress.json").read_text(encoding="utf-8")
    assert list(json.loads(text)["met"]) == ["difference_quotient.difference_not_ratio"]
    assert not [word for word in ("01_", str(folder)) if word in text], "no number of a lesson and no path"
    assert len(text) < 400


def test_a_day_keeps_its_questions_and_its_first_answers_and_so_does_a_moved_folder(folder, monkeypatch):
    best_points.remember("difference_quotient", 2.0)
    first = schedule.questions(START, set(best_points.best()))
    assert first and schedule.questions(START, set(exercises())) == first
    schedule.answered(first[0], "3", "difference_quotient.sign", START)
    schedule.answered(first[0], "4", "", START)
    assert schedule.answers(START) == {first[0]: "3"} and schedule.answers(START + timedelta(1)) == {}
    assert schedule.next_day(START) == START + timedelta(schedule.APART)
    moved = folder.with_name("moved")
    folder.rename(moved)
    monkeypatch.setenv(kept.FOLDER, str(moved))
    assert schedule.answers(START) == {first[0]: "3"}


@pytest.mark.parametrize("text", ["", "[]", '{"met": 3, "today": []}', '{"met": {"a": 1, "b.c": {"on": "x", "returned": []}}}', "{broken"])
def test_what_cannot_be_used_counts_as_empty(folder, text):
    (folder / ".progress.json").write_text(text, encoding="utf-8")
    assert schedule.questions(START, set()) == [] and schedule.answers(START) == {} and schedule.next_day(START) is None


def test_what_an_older_edition_kept_is_read(folder):
    (folder / ".progress.json").write_text('{"difference_quotient": 2.0}', encoding="utf-8")
    (folder / ".predictions.json").write_text('{"secant": "steeper"}', encoding="utf-8")
    best_points.remember("secant_line", 1.0)
    whole = json.loads((folder / ".progress.json").read_text(encoding="utf-8"))
    assert whole == {"points": {"difference_quotient": 2.0, "secant_line": 1.0}, "predicted": {"secant": "steeper"}}


def test_without_a_place_to_write_the_kernel_remembers(folder, monkeypatch):
    monkeypatch.delenv(kept.FOLDER)
    schedule.met("difference_quotient.sign", START)
    assert schedule.next_day(START) == START + timedelta(10)
