"""The step that balances two errors, measured rather than remembered. Source: E-W14."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Miss, Tolerance, choice, view

from ._lesson import lesson

wrong_sentence_about_h = lesson.add(
    choice(
        "wrong_sentence_about_h",
        1,
        "find the sentence that is wrong",
        wrong={
            "a": "This one is right: it is the definition. The limit is one number, and no single h reaches it.",
            "c": "This one is right: the quotient's error is 6xh + 2h². At x = 1 that is about 6h for small h.",
            "d": "This one is right: at x = 1 neighbouring floats are 2.2e-16 apart, so 1 + 1e-16 is 1 and the change in f is 0.",
        },
        difficulty=2,
        hints=("Recall the V of the explorer: what happens at its left end?", "One of the sentences calls a limit a small number."),
    )
)

optimal_step = lesson.exercise(
    "optimal_step",
    2,
    "the step that balances truncation and rounding",
    signature="kind, x, dtype",
    minutes=8,
    difficulty=3,
    returns=Array(),
    clauses={
        "A good step for one of the three differences": "balances_the_forward_errors balances_the_central_errors balances_the_second_errors",
        "At most ten times larger or smaller": "balances_the_forward_errors balances_the_central_errors balances_the_second_errors",
        'kind is "forward"': "balances_the_forward_errors",
        "dtype is the name of a format": "balances_the_forward_errors",
        "grows with abs(x)": "grows_with_x",
        "is the same for all abs(x) <= 1": "is_the_same_near_zero",
    },
    tolerance=None,
    hints=(
        "np.finfo(dtype).eps gives eps of either format. Read the table of the three balances above.",
        "Forward: the error is about h + eps/h. It is smallest where both parts are equal. Solve for h.",
        "Central: h**2 + eps/h. Second: h**2 + eps/h**2. Solve each for h; the exponents are all different.",
        "The spacing of floats near x grows with abs(x): multiply by max(1, abs(x)).",
    ),
)

_KINDS = ("forward", "central", "second")


@optimal_step.cases
def kinds_near_one(rng):
    for kind in _KINDS:
        yield from _near_one(rng, kind)


def _near_one(rng, kind: str):
    yield kind, round(float(rng.uniform(0.6, 1)), 2), "float64"
    yield kind, -round(float(rng.uniform(0.6, 1)), 2), "float32"


def _balanced(kind: str, dtype: str) -> float:
    """The minimum, found by trying, of truncation plus rounding for f with all derivatives near 1."""
    h, eps = 10.0 ** np.arange(-12, 0, 0.02), float(np.spacing(np.ones((), dtype)))
    bend, noise = {"forward": (h / 2, 2 / h), "central": (h**2 / 6, 1 / h), "second": (h**2 / 12, 4 / h**2)}[kind]
    return float(h[np.argmin(bend + eps * noise)])


def _within_ten(given: float, wanted: float, why: str) -> None:
    if not wanted / 10 <= given <= wanted * 10:
        raise Miss(f"{given:.2g}", f"between {wanted / 10:.0e} and {wanted * 10:.0e}", why)


@optimal_step.picture
def picture(kind, x, dtype):
    # at x = 600,000 exp would overflow, and "second" is no formula of the explorer
    return view("step_error_explorer", x=x, formula=kind, format=dtype) if kind in ("forward", "central") and abs(x) <= 5 else None


def _balances(kind: str):
    """The check for one kind: who has one of them right has earned its part."""

    def cases(rng):
        yield from _near_one(rng, kind)

    def balances(t, kind, x, dtype):
        t.assume(0.5 <= abs(x) <= 1)
        why = f"For the {kind} difference in {dtype}: make h larger and truncation grows, smaller and rounding takes over."
        _within_ten(t(kind, x, dtype), _balanced(kind, dtype), why)

    cases.__name__, balances.__name__ = f"near_one_{kind}", f"balances_the_{kind}_errors"
    balances.__doc__ = f"Near x = 1 its step for the {kind} difference makes truncation and rounding alike, in float64 and in float32"
    optimal_step.check(cases=cases)(balances)
    return balances.__name__


_ALL_KINDS = tuple(map(_balances, _KINDS))


def near_zero(rng):
    """A point within 1, for each kind and format; the check compares it with others."""
    for kind, dtype in zip((*_KINDS, "central"), ("float64", "float32", "float64", "float64")):
        yield kind, round(float(rng.uniform(0.2, 0.5)), 2), dtype


@optimal_step.check(cases=near_zero, needs=_ALL_KINDS)
def is_the_same_near_zero(t, kind, x, dtype):
    """For all abs(x) <= 1 it is the same"""
    t.assume(abs(x) <= 1)
    at_one, *values = t.each([(kind, 1.0, dtype), (kind, x, dtype), (kind, -x, dtype), (kind, 0.0, dtype)])
    for value in values:
        t.equal(value, at_one, "Between -1 and 1 floats lie no farther apart than at 1: one step does for all.")


def kinds_far_away(rng):
    """Points far from 0."""
    for kind in _KINDS:
        yield kind, round(float(rng.uniform(1, 9)), 1) * 1e5, "float64"
        yield kind, -round(float(rng.uniform(1, 9)), 1) * 1e4, "float32"
        yield kind, -round(float(rng.uniform(3, 9)), 1) * 1e8, "float64"
        yield kind, round(float(rng.uniform(5, 9)), 1), "float64"


@optimal_step.check(cases=kinds_far_away, needs=_ALL_KINDS)
def grows_with_x(t, kind, x, dtype):
    """Beyond 1 it grows with abs(x)"""
    t.assume(abs(x) >= 2)
    why = "Far from 0 floats are about abs(x) times as far apart as near 1. Let the step grow in the same way."
    here, at_one = t.each([(kind, x, dtype), (kind, 1.0, dtype)])
    _within_ten(here, _balanced(kind, dtype) * abs(x), why)
    t.holds(here > at_one, "no larger a step than at x = 1", "a larger one", why)


def kinds_at_zero(rng):
    """The point 0 itself."""
    for kind in _KINDS:
        yield kind, 0.0, "float64"


@optimal_step.check(cases=kinds_at_zero, needs=_ALL_KINDS)
def holds_at_zero(t, kind, x, dtype):
    """At x = 0 it is no smaller than near 1"""
    _within_ten(
        t(kind, x, dtype), _balanced(kind, dtype), "A step that shrinks with abs(x) would be 0 here. Take the larger of 1 and abs(x)."
    )


def _scale(x):
    return np.maximum(1.0, abs(x))


@optimal_step.mistake("This is eps itself. With such a step f hardly changes at all, and rounding is the whole answer.")
def eps_itself(kind, x, dtype):
    return float(np.finfo(dtype).eps) * _scale(x)


@optimal_step.mistake("You use the square root of eps for every kind. It balances h + eps/h only; the central error falls with h**2.")
def square_root_for_all(kind, x, dtype):
    return float(np.finfo(dtype).eps) ** 0.5 * _scale(x)


@optimal_step.mistake("You use the cube root of eps for every kind. It balances h**2 + eps/h only; look at the other two.")
def cube_root_for_all(kind, x, dtype):
    return float(np.finfo(dtype).eps) ** (1 / 3) * _scale(x)


@optimal_step.mistake(
    "Your step is the same in float32 and float64. Use eps of the format that you are given.",
    tolerance=Tolerance(0.02, 0.0, "people write eps with two digits"),
)
def ignores_the_format(kind, x, dtype):
    return 2.0 ** (-52 / (2 + _KINDS.index(kind))) * _scale(x)


@optimal_step.mistake("Near 1 your steps are right. They do not grow with abs(x).")
def ignores_x(kind, x, dtype):
    return float(np.finfo(dtype).eps) ** (1 / (2 + _KINDS.index(kind)))


@optimal_step.mistake("Your step is 0 at x = 0. Take the larger of 1 and abs(x).")
def zero_at_zero(kind, x, dtype):
    return float(np.finfo(dtype).eps) ** (1 / (2 + _KINDS.index(kind))) * abs(x)


@optimal_step.mistake(
    "Forward and central have changed places: which of them has the smaller truncation error, and can afford the larger step?"
)
def kinds_exchanged(kind, x, dtype):
    return float(np.finfo(dtype).eps) ** {"forward": 1 / 3, "central": 1 / 2, "second": 1 / 4}[kind] * _scale(x)
