"""Forward mode with dual numbers."""

from __future__ import annotations

from autograder.writing import EXPSIN, SINE, Array, Function, Given, Items, OneOf, Reals, Smooth, Together, view

from ._lesson import STAND_INS, Pair, lesson, lifted_dual, number, show_nodes

_INPUTS = "This is what the inputs hold afterwards, data and slope of each. The result is a new Dual; others may still need these."

_PAIR = Together(data=Reals(high=100), slope=Reals(high=100))

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
    returns=Items(Array(), Array(), Array(lambda pairs, kinds: (2 * kinds.count("v"),))),
    show=show_nodes("dual_mul", "Dual"),
    domains={
        "pairs": Together(a=_PAIR, b=_PAIR),
        "kinds": OneOf("vv", "vn", "nv"),
    },
    clauses={
        "The product of two dual numbers": "is_the_product slope_of_the_product inputs_stay repeats examples edges",
        "Each of a and b is a Dual or a plain number": "a_number_stands_still edges",
    },
    hints=(
        "Multiply (a + a'τ)(b + b'τ) out. τ·τ is 0.",
        "dual(a) makes a Dual with the slope 0 of a plain number: a constant does not move.",
    ),
)


@dual_mul.edges
def equal_numbers(rng):
    """Two Duals with the same data, at different speeds, and one beside a plain number like it."""
    x = number(rng)
    for kinds in ("vv", "vn", "nv"):
        yield ((x, number(rng)), (x, number(rng))), kinds


@dual_mul.cases
def dual_pairs(rng):
    for _ in range(5):
        yield ((number(rng), number(rng)), (number(rng), number(rng))), "vv"


def _product(a, b):
    """Data and slope of a product: while one moves the other stands."""
    (x, v), (y, w) = a, b
    return x * y, v * y + x * w


def _as_given(pairs, kinds):
    """What the inputs amount to: a plain number does not move, and s is the first once more."""
    return [pairs[0] if kind == "s" else pair if kind == "v" else (pair[0], 0.0) for pair, kind in zip(pairs, kinds)]


@dual_mul.check(weight=0.5, domain=True)
def is_the_product(t, pairs, kinds):
    """Its data is the product"""
    t.equal(t(pairs, kinds)[0], _product(*_as_given(pairs, kinds))[0], "This is the data.")


@dual_mul.check(weight=1.5, domain=True)
def slope_of_the_product(t, pairs, kinds):
    """Its slope is that of the product"""
    why = "This is the slope. Both inputs move." if kinds == "vv" else "This is the slope."
    t.equal(t(pairs, kinds)[1], _product(*_as_given(pairs, kinds))[1], why)


def with_numbers(rng):
    """One of the two is a plain number."""
    for kinds in ("vn", "nv"):
        pairs = [(number(rng), number(rng)), (number(rng), number(rng))]
        pairs[kinds.index("n")] = (pairs[kinds.index("n")][0], 0.0)
        yield tuple(pairs), kinds


@dual_mul.check(cases=with_numbers, needs=("slope_of_the_product",))
def a_number_stands_still(t, pairs, kinds):
    """A plain number counts as a Dual that does not move"""
    t.equal(t(pairs, kinds)[:2], _product(*_as_given(pairs, kinds)), "The slope of a constant is 0.")


def with_itself(rng):
    """One Dual on both sides."""
    for _ in range(2):
        pair = (number(rng), number(rng))
        yield (pair, pair), "vs"


@dual_mul.check(weight=0.25, cases=with_itself, needs=("slope_of_the_product",))
def takes_the_same_twice(t, pairs, kinds):
    """The same Dual may come in twice"""
    t.equal(t(pairs, kinds)[:2], _product(*_as_given(pairs, kinds)), "Both inputs are the same Dual: both move.")


@dual_mul.check(weight=0.25, needs=("is_the_product",))
def inputs_stay(t, pairs, kinds):
    """The Duals that it gets stay as they were"""
    t.equal(t(pairs, kinds)[2], [n for pair, kind in zip(pairs, kinds) if kind == "v" for n in pair], _INPUTS)


@dual_mul.mistake("The product is written into an input. Make a new Dual: whoever gave you this one still needs it.")
def writes_into_an_input(a, b):
    a, b = lifted_dual(a), lifted_dual(b)
    a.data, a.slope = a.data * b.data, a.slope * b.data + a.data * b.slope
    return a


@dual_mul.mistake(
    "The slopes are multiplied. Both inputs move: while a moves, b stands, and the other way round. Add the two contributions."
)
def product_of_the_slopes(a, b):
    a, b = lifted_dual(a), lifted_dual(b)
    return Pair(a.data * b.data, a.slope * b.slope)


@dual_mul.mistake("The slope of b is dropped. Both inputs move.")
def drops_a_slope(a, b):
    a, b = lifted_dual(a), lifted_dual(b)
    return Pair(a.data * b.data, a.slope * b.data)


@dual_mul.mistake("These slopes belong to a sum. In a product each slope is multiplied by the other's data.")
def slope_of_a_sum(a, b):
    a, b = lifted_dual(a), lifted_dual(b)
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
    returns=Items(Array(), Array(), Array((2,))),
    domains={
        "a": _PAIR,
        "f": Smooth(),
        "fprime": Given(lambda sample: sample["f"].prime),
    },
    clauses={
        "The function f of a dual number": "value_of_f chain_rule input_stays repeats edges",
        "fprime is the derivative of f": "chain_rule",
    },
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


@dual_apply.check(weight=0.5, domain=True)
def value_of_f(t, pair, f, fprime):
    """Its data is f at the data"""
    t.equal(t(pair, f, fprime)[0], float(f(pair[0])))


@dual_apply.check(weight=1.5, domain=True)
def chain_rule(t, pair, f, fprime):
    """Its slope is the chain rule's"""
    t.equal(t(pair, f, fprime)[1], float(fprime(pair[0]) * pair[1]), "How fast does f move when its input moves at the speed a.slope?")


@dual_apply.check(weight=0.25, needs=("value_of_f",))
def input_stays(t, pair, f, fprime):
    """The Dual that it gets stays as it was"""
    t.equal(t(pair, f, fprime)[2], pair, _INPUTS)


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
