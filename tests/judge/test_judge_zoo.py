"""Whatever plain data a hostile answer returns, an exercise's checks call it wrong; they never break.

A check that breaks would be our error, and a student could stop the export of a whole class with it.
"""

from __future__ import annotations

import numpy as np
import pytest
import seeds

from autograder.engine.report import Status
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import Outcome
from autograder.shared.values import Opaque

DEEP = [1.0]
for _ in range(18):
    DEEP = [DEEP]
ZOO = [
    None,
    True,
    0,
    -1,
    10**4000,
    -(10**400),
    0.0,
    -0.0,
    1e308,
    5e-324,
    float("nan"),
    float("inf"),
    -float("inf"),
    1j,
    complex("nan"),
    "",
    "b",
    "ABCD",
    "é" * 50,
    "{0}%s\ud800\x00",
    [],
    (),
    {},
    [None],
    [[1.0], [1.0, 2.0]],
    ["a", 1],
    (1.0, "x"),
    (1.0, 2.0),
    (True, False),
    {"a": 1},
    {"": None},
    DEEP,
    list(range(300)),
    np.zeros(0),
    np.zeros((0, 3)),
    np.zeros((2, 3)),
    np.zeros(7),
    np.zeros((1,) * 30),
    np.full(2, np.nan),
    np.full((2, 2), np.inf),
    np.array(1.0),
    np.array(True),
    np.arange(3),
    np.array([1j, 2]),
    np.ones(2, np.float16),
    np.ones(3, np.float32),
    np.ones(2, np.longdouble),
    np.array([2**63], np.uint64),
    np.ones(2, bool),
    np.float32(1),
    np.float64("nan"),
    np.int8(-128),
    np.uint64(2**64 - 1),
    np.longdouble("1e4000"),
    Opaque("Thing"),
    Opaque("f", True),
    [Opaque("x")],
    [np.zeros(2), np.zeros((2, 2))],
    (np.zeros(3), np.zeros(3)),
    {"value": np.zeros(2), "grad": None},
    [10**30] * 3,
    (10**400, 1.0),
    [1e300] * 5,
]


class Same:
    """An answer that always does the same."""

    remote = True

    def __init__(self, outcome: Outcome):
        self.outcome = outcome

    def prefetch(self, calls, program=""):
        pass

    def call(self, args, program="", counted=False):
        return self.outcome


@pytest.mark.parametrize("name", exercises())
def test_no_value_breaks_a_check(name):
    """A third of the zoo with each seed, another one for the next exercise; all of it in `make thorough`."""
    exercise = exercises()[name]
    third = list(exercises()).index(name) + seeds.one()
    outcomes = [Outcome(value) for number, value in enumerate(ZOO) if seeds.MANY or (number + third) % 3 == 0]
    outcomes += [
        Outcome(raised="ValueError"),
        Outcome(raised="RecursionError"),
        Outcome(value=1.0, mutated=(0, 1), evaluations=10**9, printed=True, warnings=("Warning",)),
    ]
    broken = []
    for outcome in outcomes:
        report = run(exercise, Same(outcome), seed=1, public=False)
        report.to_json()
        if report.status is Status.ERROR:
            broken.append((repr(outcome.value)[:60], report.detail[:200]))
    assert not broken
