"""The central difference and its own step. Sources: S1.10, S1.11, E-W14."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    CUBIC,
    EPS,
    EXPSIN,
    RUNGE,
    SINE,
    Array,
    Function,
    Miss,
    Reals,
    Smooth,
    Step,
    Tolerance,
    powers_at_zero,
    slope_between,
    slope_tolerance,
    view,
)

from ._lesson import array_cases, derivatives, lesson, promise_order, smooth_cases, wave_cases

_EXP = Function("np.exp(x)", "np.exp(x)", name="exp")
_HALVINGS = 2.0 ** -np.arange(4, 8)

central_difference = lesson.exercise(
    "central_difference",
    3,
    "the slope between a point behind and a point ahead",
    signature="f, x, h=None",
    minutes=10,
    difficulty=3,
    returns=Array(lambda f, x, h=None: np.shape(x)),
    domains={"f": Smooth(), "x": Reals(..., high=100), "h": Step(positive=True)},
    clauses={
        "between x - h and x + h, for h > 0": "is_the_slope halving_quarters_the_error",
        "of any shape": "takes_an_array_of_points edges",
        "Without h": "chooses_a_good_step chooses_a_step_for_each step_grows_with_x",
    },
    hints=(
        "Draw the two points, at x - h and x + h. How far apart are they?",
        "The bracket bug: a / 2 * h means (a / 2) * h. Put the whole distance into brackets.",
        "When h is None, choose it. The best step for a central difference lies near the cube root of eps, 6e-6, for x near 1.",
        "Near x = 1e6 neighbouring floats are 1e-10 apart: let the step grow with abs(x), but do not let it become 0 at x = 0.",
    ),
)
central_difference.cases(smooth_cases)


@central_difference.picture
def picture(f, x, h=None):
    if not f.d or np.ndim(x):  # the explorer stands at one point
        return None
    step = {} if h is None else {"h": h}
    return view("step_error_explorer", yours=h is not None, f=f, fprime=f.prime, x=x, **step, formula="central")


@central_difference.edges
def steps_of_every_size(rng):
    """Tiny and large steps."""
    yield from powers_at_zero(3)


@central_difference.check(weight=2, domain=True)
def is_the_slope(t, f, x, h):
    """It is the slope between the points at x - h and x + h"""
    t.assume(h > 0)
    t.equal(t(f, x, h), slope_between(f, x - h, x + h), "", slope_tolerance(f, x - h, x + h))


@central_difference.check(needs=("is_the_slope",), cases=wave_cases)
def halving_quarters_the_error(t, f, x):
    """Halving h quarters the error"""
    _, slope, _, third, _, fifth = derivatives(f, x, 6)
    # the error is h² f'''/6 + h⁴ f⁽⁵⁾/120: the first term must rule
    t.assume(abs(third) > 0.3 and abs(fifth) * _HALVINGS[0] ** 2 < abs(third))
    values = t.each([(f, x, float(h)) for h in _HALVINGS])
    promise_order(t, values, slope, _HALVINGS, 2, "the error")


@central_difference.check(needs=("is_the_slope",), cases=array_cases)
def takes_an_array_of_points(t, f, x, h):
    """It takes an array of points and answers for each"""
    t.assume(h > 0)
    why = "Let x be an array: NumPy does the arithmetic for all points at once."
    t.equal(t(f, x, h), slope_between(f, x - h, x + h), why, slope_tolerance(f, x - h, x + h))


def own_step_cases(rng):
    """Calls without h, near 0 and 1."""
    yield from wave_cases(rng)
    yield RUNGE, round(float(rng.uniform(-1, 1)), 2)
    yield CUBIC, 0.0
    for x in (0.0, 1e-9):
        yield _EXP, x


@central_difference.check(needs=("is_the_slope",), cases=own_step_cases)
def chooses_a_good_step(t, f, x):
    """Without h it chooses a step that is nearly the best"""
    _near_the_best(
        t,
        f,
        x,
        "Without h, choose a step. Too large: the bend of the curve changes. Too small: rounding errors are divided by next to nothing.",
    )


def arrays_without_a_step(rng):
    """Points at 0 and beside it, whole numbers, two axes."""
    yield _EXP, np.array([0.0, 1e-9, -0.3])
    yield EXPSIN, np.array([[1, 0], [-1, 1]])
    yield SINE, 1


@central_difference.check(weight=0.5, needs=("chooses_a_good_step",), cases=arrays_without_a_step)
def chooses_a_step_for_each(t, f, x):
    """Without h it takes arrays of any shape, and whole numbers"""
    _near_the_best(t, f, x, "Each number of x needs a step that suits it, whatever the shape of x.")


def far_cases(rng):
    """Points far from 0, alone and beside points near 0."""
    far = round(float(rng.uniform(3, 9)), 1) * 1e6
    c = round(float(rng.uniform(0.6, 1.8)), 2)
    yield Function(f"np.sin({c}*x/1e6)", f"{c}/1e6*np.cos({c}*x/1e6)", name="slow_sin"), far
    yield CUBIC, -far
    yield CUBIC, far
    yield CUBIC, np.round(rng.uniform(3e9, 9e9, size=4) * [1, -1, 1, -1], 1)
    yield CUBIC, np.array([far, 0.0, 0.7])
    yield CUBIC, np.array([[-far], [2]])


@central_difference.check(needs=("chooses_a_good_step",), cases=far_cases)
def step_grows_with_x(t, f, x):
    """Its own step grows with abs(x)"""
    _near_the_best(
        t,
        f,
        x,
        "Far from 0 a step of 6e-6 is too small beside the rounding of f there. Make the step follow abs(x).",
    )


def _near_the_best(t, f, x, why):
    given = np.ravel(t(f, x))
    for value, at in zip(given, np.ravel(x)):
        size, slope, _, third = derivatives(f, float(at), 4)
        h = EPS ** (1 / 3) * max(1.0, abs(at))
        # truncation, rounding of f, rounding of x + h: ten times what theory predicts at its step
        allowed = 10 * (h**2 * abs(third) / 6 + EPS * (abs(size) + abs(at * slope)) / h) + 1e-13
        if not np.abs(value - slope) <= allowed:
            raise Miss(f"error {abs(value - slope):.2g} at x = {at:g}", f"an error below {allowed:.1g}", why)


def _named(message, default, **settings):
    """A mistake of the shape (f(x + h) - f(x - h)) with its own way to choose h or to divide."""

    def register(divide):
        def wrong(f, x, h=None):
            h = default(x) if h is None else h
            return divide(f, x, h)

        return central_difference.mistake(message, name=divide.__name__, **settings)(wrong)

    return register


def _usual(x):
    return 6e-6 * (1 + np.abs(x))


@_named("One of your points is x itself: that is the forward difference, with an error in proportion to h instead of h².", _usual)
def forward_instead(f, x, h):
    return (f(x + h) - f(x)) / h


@_named("One of your points is x itself: that is the backward difference, with an error in proportion to h instead of h².", _usual)
def backward_instead(f, x, h):
    return (f(x) - f(x - h)) / h


@_named("You divide by h, but the points are 2h apart.", _usual)
def divides_by_h(f, x, h):
    return (f(x + h) - f(x - h)) / h


@_named("Dividing by 2 * h without brackets divides by 2 and multiplies by h. Put the distance into brackets.", _usual)
def missing_brackets(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


@_named("Only the last term is divided. Put brackets around the whole difference.", _usual)
def unbracketed_difference(f, x, h):
    return f(x + h) - f(x - h) / (2 * h)


@_named(
    "A given h is to be taken as it is. Your number is what a smaller step gives.",
    _usual,
    tolerance=Tolerance(1e-3, 1e-3, "people fix the step at any small number, cap it there, or shrink the given one"),
)
def hard_coded_h(f, x, h):
    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5


@_named("Your points are x - h/2 and x + h/2. Here they are x - h and x + h.", _usual)
def half_step(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / h


@_named("This is the change in f, not its slope. Divide by the distance of the points.", _usual)
def difference_not_ratio(f, x, h):
    return f(x + h) - f(x - h)


@_named("The sign is flipped: the value ahead comes first.", _usual)
def sign(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)


def _symmetric(f, x, h):
    # the form that people write: with another one the rounding errors would not be theirs
    return (f(x + h) - f(x - h)) / (2 * h)


@central_difference.mistake(
    "With a given h all is well. Your own step is too small: eps divided by it is a large error. Smaller is not always better."
)
def h_too_small(f, x, h=None):
    return _symmetric(f, x, 1e-12 if h is None else h)


@central_difference.mistake(
    "Your own step is the square root of eps, the best one for a one-sided difference. For a central one it is too small."
)
def h_of_the_forward_difference(f, x, h=None):
    return _symmetric(f, x, np.sqrt(EPS) * np.maximum(1, np.abs(x)) if h is None else h)


@central_difference.mistake("Near 1 your own step is fine, far from 0 it drowns in the rounding of x. Let it grow with abs(x).")
def h_not_scaled(f, x, h=None):
    return _symmetric(f, x, np.cbrt(EPS) if h is None else h)


@central_difference.mistake("Your own step is 0 at x = 0. Let it grow with abs(x), but never below the step for x = 1.")
def h_zero_at_zero(f, x, h=None):
    with np.errstate(all="ignore"):
        return _symmetric(f, x, np.float64(np.cbrt(EPS)) * np.abs(x) if h is None else h)
