"""Derivations: find the first wrong line, put the lines in order. Sources: S1.12, E-W16 to E-W20."""

from __future__ import annotations

import numpy as np

from autograder.writing import Function, Integer, ordering

from ._lesson import lesson

find_first_wrong_step = lesson.exercise(
    "find_first_wrong_step",
    3,
    "find the first wrong line of a derivation by numbers",
    signature="steps",
    minutes=12,
    difficulty=4,
    returns=Integer(optional=True),
    clauses={
        "differs from the step before it, or None": "finds_the_line none_when_all_hold",
        "functions of (x, h)": "one_point_is_not_enough",
        "Step 0 is taken as right": "none_when_all_hold",
        "may differ by rounding": "none_when_all_hold finds_the_line",
    },
    hints=(
        "Two lines of a derivation are equal when they give the same number for every x and h. Try some.",
        "One pair (x, h) is not enough: some wrong lines agree with the right one at x = h = 1. Draw several at random.",
        "Numbers that are equal on paper differ in the last digits. np.isclose allows for that.",
        "Compare each line with the line before it, and return the first index that differs.",
    ),
)

_SEED_STEPS = (  # S1.12: the source's lines as quotients, errors and all
    "((2*(x + h)**3 + 5) - (2*x**3 + 5))/h",
    "((2*(x + h)**3 + 5) - 2*x**3 + 5)/h",
    "(2*(x**2 + 2*x*h + h**2)*(x + h) - 2*x**3)/h",
    "(2*(x**3 + 2*x**2*h + h**3 + x**2*h + 2*x*h**2 + h**3) - 2*x**3)/h",
    "(2*(x**3 + 3*x**2*h + h**3 + 2*x*h**2) - 2*x**3)/h",
    "(6*x**2*h + h**3 + 2*x*h**2)/h",
    "6*x**2 + h**2 + 2*x*h",
)
_RIGHT_STEPS = (
    "((2*(x + h)**3 + 5) - (2*x**3 + 5))/h",
    "(2*(x**2 + 2*x*h + h**2)*(x + h) - 2*x**3)/h",
    "(2*(x**3 + 3*x**2*h + 3*x*h**2 + h**3) - 2*x**3)/h",
    "(6*x**2*h + 6*x*h**2 + 2*h**3)/h",
    "6*x**2 + 6*x*h + 2*h**2",
)


_STRIPES = 16


def _steps(*texts) -> list[Function]:
    return [Function(text, args="x, h", name=f"line_{i}") for i, text in enumerate(texts)]


@find_first_wrong_step.cases
def chains(rng):
    a = int(rng.integers(2, 9))
    yield (_steps("(x + h)**2 - x**2", "2*x*h + h**2", f"2*x*h + {a}*h**2"),)
    yield (_steps(*_SEED_STEPS),)
    yield (_steps(f"{a}*(x + h)", f"{a}*x + h", f"{a}*x + h + x*h", f"{a}*x"),)
    yield (_steps("(x + h)*(x - h)", "x**2 - h**2", "x**2 + h**2 - 2*h**2", "x**2"),)
    yield (_steps("x**2 + h", "h + x**2", "x**2 + 1.01*h"),)
    yield (_steps("x + h", "x - h"),)


@find_first_wrong_step.check()
def finds_the_line(t, steps):
    """It finds the first line that differs from the line before it"""
    t.same(
        t(steps),
        _first(steps),
        "Asked for is the index, counted from 0, of the first line that differs from the line before it, or None where no line does.",
    )


def agreeing_at_one(rng):
    """Wrong lines that agree with the right ones at x = h = 1, as the source's line 49 does, or on a whole line of points."""
    yield (_steps("(x**2 + 2*x*h + h**2)*(x + h)", "x**3 + 2*x**2*h + h**3 + x**2*h + 2*x*h**2 + h**3", "x**3 + 3*x**2*h + 3*h**3 + h"),)
    yield (_steps("x**2*h", "x*h**2", "x + h"),)
    yield (_steps("(x + h)**2", "x**2 + 2*x*h + h**2", "x**2 + 3*x*h", "4*x"),)
    yield (_steps("x*h", "h*x", "x**2*h", "x"),)  # agree wherever x = 1
    yield (_steps("x + h", "x + h**2", "h"),)  # agree wherever h = 1
    yield (_steps("h**2 + x", "x*h + x", "x"),)  # agree wherever x = h
    yield (_steps("h - x", "x + h", "x"),)  # agree wherever x = 0
    yield (_steps("x + h**2", "h**2 + x", "x"),)  # nowhere larger than the line before
    yield (_steps("h", "h + x**2", "x**2"),)  # nowhere smaller
    yield (_steps("x - h", "x + h", "h"),)  # agree wherever h = 0
    yield (_steps("2*x - h", "h - 2*x", "x"),)  # of the same size everywhere
    yield (_steps("h - x", "x - h"),)
    # agree on stripes that cover all x together, or all h: whoever tries a single one is on one of them; several points hardly ever share it
    for name in "xh":
        for k in range(_STRIPES):
            yield (_steps("x*h", f"x*h + (np.floor({_STRIPES}*(7.31*{name} % 1)) != {k})"),)


