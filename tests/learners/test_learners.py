"""Each learner's answer gets what it should: full marks if it is right; if it is wrong fewer, and nothing is said that is untrue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import measure
import pytest
from measure import HERE, files, key, reading, readings

pytestmark = pytest.mark.slow

# one name a line; whoever mends one takes its line away
OPEN = set((HERE / "open.txt").read_text(encoding="utf-8").split())


@cache
def judge(path: Path, *seed: int):
    """The report on an answer, on the cases of a seed. Two tests read it."""
    return measure.judge(path, *seed)


@pytest.mark.parametrize("path", files(), ids=key)
def test_a_learners_answer(path: Path, request):
    if key(path) in OPEN:
        request.applymarker(pytest.mark.xfail(reason="a clause of the contract that no case asks yet", strict=True))
    report = judge(path)
    assert report.status.value != "error", report.detail
    assert (report.points == report.max_points) == (path.parent.name == "right"), report


@pytest.mark.parametrize("path", [path for path in files() if path.parent.name == "wrong"], ids=key)
def test_nothing_untrue_is_said(path: Path):
    report = judge(path)
    assert reading(path, report) != "misnamed", report.diagnosis


def test_readings_are_of_answers_that_are_there():
    assert set(readings()) | OPEN <= {key(path) for path in files()}
    assert {found for texts in readings().values() for found in texts.values()} <= {"named", "abstained", "misnamed"}


STEADY = (
    "03_partial_derivative__mixed_partials__one_half_of_the_table",
    "05_jacobian__hvp__forward_thousandth",
    "05_jacobian__hvp__central_thousandth",
    "07_backpropagation__slopes_and_jumps__over_h_squared",
)


@pytest.mark.parametrize("name", STEADY)
def test_points_do_not_hang_on_the_seed(name):
    """A step that is too large is too large whatever is drawn; numbers that are mostly rounding are no sign of how arrays are stored."""
    points = {judge(HERE / "wrong" / f"{name}.py", seed).points for seed in range(20)}
    assert len(points) == 1, points
