"""The learner writes the test: right candidates must pass it, wrong ones must not.

A candidate is a recipe of numbers. What a recipe is worth is known here and not beside the learner's code, where the program
`try_a_test` makes a function of it.
"""

from __future__ import annotations

import math

import numpy as np

from autograder.writing import EPS, Boolean, CheckOnly

from ._lesson import lesson


def _recipe(*parts, power=1, fixed=0.0, scaled=True, base=EPS ** (1 / 3)):
    """Quotients to add up, each as (terms, divisor); `fixed` replaces a given h, `base` is the step without one."""
    return {
        "parts": [[[list(term) for term in terms], divisor] for terms, divisor in parts],
        "power": power,
        "fixed": fixed,
        "scaled": scaled,
        "base": base,
    }


_NO_NUMBER = _recipe(([(0, 1)], math.nan))
_AHEAD, _BEHIND, _BOTH = [(1, 1), (0, -1)], [(0, 1), (-1, -1)], [(1, 1), (-1, -1)]


def _show(recipe: dict) -> str:
    if recipe in [*_RIGHT, _ROUNDED]:
        return "# a right candidate: it computes the central difference, in another order of operations\ntest_central_difference(candidate)"
    if recipe == _NO_NUMBER:
        return 'def candidate(f, x, h=None):\n    return float("nan")\n\ntest_central_difference(candidate)'
    if recipe["fixed"]:
        return f"# a candidate that takes h = {recipe['fixed']:g}, whatever h it is given\ntest_central_difference(candidate)"
    if not recipe["scaled"]:
        return (
            f"# a candidate that is right with a given h, and takes h = {recipe['base']:g} without one\ntest_central_difference(candidate)"
        )
    text = " + ".join(_quotient(terms, divisor, recipe["power"]) for terms, divisor in recipe["parts"])
    return f"def candidate(f, x, h={recipe['base']:.1g}):\n    return {text}\n\ntest_central_difference(candidate)"


def _quotient(terms, divisor, power) -> str:
    def place(o):
        return "x" if o == 0 else f"x {'+' if o > 0 else '-'} {'' if abs(o) == 1 else f'{abs(o):g}*'}h"

    change = " ".join(f"{'-' if w < 0 else '+'} f({place(o)})" for o, w in terms).removeprefix("+ ")
    below = {1: f" / ({divisor:g}*h)" if divisor != 1 else " / h", 0: "", -1: f" / {divisor:g} * h"}[power]
    return f"({change}){below}"


test_central_difference = lesson.exercise(
    "test_central_difference",
    4,
    "write the test that tells a right central difference from wrong ones",
    signature="candidate",
    minutes=15,
    difficulty=4,
    returns=Boolean(),
    clauses={
        "is a right central difference": "right_from_hopeless rejects_one_sided rejects_wrong_divisors rejects_wrong_steps rejects_a_tiny_own_step rejects_what_is_no_number",
        "f may be any function": "prose",
        "Right ones may differ by rounding": "allows_for_rounding",
        "without h it chooses": "rejects_a_tiny_own_step",
    },
    tolerance=None,
    program="try_a_test",
    show=_show,
    hints=(
        "Choose an f, an x and an h, and work out what a right candidate gives there. Compare with np.isclose.",
        "A tiny h hides the difference between forward and central, a parabola hides even more. Take h = 0.1 and np.exp or a cubic.",
        "Someone may have written h = 1e-5 inside: try two different steps, and see that the results differ as they should.",
        "Call the candidate without h as well. It should then be very close to the derivative: to 1e-8, say.",
    ),
)

_RIGHT = [
    _recipe(([(-1, -1), (1, 1)], 2)),
    _recipe((_AHEAD, 2), (_BEHIND, 2), base=1e-5),
    _recipe(([(1, 1)], 2), ([(-1, -1)], 2), base=8e-6),
]
_ROUNDED = _recipe(*[(_BOTH, 22)] * 11)  # in elevenths: it is rounded also where x and h are powers of 2, and the others are not


@test_central_difference.cases
def right_and_hopeless(rng):
    for recipe in rng.permutation(_RIGHT):
        yield recipe, CheckOnly(True)
    yield _recipe(([(-1, 1), (1, -1)], 2)), CheckOnly(False)
    yield _recipe((_BOTH, 1), power=0), CheckOnly(False)


def _judge(t, recipe, right, why):
    t.same(t(recipe), right, why)


@test_central_difference.check()
def right_from_hopeless(t, recipe, right):
    """It accepts candidates that are right, and rejects a flipped sign and a change that is never divided"""
    _judge(
        t,
        recipe,
        right,
        "This candidate is right: it differs from another right one by rounding only."
        if right
        else "This candidate is wrong by far; your test returned True.",
    )


def rounded_otherwise(rng):
    """A right candidate that differs in its last digits wherever one looks."""
    yield _ROUNDED, CheckOnly(True)


