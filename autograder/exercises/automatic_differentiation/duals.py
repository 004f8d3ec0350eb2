"""Forward mode with dual numbers."""

from __future__ import annotations

import numpy as np

from autograder.writing import EXPSIN, SINE, Array, Function, Items, Miss, literal, view

from ._lesson import STAND_INS, Pair, lesson, number, show_nodes

_TWO = Items(Array(), Array())

dual_mul = lesson.exercise(
    "dual_mul",
    1,
    "the product of two dual numbers",
    signature="a, b",
    minutes=6,
    difficulty=2,
    program="dual_node",
    needs=("Dual",),
    stand_ins=STAND_INS,
    returns=_TWO,
    show=show_nodes("dual_mul", "Dual"),
    hints=(
        "Multiply (a + a'ε)(b + b'ε) out. ε·ε is 0.",
        "dual(a) makes a Dual with the slope 0 of a plain number: a constant does not move.",
    ),
)


@dual_mul.cases
def dual_pairs(rng):
    for _ in range(5):
        yield ((number(rng), number(rng)), (number(rng), number(rng))), "vv"


def _product(a, b):
    """Data and slope of a product, the slope by an exact difference: the product is quadratic in the step."""
    (x, v), (y, w) = a, b
    return x * y, ((x + v) * (y + w) - (x - v) * (y - w)) / 2


@dual_mul.check(weight=2)
def is_the_product(t, pairs, kinds):
    """Its data is the product, its slope that of the product"""
    data, slope = t(pairs, kinds)
    t.equal(data, _product(*pairs)[0], "This is the data.")
    t.equal(slope, _product(*pairs)[1], "This is the slope. Both inputs move.")


def with_numbers(rng):
    """One of the two is a plain number."""
    for kinds in ("vn", "nv"):
        pairs = [(number(rng), number(rng)), (number(rng), number(rng))]
        pairs[kinds.index("n")] = (pairs[kinds.index("n")][0], 0.0)
        yield tuple(pairs), kinds


@dual_mul.check(cases=with_numbers, needs=("is_the_product",))
def a_number_stands_still(t, pairs, kinds):
    """A plain number counts as a Dual that does not move"""
    t.equal(t(pairs, kinds), _product(*pairs), "The slope of a constant is 0.")


def _lift(x):
    return x if isinstance(x, Pair) else Pair(x)


@dual_mul.mistake(
    "The slopes are multiplied. Both inputs move: while a moves, b stands, and the other way round. Add the two contributions."
)
def product_of_the_slopes(a, b):
    a, b = _lift(a), _lift(b)
    return Pair(a.data * b.data, a.slope * b.slope)


@dual_mul.mistake("The slope of b is dropped. Both inputs move.")
def drops_a_slope(a, b):
    a, b = _lift(a), _lift(b)
    return Pair(a.data * b.data, a.slope * b.data)


@dual_mul.mistake("These slopes belong to a sum. In a product each slope is multiplied by the other's data.")
def slope_of_a_sum(a, b):
    a, b = _lift(a), _lift(b)
    return Pair(a.data * b.data, a.slope + b.slope)


@dual_mul.mistake("A plain number has no .data. Send both inputs through dual first.")
def duals_only(a, b):
    return Pair(a.data * b.data, a.slope * b.data + a.data * b.slope)


dual_apply = lesson.exercise(
    "dual_apply",
    1,
    "a function of a dual number",
    signature="a, f, fprime",
    minutes=5,
    difficulty=2,
    program="dual_function",
    needs=("Dual",),
    stand_ins=STAND_INS,
    returns=_TWO,
    show=lambda pair, f, fprime: f"f = {f.source}\nfprime = {fprime.source}\ndual_apply(Dual({pair[0]!r}, {pair[1]!r}), f, fprime)",
    hints=("The chain rule: the slope of f at a.data, times how fast a itself moves.",),
)


@dual_apply.cases
def function_cases(rng):
    for f in (SINE, EXPSIN, Function("x**3 - x", "3*x**2 - 1"), Function("np.tanh(x)", "1 - np.tanh(x)**2")):
        yield (number(rng), number(rng)), f, f.prime


@dual_apply.picture
def picture(a, f, fprime):
    return view("secant_explorer", f=f, fprime=fprime, x=a[0])


@dual_apply.check(weight=0.5)
def value_of_f(t, pair, f, fprime):
    """Its data is f at the data"""
    t.equal(t(pair, f, fprime)[0], float(f(pair[0])))


@dual_apply.check(weight=1.5, needs=("value_of_f",))
def chain_rule(t, pair, f, fprime):
    """Its slope is the chain rule's"""
    t.equal(t(pair, f, fprime)[1], float(fprime(pair[0]) * pair[1]), "How fast does f move when its input moves at the speed a.slope?")


@dual_apply.mistake("This is the local slope of f alone. Multiply by the speed of its input, a.slope.")
def chain_local_only(a, f, fprime):
    return Pair(f(a.data), fprime(a.data))


@dual_apply.mistake("The slope of f is taken at a.slope. It is taken where f is evaluated: at a.data.")
def slope_at_the_slope(a, f, fprime):
    return Pair(f(a.data), fprime(a.slope) * a.data)


@dual_apply.mistake("f is applied to the slope. A slope goes through the derivative: fprime(a.data) times a.slope.")
def f_of_the_slope(a, f, fprime):
    return Pair(f(a.data), f(a.slope))


@dual_apply.mistake("The slope passes unchanged. f stretches it by fprime(a.data).")
def slope_unchanged(a, f, fprime):
    return Pair(f(a.data), a.slope)


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


@dual_jvp.check(weight=2)
def is_J_times_v(t, x, v, values, J):
    """It is J v, the slopes of all outputs along v"""
    t.equal(t(x, v, values, J)[0], [np.dot(row, v) for row in J], "f is called with Duals; the slopes of what it returns are the answer.")


@dual_jvp.check(weight=0.5, needs=("is_J_times_v",))
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
    return np.array([read(_lift(one)) for one in f([Pair(float(a), float(b)) for a, b in zip(x, v)])])


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
