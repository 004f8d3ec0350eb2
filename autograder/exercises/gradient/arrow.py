"""The gradient by differences. Sources: S0.03, S1.16, S1.17."""

from __future__ import annotations

import numpy as np

from autograder.writing import (
    EPS,
    MIX3,
    PLANE_WAVE,
    Array,
    Field,
    Function,
    Reals,
    Tolerance,
    accuracy,
    along,
    axis,
    crests,
    falls_like,
    numeric,
    powers_at_zero,
    random_field,
    slope_along_line,
    slope_between,
    step_is_used,
    two_digits,
    view,
)

from ._claims import some_shape
from ._lesson import fields_and_points, lesson, scale

gradient = lesson.exercise(
    "gradient",
    5,
    "all partial derivatives, in the shape of x",
    signature="f, x, h=None",
    minutes=15,
    difficulty=3,
    tolerance=numeric(2, 100),
    returns=Array(lambda f, x, h=None: np.shape(x)),
    domains={"x": Reals(some_shape, high=30), "f": Field("x")},
    clauses={
        "The gradient of f at x by central differences, in the shape of x": "each_entry_is_a_partial error_falls_with_the_square has_the_shape_of_x",
        "f takes an array of the shape of x": "edges",
        "ValueError is raised": "only_for_scalar_f",
        "of any shape, of floats or integers; it may be read-only": "has_the_shape_of_x takes_integers leaves_x_alone edges",
        "Without h": "right_to_ten_digits step_grows_with_x",
        "right to about ten digits": "right_to_ten_digits step_grows_with_x",
        "A given h is used": "uses_the_given_step error_falls_with_the_square",
    },
    hints=(
        "One partial derivative for each element of x. Start each of them from a fresh copy of x, of type float.",
        "np.ndindex(x.shape) runs through the indices of an array of any shape.",
        "Put each slope into an array of the shape of x, at the same index.",
        "If f returns an array, there is no gradient: look at np.ndim of a value of f, and raise ValueError.",
    ),
)


@gradient.cases
def fields_and_crests(rng):
    """Fields of several sizes, and crests."""
    yield from fields_and_points(rng)
    yield from crests(rng)


@gradient.edges
def far_and_near(rng):
    """One element far out, beside one along which f bends on a scale of its own: the step of the largest is too long for it, whatever the seed."""
    far = round(float(rng.uniform(50, 70)), 1)
    for x in (np.array([far, 0.7]), np.array([far, -0.7])):
        yield Function("np.sin(1.3*x[1]) + 0.01*x[0]", "np.array([0.01, 1.3*np.cos(1.3*x[1])])", args="x", name="f"), x


@gradient.picture
def picture(f, x, h=None):
    return view("compass_explorer", yours=True, f=f, x=x.tolist()) if np.shape(x) == (2,) and np.ndim(f(x)) == 0 else None


def _exact(f, x) -> np.ndarray:
    """The slope along each axis, by a complex step."""
    return np.array([slope_along_line(f, x, axis(x, k)) for k in np.ndindex(np.shape(x))]).reshape(np.shape(x))


def _rough(f, x) -> Tolerance:
    """Where another promise is at stake than the digits: a forward difference passes, and an unsuitable step that is not far off."""
    size = np.finfo(float).eps ** 0.5 * (100 * scale(f, x) + float(np.max(np.abs(x))))
    return Tolerance(1e-6, size, "a forward difference at its best step, with second derivatives up to a hundred times the slopes")


@gradient.check(weight=2, domain=True)
def each_entry_is_a_partial(t, f, x):
    """Each entry is the partial derivative in its component"""
    t.equal(t(f, x), _exact(f, x), "Entry i is the slope when x[i] alone moves, from the same point each time.", _rough(f, x))


@gradient.check(domain=True, needs=("each_entry_is_a_partial",))
def right_to_ten_digits(t, f, x):
    """Without h it is right to about ten digits"""
    allowed = np.array([accuracy(f, x, axis(x, k)) for k in np.ndindex(np.shape(x))]).reshape(np.shape(x))
    why = "A central difference with a good step is right to about ten digits: lesson 2 has the best step."
    t.equal(t(f, x), _exact(f, x), why, Tolerance(1e-9, allowed, "ten times the error of a central difference at its best step"))


