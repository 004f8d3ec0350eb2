"""Golden messages: what a learner reads for typical answers, word by word. `UPDATE_GOLDEN=1 pytest` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from autograder.engine.messages import reason, to_html, to_text
from autograder.engine.report import Report, Status
from autograder.engine.runner import run
from autograder.engine.show import contrast
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


def with_carets(x, h):
    return 6 * x ^ 2 + 6 * x * h + 2 * h ^ 2


def keeps_the_pair(Z, y):
    return 1 - (Z, Z)


def makes_one_array_of_a_pair(Z, y):
    return np.array([(1.0, Z), y])


def returns_a_number(f, fprime, x0):
    return f(x0)


def own_step(f, x, h=None):
    """F01: a fixed step of one's own, where a step is given it is taken."""
    if h is None:
        h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


def own_steps(f, x, h=None):
    """F01 again."""
    h = 1e-5 if h is None else h
    if np.ndim(f(x)):
        raise ValueError("f returns an array")
    slopes = np.zeros(np.shape(x))
    for k in np.ndindex(slopes.shape):
        step = np.zeros(slopes.shape)
        step[k] = h
        slopes[k] = (f(x + step) - f(x - step)) / (2 * h)
    return slopes


def by_differences(x, n):
    """F02: nothing is divided by x here."""
    return np.array([((x + 1e-6) ** k - (x - 1e-6) ** k) / 2e-6 for k in range(n + 1)])


def with_a_little_added(Z, y):
    """F02, F13: the largest score is subtracted, and the loss is off in its twelfth digit."""
    shares = np.exp(Z - Z.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    picked = np.arange(len(y)), y
    loss = -np.mean(np.log(shares[picked] + 1e-12))
    shares[picked] -= 1
    return loss, shares / len(y)


def rounded(Z):
    """F03: nothing is computed in float32."""
    s = np.round((1 + np.tanh(Z / 2)) / 2, 6)
    return s, s


def spread_and_a_little(X):
    """F03 again."""
    return np.mean(X, axis=0), np.std(X, axis=0) + 1e-8


def exact_lines(steps):
    """F04: equal on paper is compared with !=."""
    for k in range(1, len(steps)):
        if any(steps[k](x, h) != steps[k - 1](x, h) for x, h in [(0.3, 0.7), (1.9, -0.4)]):
            return k
    return None


def swapped(x, f, h):
    """F20: the arguments in another order."""
    return (f(x + h) - f(x)) / h


def stub(*_):
    raise NotImplementedError


CASES = {
    "difference_quotient": [divides_by_two_h, forgets_to_return, swapped, stub],
    "central_difference": [own_step],
    "gradient": [own_steps],
    "softmax_cross_entropy": [with_a_little_added, keeps_the_pair, makes_one_array_of_a_pair],
    "sigmoid_forward": [rounded],
    "fit_standardizer": [spread_and_a_little],
    "find_first_wrong_step": [exact_lines],
    "quotient_cubic": [divides_by_zero, with_carets],
    "powers_derivative": [returns_a_row, by_differences],
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


def test_why_there_is_no_answer_stands_in_place_of_what_might_be():
    """An answer whose cell is no Python is in the notebook: nobody is asked whether it was deleted."""
    detail = "Cell 3 stopped with SyntaxError: '(' was never closed (line 2). So f is not defined."
    report = Report("f", 2, status=Status.MISSING, detail=detail)
    for told in (to_text(report), to_html(report).replace("&#x27;", "'"), reason(report)):
        assert detail in told and "not in the notebook" not in told
    assert "not in the notebook" in to_text(Report("f", 2, status=Status.MISSING))


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words(status):
    report = Report("x", 2, status=status)
    assert "x: 0 of 2 points" in to_text(report) and "<div" in to_html(report)
    if status not in (Status.RIGHT, Status.PARTIAL, Status.WRONG, Status.RAISED):
        assert len(to_text(report).splitlines()) > 1, f"a learner must be told what {status} means"


def test_why_promises_were_not_tried_is_said_once():
    html = to_html(run(exercises()["quotient_cubic"], LocalAnswer(with_carets)))
    assert html.count("not tried: ") == 4 and html.count("because this comes first") == 1


CAUSES = ("float32", "ignore", "divide by zero", "Subtract the largest", "drifts", "counts from 0;", "Oracle", "This is about value")


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_said_that_is_not_known(name):
    """Public bug reports: a cause read off a size, a name that passing calls refute, names of our own."""
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert not [cause for cause in CAUSES if cause in text]


@pytest.mark.parametrize("given, wanted, expected", [
    (1.95050968000001, 1.95050968, ("1.95050968000001", "1.95050968", "")),
    (0.1 + 0.2, 0.3, ("0.30000000000000004", "0.29999999999999999", "")),
    (2.5, 2.0, ("2.5", "2", "")),
    ("text", 2.0, ("text", "2", "")),
    (np.array([1.0, 2.0]), np.array([1.0, 2.5]), ("[1., 2.]", "[1. , 2.5]", "at [1]: 2, wanted 2.5")),
    (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-9]),
     ("[1., 2.], with 2 at [1]", "[1., 2.], with 2.000000001 there", "")),
    (np.zeros((4, 5)), np.eye(4, 5), ("an array of shape (4, 5), with 0 at [0, 0]", "an array of shape (4, 5), with 1 there", "4 of 20 entries differ")),
    ((1.0, np.array([1.0, 3.0])), (1.0, np.array([1.0, 4.0])), ("(1, [1., 3.])", "(1, [1., 4.])", "at [1][1]: 3, wanted 4")),
    ({"W": 1.0}, {"W": 2.0}, ("{'W': 1}", "{'W': 2}", "at ['W']: 1, wanted 2")),
    ((7,), (7, 1), ("(7,)", "(7, 1)", "")),
    (list(range(30)), list(range(1, 31)), ("a list of 30 items, with 0 at [0]", "a list of 30 items, with 1 there", "30 of 30 entries differ")),
    (np.zeros((3,)), np.zeros((3, 1)), ("[0., 0., 0.]", "[[0.],\n [0.],\n [0.]]", "")),
    (float("nan"), 1.0, ("nan", "1", "")),
])  # fmt: skip
def test_given_and_wanted_never_print_the_same(given, wanted, expected):
    assert contrast(given, wanted) == expected and expected[0] != expected[1]
