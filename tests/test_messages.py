"""Golden messages: what a learner reads for typical answers, word by word. `UPDATE_GOLDEN=1 pytest` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.engine.messages import to_html, to_text
from autograder.engine.report import Report, Status
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer

GOLDEN = Path(__file__).parent / "golden"


def divides_by_two_h(f, x, h):
    return (f(x + h) - f(x)) / (2 * h)


def returns_a_row(x, n):
    return [[k * x ** (k - 1) if k else 0 for k in range(n + 1)]]


def forgets_to_return(f, x, h):
    (f(x + h) - f(x)) / h


def divides_by_zero(x, h):
    return ((2 * (x + h) ** 3 + 5) - (2 * x**3 + 5)) / h


def returns_a_number(f, fprime, x0):
    return f(x0)


def stub(*_):
    raise NotImplementedError


CASES = {
    "difference_quotient": [divides_by_two_h, forgets_to_return, stub],
    "quotient_cubic": [divides_by_zero],
    "powers_derivative": [returns_a_row],
    "tangent_line": [returns_a_number],
    "order_the_derivation": [lambda: "DBGAFC", lambda: "DHGAFCE"],
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name):
    text = "\n\n".join(to_text(run(exercises()[name], LocalAnswer(answer))) for answer in CASES[name]) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words(status):
    report = Report("x", 2, status=status)
    assert "x: 0 of 2 points" in to_text(report) and "<div" in to_html(report)
    if status not in (Status.RIGHT, Status.PARTIAL, Status.WRONG, Status.RAISED):
        assert len(to_text(report).splitlines()) > 1, f"a learner must be told what {status} means"