@find_first_wrong_step.check(cases=agreeing_at_one, needs=("finds_the_line",))
def one_point_is_not_enough(t, steps):
    """It is not fooled by lines that agree at special points"""
    t.same(t(steps), _first(steps), "Some of these lines agree at special points, such as x = h = 1, and differ elsewhere.")


def right_chains(rng):
    """Derivations without an error."""
    yield (_steps(*_RIGHT_STEPS),)
    yield (_steps("(x + h)**3", "x**3 + 3*x**2*h + 3*x*h**2 + h**3"),)
    yield (_steps("x**2 + h"),)
    yield (_steps("((2*(x + h)**3 + 500) - (2*x**3 + 500))/h", *_RIGHT_STEPS[1:]),)  # what cancels costs more than the last digit
    yield (_steps("np.sin(x + h)", "np.sin(x)*np.cos(h) + np.cos(x)*np.sin(h)", "np.cos(h)*np.sin(x) + np.sin(h)*np.cos(x)"),)


@find_first_wrong_step.check(cases=right_chains, needs=("finds_the_line",))
def none_when_all_hold(t, steps):
    """It returns None when every line holds"""
    t.same(t(steps), None, "Every line equals the one before it. Differences in the last digits are rounding, not mistakes.")


def _values(step, points=((0.7, 0.3), (-1.3, 0.8), (1.9, -0.6))):
    return np.array([step(x, h) for x, h in points])


def _first(steps, points=((0.7, 0.3), (-1.3, 0.8), (1.9, -0.6))):
    """The truth for our own chains, whose wrong lines are wrong at these points by far more than rounding."""
    table = np.array([_values(step, points) for step in steps])
    wrong = np.flatnonzero(np.any(np.abs(np.diff(table, axis=0)) > 1e-6, axis=1))
    return int(wrong[0]) + 1 if wrong.size else None


@find_first_wrong_step.mistake("A line that is right at x = h = 1 and wrong elsewhere escapes you. Compare at several random points.")
def tests_only_at_one(steps):
    return _first(steps, points=((1.0, 1.0),))


@find_first_wrong_step.mistake("You return the last wrong line. The first one is where the derivation broke.")
def returns_the_last(steps):
    wrong = [k for k in range(1, len(steps)) if not np.allclose(_values(steps[k - 1]), _values(steps[k]))]
    return wrong[-1] if wrong else None


@find_first_wrong_step.mistake(
    "Lines that are equal on paper count as different with you. Here they differ in the last digits; allow for rounding."
)
def zero_tolerance(steps):
    return next((k for k in range(1, len(steps)) if not np.array_equal(_values(steps[k - 1]), _values(steps[k]))), None)


@find_first_wrong_step.mistake("A line that is one percent off counts as right with you. It is wrong, not rounded.")
def too_generous(steps):
    return next((k for k in range(1, len(steps)) if not np.allclose(_values(steps[k - 1]), _values(steps[k]), rtol=0.05, atol=0.05)), None)


@find_first_wrong_step.mistake("Your index is one too large: lists count from 0.")
def counts_from_one(steps):
    first = _first(steps)
    return None if first is None else first + 1


@find_first_wrong_step.mistake("You return the last line that still holds. Asked for is the first that does not.")
def last_good_line(steps):
    first = _first(steps)
    return None if first is None else first - 1


order_the_derivation = lesson.add(
    ordering(
        "order_the_derivation",
        2,
        "put the limit of 2x³ + 5 in order",
        before=("DB", "BG", "GA", "AF", "FC", "CE"),
        wrong={
            "H": "Line H loses the brackets: all of f(x) is subtracted, so + 5 becomes - 5.",
            "I": "Line I turned x·h² into h³.",
            "J": "Line J has the right limit and the wrong quotient: its terms in h do not follow from the expansion.",
        },
        difficulty=2,
        hints=("Start with the definition of the derivative, before the function is put in.", "Divide by h before you let h tend to 0."),
    )
)
