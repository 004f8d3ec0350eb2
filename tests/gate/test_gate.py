"""The gate: the real course passes the doctor, and the real code passes the linter, the formatter and the type checker."""

from __future__ import annotations

import pytest
import seeds
import tools

from autograder.course.doctor import examine


@pytest.mark.slow
def test_the_doctor_finds_nothing():
    """At the run's own seed: each known mistake is rejected under its name, each reference has full marks; and all that `make build` makes is fresh."""
    said: list[str] = []
    assert examine(machine=False, seed=seeds.one(), say=said.append) == 0, "\n".join(said)


@pytest.mark.parametrize("command", [tools.LINT, tools.FORMAT, tools.TYPES], ids=" ".join)
def test_the_tools_find_nothing(command):
    code, said = tools.run(command)
    assert code == 0, said
