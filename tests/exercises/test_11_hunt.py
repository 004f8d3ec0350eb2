"""The errata hunt judges each item by itself, and believes nothing of what comes back."""

import pytest
from reference import namespace

from autograder.engine.report import Status
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer, Outcome

hunt = exercises()["hunt_slopes"]
week, right = namespace("11_review")["hunt_slopes"]()


def points(answers, number=week):
    report = run(hunt, LocalAnswer(lambda: (number, answers)))
    assert report.status is not Status.ERROR, report.detail
    return report.points


def test_one_broken_repair_costs_only_itself():
    for broken in (lambda: 1, lambda *_: 1 / 0, lambda *_: None, lambda *_: "text", lambda *_: [[1], [2, 3]], 7, None):
        assert points({**right, 6: ("d", broken)}) == 4.5


def test_a_missing_item_costs_only_itself_and_more_answers_cost_nothing():
    assert points({k: v for k, v in right.items() if k != 6}) == 4
    assert points({**right, 99: ("a", print), 4: ("a", None)}) == 5


def test_a_wrong_letter_takes_the_repair_with_it():
    for letter in ("a", "e", "", 3, None):
        assert points({**right, 6: (letter, right[6][1])}) == 4


@pytest.mark.parametrize("number", [2, -1, 10**30])
def test_another_week_asks_for_other_items(number):
    assert points(right, number) < 5


@pytest.mark.parametrize("value", [
    None, 3, {}, {"week": 1}, {"week": True, "letters": {}, "values": {}}, {"week": 1, "letters": [], "values": {}},
    {"week": 1, "letters": {}, "values": 5}, {"week": 1.5, "letters": {}, "values": {}}, {"week": 1, "letters": {"3": "b"}, "values": {"3": 4}},
])  # fmt: skip
def test_whatever_a_child_sends_is_no_error_of_ours(value):
    class Child:
        remote = False

        def call(self, args, program="", counted=False):
            return Outcome(value)

    report = run(hunt, Child())
    assert report.status is not Status.ERROR and report.points <= 0.5


@pytest.mark.parametrize(
    "given, told",
    [
        ("abc", "Return the week and a dict of answers."),
        ((1, {3: "b"}), "For item 3 give two things"),
        ((1, {3: ("b",)}), "For item 3 give"),
    ],
)
def test_what_is_no_hunt_is_said_to_be_none_and_not_to_have_raised(given, told):
    first = run(hunt, LocalAnswer(lambda: given, {})).first_miss
    assert told in first.why and "TypeError" not in first.given and "ValueError" not in first.given
    assert first.wanted == "a week and a dict of answers"