def large_steps(rng):
    """Steps large enough for the error to be seen, and no polynomials: there some correct differences are exact."""
    yield MIX3, np.array([0.9, -1.1, 0.8]), 0.1  # whatever the seed
    for f, x in list(fields_and_points(rng))[1:]:
        yield f, x, round(float(rng.uniform(0.06, 0.12)), 2)


@gradient.check(cases=large_steps)
def error_falls_with_the_square(t, f, x, h):
    """With a step of your own choice the error falls by 16 when h is quartered"""
    t.assume(h > 0)
    exact = np.array([slope_along_line(f, x, axis(x, i)) for i in range(len(x))])
    ours = [np.array([slope_between(along(f, x, axis(x, i)), -s, s) for i in range(len(x))]) - exact for s in (h, h / 4)]
    t.assume(np.all(np.abs(ours[0]) > 1e-5 * scale(f, x)) and np.all(np.abs(ours[0] / ours[1] - 16) < 2))
    values = [t(f, x, step) for step in (h, h / 4)]
    t.holds(
        np.all(values[0] != values[1]), "the same numbers for two steps", "numbers that depend on h a little", "Use the h that is given."
    )
    for i, (coarse, fine) in enumerate(zip(*(np.abs(value - exact) for value in values))):
        t.holds(
            coarse <= 1.2 * abs(ours[0][i]),
            f"error {coarse:.3g} in entry {i}",
            f"{abs(ours[0][i]):.3g} at most",
            "Use the h that is given as it is, the same for every element.",
        )
        t.holds(
            falls_like(coarse, fine, 4, 2, 1e-9 * scale(f, x)),
            f"errors {coarse:.3g} and {fine:.3g} in entry {i}",
            "a second error about 16 times smaller",
            "Use the h that is given, and points on both sides of x.",
        )


def given_steps(rng):
    """Points away from 1, and steps from tiny to large."""
    for n, x, h in ((2, [2.3, -1.7], 0.3), (3, [-3.1, 1.6, 2.2], 0.06), (2, [-1.9, 2.6], 2.5)):
        yield random_field(rng, n), np.array(x), h
    yield PLANE_WAVE, np.array([2.3, -1.7]), 64.0
    for power, _, h in powers_at_zero(3):
        f = Function(f"{power.expr.replace('x', 'x[0]')} + x[1]", f"np.array([{power.d.replace('x', 'x[0]')}, 1.0])", name="f")
        yield f, np.zeros(2), h


@gradient.check(weight=0.5, cases=given_steps, needs=("each_entry_is_a_partial",))
def uses_the_given_step(t, f, x, h):
    """A given h is used as it is"""
    t.assume(h > 0)
    lines = [along(f, x, axis(x, i)) for i in range(len(x))]
    ours = np.array([slope_between(line, -h, h) for line in lines])
    size = 1.0 + max(abs(float(line(s * h))) for line in lines for s in (1, -1)) + np.abs(x * ours)
    step_is_used(t, [(f, x, h), (f, x, h / 2)], h, ours, _exact(f, x), 16 * EPS * size / h)


def arrays(rng):
    """Arguments that are matrices and larger arrays, also with axes of length 1, and without an axis."""
    for shape in ((2, 3), (3, 1), (1, 4), (1,), (2, 1, 3)):
        yield random_field(rng, shape), two_digits(rng, 0.5, 1.4, shape, signs=True)
    yield Function("np.sum(np.sin(2*x))", "2*np.cos(2*x)", name="f"), np.array(float(two_digits(rng, 0.2, 0.6)))


@gradient.check(cases=arrays, needs=("each_entry_is_a_partial",))
def has_the_shape_of_x(t, f, x):
    """For a matrix x it is a matrix of the same shape"""
    t.equal(t(f, x), f.derivative(x), "Entry [i, j] is the slope when x[i, j] alone moves.", _rough(f, x))


def integer_points(rng):
    """Arrays of integers."""
    yield MIX3, np.array([1, -1, 2])
    yield random_field(rng, (2, 2)), np.array([[2, -1], [1, 3]])


@gradient.check(weight=0.5, cases=integer_points, needs=("each_entry_is_a_partial",))
def takes_integers(t, f, x):
    """It takes an array of integers"""
    why = "A small step does not fit into an array of integers: make the copies of type float, and the array of the answer too."
    t.equal(t(f, x), f.derivative(x), why, _rough(f, x))


def read_only_points(rng):
    """Arrays that must not be written to."""
    for n in (2, 3):
        x = two_digits(rng, 0.5, 1.4, n, signs=True)
        x.setflags(write=False)
        yield random_field(rng, n), x


