"""A slice: all variables frozen but one. Sources: S1.13, S1.15."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    Array,
    Field,
    Given,
    Index,
    Reals,
    axis,
    best_central,
    literal,
    random_field,
    slope_along_line,
    two_digits,
    view,
)

from ._lesson import every_variable, lesson, scale


def _shown(f, x, i, points, change) -> str:
    """The failing call as code."""
    later = f"x += {change:g}\n" if change else ""
    return f"f = {f.source}\nx = {literal(x)}\ng = freeze(f, x, {i})\n{later}[g(t) for t in {literal(points)}]"


freeze = lesson.exercise(
    "freeze",
    3,
    "the slice of a function: one variable free, the others frozen",
    signature="f, x, i",
    minutes=8,
    difficulty=3,
    program="evaluate_slice",
    show=_shown,
    returns=Array(lambda f, x, i, points, change: (len(points),)),
    domains={
        "x": Reals("n", high=100),
        "f": Field("x"),
        "i": Index("n"),
        "points": Given(lambda sample: [0.5, -1, 0.0, 20.0]),
        "change": Given(lambda sample: 0.0),
    },
    clauses={
        "f(x with component i set to t)": "sets_one_component slope_is_the_partial",
        "f takes an array of shape (n,)": "edges",
        "of floats or integers": "edges leaves_x_alone",
        "It is not changed": "leaves_x_alone leaves_arguments_alone",
        "a later change of x does not change the slice": "keeps_its_own_copy repeats",
    },
    hints=(
        "Return a function of one number t. Inside it, build a point and give it to f.",
        "The point is a copy of x in which component i is t, not x[i] plus t.",
        "When is the copy made? If only inside the slice, a later change of x still gets in. Copy once before you define the slice, too.",
        "If x holds integers, a copy of it cuts 0.5 down to 0. Make the copy of type float.",
    ),
)


@freeze.cases
def slice_cases(rng):
    for f, x, i in every_variable(rng):
        yield f, x, i, [float(v) for v in two_digits(rng, -1.5, 1.5, 3)], 0.0


def _wanted(f, x, i, points) -> np.ndarray:
    return np.array([float(f(np.concatenate([x[:i], [t], x[i + 1 :]]))) for t in points])


@freeze.picture
def picture(f, x, i, *_):
    return (
        view("slices_explorer", yours=np.asarray(x).dtype.kind == "f", f=f, x=float(x[0]), z=float(x[1])) if np.shape(x) == (2,) else None
    )


@freeze.check(weight=2, domain=True)
def sets_one_component(t, f, x, i, points, change):
    """The slice at t is f at the point x with component i set to t"""
    t.equal(t(f, x, i, points, 0.0), _wanted(f, x, i, points), f"Only x[{i}] moves, and it becomes t itself.")


def around_the_point(rng):
    """Points close to x[i] on either side, so that the slice shows its slope."""
    h = 1e-5
    for f, x, i in every_variable(rng):
        yield f, x, i, [float(x[i]) - h, float(x[i]) + h], 0.0


@freeze.check(cases=around_the_point, needs=("sets_one_component",))
def slope_is_the_partial(t, f, x, i, points, change):
    """The slope of the slice at x[i] is the partial derivative"""
    low, high = points[0], points[-1]
    t.assume(high - low < 1e-4 and low < x[i] < high)
    values = t(f, x, i, points, 0.0)
    t.equal((values[-1] - values[0]) / (high - low), float(slope_along_line(f, x, axis(x, i))), "", best_central(scale(f, x)))


def changed_later(rng):
    """The array that was given changes after the slice was made."""
    for n in (2, 3):
        x = two_digits(rng, 0.5, 1.4, n, signs=True)
        yield random_field(rng, n), x, int(rng.integers(n)), [float(v) for v in two_digits(rng, -1.5, 1.5, 2)], 1.0


@freeze.check(cases=changed_later, needs=("sets_one_component",))
def keeps_its_own_copy(t, f, x, i, points, change):
    """The slice stays what it was when x changes later"""
    t.assume(change > 0)
    t.equal(t(f, x, i, points, change), _wanted(f, x, i, points), "The slice belongs to the x of the moment it was made. Keep a copy.")


def awkward_arrays(rng):
    """Arrays of integers, and arrays that must not be written to."""
    f = random_field(rng, 3)
    yield f, np.array([2, -1, 1]), int(rng.integers(3)), [0.5, -1.7], 0.0
    x = two_digits(rng, 0.5, 1.4, 3, signs=True)
    x.setflags(write=False)
    yield f, x, int(rng.integers(3)), [0.5, -1.7], 0.0


@freeze.check(cases=awkward_arrays, needs=("sets_one_component",))
def leaves_x_alone(t, f, x, i, points, change):
    """It takes integers and read-only arrays, and leaves x alone"""
    outcome = t.outcome(f, x, i, points, 0.0)
    t.holds(not outcome.raised, outcome.raised, "numbers", "x is read-only here: change a copy of it.")
    t.holds(not outcome.mutated, "x changed", "x unchanged", "Change a copy of x, not x itself.")
    t.equal(
        freeze.returns.accept(outcome.value, (f, x, i, points, change)),
        _wanted(f, x, i, points),
        "x holds integers here, and t does not fit into such an array: make the copy of type float.",
    )


@freeze.mistake("You add t to the component. The slice at t is f where the component is t: at t = x[i] it is f(x).")
def adds_instead_of_sets(f, x, i):
    start = np.array(x, float)
    return lambda t: f(start + t * axis(start, i))


@freeze.mistake("You keep x itself, not a copy. When x changes later, the slice changes with it.")
def aliases_x(f, x, i):
    def cut(t):
        point = x.astype(float)
        point[i] = t
        return f(point)

    return cut


@freeze.mistake("You freeze the wrong variable: components count from 0, so component i is x[i].")
def counts_from_one(f, x, i):
    start = np.array(x, float)

    def cut(t):
        point = start.copy()
        point[i - 1] = t
        return f(point)

    return cut


@freeze.mistake("You write t into x itself. Whoever gave you x still needs it: change a copy.")
def writes_into_x(f, x, i):
    def cut(t):
        x[i] = t
        return f(x)

    return cut


@freeze.mistake("Every component becomes t. All but one are frozen: they keep the values they have in x.")
def sets_all(f, x, i):
    return lambda t: f(np.full(np.shape(x), float(t)))


@freeze.mistake("The other components are 0 in your slice. Frozen means that they keep the values they have in x.")
def others_at_zero(f, x, i):
    return lambda t: f(t * axis(x, i))


@freeze.mistake("With integers in x your copy is one of integers, and t loses its decimals. Make the copy of type float.")
def integer_copy(f, x, i):
    start = x.copy()

    def cut(t):
        point = start.copy()
        point[i] = t
        return f(point)

    return cut