@test_central_difference.check(weight=0.5, cases=rounded_otherwise, needs=("right_from_hopeless",))
def allows_for_rounding(t, recipe, right):
    """It accepts a right candidate whose last digits are others"""
    _judge(t, recipe, right, "This candidate is right: it adds up parts of the quotient, and its last digits are rounded otherwise.")


def one_sided(rng):
    """The forward and the backward difference."""
    yield _recipe((_AHEAD, 1)), CheckOnly(False)
    yield _recipe((_BEHIND, 1)), CheckOnly(False)


@test_central_difference.check(cases=one_sided, needs=("right_from_hopeless",))
def rejects_one_sided(t, recipe, right):
    """It rejects the forward and the backward difference"""
    _judge(t, recipe, right, "This candidate looks to one side only. Where do one side and two sides differ by more than rounding?")


def wrong_divisors(rng):
    """Divided by h, and multiplied by it."""
    yield _recipe((_BOTH, 1)), CheckOnly(False)
    yield _recipe((_BOTH, 2), power=-1), CheckOnly(False)


@test_central_difference.check(cases=wrong_divisors, needs=("right_from_hopeless",))
def rejects_wrong_divisors(t, recipe, right):
    """It rejects a candidate that divides by the wrong thing"""
    _judge(t, recipe, right, "This candidate has the right numerator and divides it wrongly.")


def wrong_steps(rng):
    """A step that is ignored, and one that is halved."""
    yield _recipe((_BOTH, 2), fixed=1e-5), CheckOnly(False)
    yield _recipe(([(0.5, 1), (-0.5, -1)], 1)), CheckOnly(False)


@test_central_difference.check(cases=wrong_steps, needs=("right_from_hopeless",))
def rejects_wrong_steps(t, recipe, right):
    """It rejects a candidate that does not use the step it is given"""
    _judge(t, recipe, right, "This candidate is close to the derivative, but it does not compute the difference for your h.")


def no_number(rng):
    """What comes back is not a number."""
    yield _NO_NUMBER, CheckOnly(False)


@test_central_difference.check(weight=0.5, cases=no_number, needs=("right_from_hopeless",))
def rejects_what_is_no_number(t, recipe, right):
    """It rejects a candidate that returns nan"""
    _judge(
        t,
        recipe,
        right,
        "Each comparison with nan is False, also abs(nan - 1) > 1e-9. Ask whether the difference is small, not whether it is large.",
    )


def hopeless_own_steps(rng):
    """A step of its own that drowns in rounding, all of them for every seed."""
    for base in (1e-13, 5e-14, 2e-14):
        yield _recipe((_BOTH, 2), scaled=False, base=base), CheckOnly(False)


@test_central_difference.check(cases=hopeless_own_steps, needs=("right_from_hopeless",))
def rejects_a_tiny_own_step(t, recipe, right):
    """It rejects a candidate whose own step is far too small"""
    _judge(t, recipe, right, "With a given h this candidate is right. Call it without h and see how far off it is.")


def _slope_of_exp(x, h):
    return np.exp(x) * np.sinh(h) / h


@test_central_difference.mistake("Your test accepts everything. Let it return False when a number is wrong.")
def accepts_everything(candidate):
    return True


@test_central_difference.mistake("Your test rejects even a right candidate. Check the number you compare with, and allow for rounding.")
def rejects_everything(candidate):
    return False


@test_central_difference.mistake("Right candidates that differ in the last digits fail your test. Allow for rounding: == does not.")
def exact_equality(candidate):
    def cube(x):
        return 2 * x**3 + 5

    return bool(candidate(cube, 1.3, 0.1) == (cube(1.3 + 0.1) - cube(1.3 - 0.1)) / (2 * 0.1))


@test_central_difference.mistake("A number of the right sign and the wrong size passes your test. Compare the number.")
def only_the_sign(candidate):
    return bool(candidate(np.exp, 0.7, 0.1) > 0)


@test_central_difference.mistake(
    "Your test does not see the order of the error. A straight line, a tiny h or a generous tolerance hides it: "
    "take a curve, h = 0.1, and a small tolerance."
)
def blind_to_the_order(candidate):
    return bool(
        np.isclose(candidate(np.exp, 0.7, 1e-6), np.exp(0.7), rtol=1e-4) and np.isclose(candidate(np.exp, 0.7), np.exp(0.7), rtol=1e-5)
    )


@test_central_difference.mistake(
    "A symmetric difference with another step than the given one passes your test. Give a step, a large one, and compare on a cubic or on np.exp; on a parabola they all agree."
)
def tests_a_parabola(candidate):
    def parabola(x):
        return 3 * x**2 - x

    return bool(np.isclose(candidate(parabola, 1.3, 0.1), 6.8, atol=1e-7) and np.isclose(candidate(parabola, 1.3), 6.8, atol=1e-7))


@test_central_difference.mistake("A candidate that chooses a bad step without h passes your test. Call it without h, too.")
def never_without_h(candidate):
    return all(bool(np.isclose(candidate(np.exp, x, h), _slope_of_exp(x, h), rtol=1e-9)) for x, h in ((0.7, 0.1), (-0.4, 0.3)))