@gradient.check(weight=0.5, cases=read_only_points, needs=("each_entry_is_a_partial",))
def leaves_x_alone(t, f, x):
    """It leaves x alone, which may be read-only"""
    outcome = t.outcome(f, x)
    t.holds(not outcome.raised, outcome.raised, "an array", "x is read-only here: change a copy of it.")
    t.equal(gradient.returns.accept(outcome.value, (f, x)), f.derivative(x), "", _rough(f, x))


def far_from_zero(rng):
    """Components far from 0 on either side, alone and beside one near 1, and functions that change as slowly there."""
    for size in ("1e6", "1e8"):
        for signs in ((1, -1), (-1, 1), (-1, 0), (1, 0)):  # 0: that one is near 1
            a, b, c = (float(v) for v in two_digits(rng, 0.5, 1.4, 3))
            units = [float(size), float(size) if signs[1] else 1.0]
            f = Function(f"{size}*({a}*np.sin({c}*x[0]/{size} + x[1]/{units[1]:g}) + {b}*(x[1]/{units[1]:g})**2*x[0]/{size})", name="f")
            yield f, np.array(units) * [signs[0], signs[1] or 1] * two_digits(rng, 0.8, 1.4, 2)


@gradient.check(weight=0.5, cases=far_from_zero, needs=("each_entry_is_a_partial",))
def step_grows_with_x(t, f, x):
    """Without h it is right far from 0 too"""
    t.assume(np.all(np.abs(x) > 0.5) and np.abs(x[0]) > 1e5)
    why = f"At {x[0]:.2g} a step of 0.000006 is too small beside the rounding there. Each element has its own step: let it grow with the element's size."
    # in units of the slope: eps/r of rounding and r²/6 of bending for a step r times x, where 6e-6 is the best r
    t.equal(t(f, x), _exact(f, x), why, Tolerance(1e-7, 1e-7, "h/x within a factor of thirty of the best"))


def many_variables(rng):
    """Enough elements for a needless loop to show in the number of calls."""
    yield random_field(rng, 12), two_digits(rng, 0.5, 1.4, 12, signs=True)


@gradient.check(weight=0.5, cases=many_variables, needs=("each_entry_is_a_partial",), counts=True)
def calls_f_a_few_times_for_each(t, f, x):
    """It calls f a few times for each element, not more"""
    t.equal(t(f, x), f.derivative(x), "", _rough(f, x))
    t.holds(
        t.evaluations <= 4 * x.size + 4,
        f"{t.evaluations} calls of f",
        f"{2 * x.size} calls for {x.size} elements",
        "Two calls make one entry. Is there a loop inside a loop, or is the whole gradient computed again for each entry?",
    )
    if t.evaluations > 2 * x.size + 1:
        t.remarks[f"f was called {t.evaluations} times for {x.size} elements. A central difference needs two calls for each."] = None


def vector_functions(rng):
    """Functions that return an array: they have no gradient."""
    a, b = (float(v) for v in two_digits(rng, 0.5, 1.4, 2))
    yield Function(f"np.array([{a}*x[0]*x[1], np.sin({b}*x[1])])", name="f"), two_digits(rng, 0.5, 1.4, 2, signs=True)
    yield Function(f"{a}*np.sin(x)", name="f"), two_digits(rng, 0.5, 1.4, 3, signs=True)
    yield Function(f"np.array([np.sin({a}*x[0]*x[1])])", name="f"), two_digits(rng, 0.5, 1.4, 2, signs=True)
    yield Function(f"{a}*np.sin(x)", name="f"), two_digits(rng, 0.5, 1.4, 1, signs=True)
    yield Function(f"np.array([[np.sin({a}*x[0, 0]*x[1, 0])]])", name="f"), two_digits(rng, 0.5, 1.4, (2, 1), signs=True)
    yield Function(f"np.sin({a}*x)", name="f"), np.array([1, -1, 2])


@gradient.check(cases=vector_functions, needs=("each_entry_is_a_partial",))
def only_for_scalar_f(t, f, x):
    """When f returns an array it raises ValueError"""
    t.raises(
        "ValueError",
        f,
        x,
        why="This f returns an array. Only a function whose value is one number has a gradient; lesson 5 has a matrix for the others. "
        "Do not wait for NumPy to complain: look at np.ndim of a value of f.",
    )
