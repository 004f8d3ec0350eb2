"""What an answer returns of another kind is said to be that: nobody reads that their function raised when it returned."""

from __future__ import annotations

import pytest
from reference import namespace

from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer

# `operators` returns its class, and what is looked at are the class's own operators: without them Python raises, as it says
DRIVEN = [one for name, one in exercises().items() if one.program and name != "operators"]


@pytest.mark.parametrize("one", DRIVEN, ids=lambda one: one.name)
def test_a_return_of_another_kind_is_not_called_an_exception(one):
    names = namespace(one.lesson) | one.stand_ins
    for value in (None, 3, "text", [], (1,), (1, 2), {}, lambda *_: None):
        first = run(one, LocalAnswer(lambda *_, value=value, **__: value, names)).first_miss
        assert first is None or "Your function raised" not in first.why, (value, first.given)
