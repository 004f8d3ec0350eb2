"""A JVP by dual numbers, in one forward pass."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Miss, Reals, literal

from ._lesson import STAND_INS, Pair, lesson, lifted_dual, number

dual_jvp = lesson.exercise(
    "dual_jvp",
    1,
    "a JVP in one forward pass",
    signature="x, v, values, J",
    minutes=8,
    difficulty=3,
    program="dual_run",
    needs=("Dual",),
    stand_ins=STAND_INS,
    domains={
        "x": Reals("n", low=0.1, high=10),
        "v": Reals("n", low=0.1, high=10, zeros=True),
        "values": Reals("m", low=0.1, high=10),
        "J": Reals("m n", low=0.1, high=10, zeros=True),
    },
    clauses={
        "J v for a function f at x, in one pass": "is_J_times_v at_the_point repeats edges",
        "f takes a list of n Duals and returns a list of m": "is_J_times_v edges",
        "an item that does not depend on the inputs may be a plain number": "constants_stand_still edges",
    },
    returns=Items(Array(lambda x, v, values, J: values.shape), Array(None)),
    show=lambda x, v, values, J: (
        f"J = {literal(J)}\nvalues = {literal(values)}\n"
        "f = lambda xs: [Dual(c, sum(s * one.slope for s, one in zip(row, xs))) if row.any() else c for c, row in zip(values, J)]\n"
        f"dual_jvp(f, {literal(x)}, {literal(v)})"
    ),
    hints=(
        "Make one Dual for each input: its data from x, its slope from v. Then call f once, with the list of them.",
        "f returns a list. The slopes of its items are the answer; dual(item) gives plain numbers the slope 0.",
    ),
)


@dual_jvp.cases
def linear_cases(rng):
    for n, m in ((3, 2), (2, 4), (4, 1), (3, 3)):
        x, v, values = (np.array([number(rng) for _ in range(k)]) for k in (n, n, m))
        yield x, v, values, np.array([[number(rng) for _ in range(n)] for _ in range(m)])
    yield x, np.array([1, 0, -2]), values, np.array([[number(rng) for _ in range(3)] for _ in range(3)])  # a direction of whole numbers


@dual_jvp.check(weight=2, domain=True)
def is_J_times_v(t, x, v, values, J):
    """It is J v, the slopes of all outputs along v"""
    t.equal(t(x, v, values, J)[0], [np.dot(row, v) for row in J], "f is called with Duals; the slopes of what it returns are the answer.")


@dual_jvp.check(weight=0.5, domain=True)
def at_the_point(t, x, v, values, J):
    """f is evaluated at x, once"""
    places = t(x, v, values, J)[1]
    if places.shape != (1, len(x)):
        raise Miss(
            f"{len(places)} calls of f", "one", "One direction costs one pass, however many inputs there are. All inputs move at once."
        )
    t.equal(places[0], x, "The data of the Duals are the numbers in x.")


def constants(rng):
    """Outputs that do not depend on the inputs come back as plain numbers."""
    for x, v, values, J in list(linear_cases(rng))[:2]:
        J[0] = 0
        yield x, v, values, J


@dual_jvp.check(weight=0.5, cases=constants, needs=("is_J_times_v",))
def constants_stand_still(t, x, v, values, J):
    """An output that is a plain number has the slope 0"""
    t.equal(t(x, v, values, J)[0], [np.dot(row, v) for row in J], "A function may return a constant. It does not move.")


def _run(f, x, v, read=lambda one: one.slope):
    return np.array([read(lifted_dual(one)) for one in f([Pair(float(a), float(b)) for a, b in zip(x, v)])])


@dual_jvp.mistake("All slopes are 0: the Duals start without v.")
def drops_the_tangent(f, x, v):
    return _run(f, x, 0 * v)


@dual_jvp.mistake("v is not used: every input moves at the speed 1.")
def moves_along_ones(f, x, v):
    return _run(f, x, np.ones(len(v)))


@dual_jvp.mistake("These are the values of f. The slopes are asked for.")
def returns_the_values(f, x, v):
    return _run(f, x, v, lambda one: float(one.data))


@dual_jvp.mistake("v is scaled to length one. J v is linear in v: twice the speed, twice the slope.")
def normalises_v(f, x, v):
    return _run(f, x, v / np.linalg.norm(v))


@dual_jvp.mistake("One pass for each input: that builds the whole Jacobian. All inputs can move at once, each at its own speed.")
def one_pass_for_each_input(f, x, v):
    return sum(v[k] * _run(f, x, e) for k, e in enumerate(np.eye(len(x))))


@dual_jvp.mistake("A plain number has no .slope: an output may be a constant. Send the outputs through dual first.")
def no_constants(f, x, v):
    return np.array([one.slope for one in f([Pair(float(a), float(b)) for a, b in zip(x, v)])])
