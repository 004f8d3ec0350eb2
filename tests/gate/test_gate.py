"""The gate: the real course passes the doctor, and the real code passes the linter, the formatter and the type checker."""

from __future__ import annotations

import pytest
import seeds
import tools

from autograder.course.doctor import examine


@pytest.mark.slow
def test_the_doctor_finds_nothing():
    """At the run's own seed: known mistakes are rejected under their names, each reference has full marks; and all that `make build` makes is fresh.

    Of an exercise's mistakes one in three, others with each seed: tests/exercises/test_known_mistakes.py judges them all, on the public cases.
    """
    said: list[str] = []
    assert examine(machine=False, seed=seeds.one(), one_in=3, say=said.append) == 0, "\n".join(said)


@pytest.mark.parametrize("command", [tools.LINT, tools.FORMAT, tools.TYPES], ids=" ".join)
def test_the_tools_find_nothing(command):
    code, said = tools.run(command)
    assert code == 0, said
