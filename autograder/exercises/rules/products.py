"""Products and quotients: a slope from the slopes of the parts."""

from __future__ import annotations

import numpy as np

from autograder.writing import CUBIC, EXPSIN, SINE, Array, Function, choice, view

from ._lesson import PAIR, lesson, lost_in, nothing_at, pairs, pairs_at_many_places, slope_of

product_slope = lesson.exercise(
    "product_slope",
    2,
    "the slope of a product",
    signature="f, fprime, g, gprime, x",
    minutes=6,
    difficulty=1,
    returns=Array(lambda f, fprime, g, gprime, x: np.shape(x)),
    domains=PAIR,
    clauses={
        "slope of the product": "is_the_slope_of_the_product",
        "functions of one number": "edges",
        "shape of x": "takes_an_array_of_places",
    },
    hints=(
        "Draw the rectangle with the sides f(x) and g(x). Which two strips does it gain?",
        "The strip at the side is as long as g(x) and grows as fast as f does. What of the strip on top?",
        "Test it by hand: x times x² is x³, whose slope at 2 is 12.",
    ),
)
product_slope.cases(pairs)


@product_slope.picture
def picture(f, fprime, g, gprime, x):
    return view("product_explorer", yours=True, f=f, g=g, x=x) if np.ndim(x) == 0 else None


def _product_terms(f, fprime, g, gprime, x):
    sizes = [np.abs(np.asarray(one(x), float)) for one in (f, fprime, g, gprime)]
    return [sizes[1] * sizes[2], sizes[0] * sizes[3]]


@product_slope.edges
def a_factor_that_is_zero(rng):
    """Places where f is 0, where g is, and where both are: a strip has no length there, and the other one stays. The same for slopes."""
    a = round(float(rng.uniform(0.3, 1.5)), 2)
    for flat in nothing_at(a):
        yield flat, flat.prime, EXPSIN, EXPSIN.prime, a
        yield EXPSIN, EXPSIN.prime, flat, flat.prime, a
        yield flat, flat.prime, flat, flat.prime, a


@product_slope.check(weight=2, domain=True)
def is_the_slope_of_the_product(t, f, fprime, g, gprime, x):
    """It is the slope of x -> f(x)·g(x)"""
    t.equal(t(f, fprime, g, gprime, x), slope_of(lambda z: f(z) * g(z), x), "", lost_in(*_product_terms(f, fprime, g, gprime, x)))


@product_slope.check(cases=pairs_at_many_places, needs=("is_the_slope_of_the_product",))
def takes_an_array_of_places(t, f, fprime, g, gprime, x):
    """It takes an array of places and answers for each"""
    t.equal(t(f, fprime, g, gprime, x), slope_of(lambda z: f(z) * g(z), x), "", lost_in(*_product_terms(f, fprime, g, gprime, x)))


@product_slope.mistake(
    "That is the product of the slopes. It belongs to the corner of the growing rectangle, which does not count; the strips do."
)
def product_of_slopes(f, fprime, g, gprime, x):
    return fprime(x) * gprime(x)


@product_slope.mistake("That is the sum of the slopes. A strip is as long as the other side: how long are they?")
def sum_of_slopes(f, fprime, g, gprime, x):
    return fprime(x) + gprime(x)


@product_slope.mistake("One strip is missing: you let f grow and g stand still.")
def only_f_grows(f, fprime, g, gprime, x):
    return fprime(x) * g(x)


@product_slope.mistake("One strip is missing: you let g grow and f stand still.")
def only_g_grows(f, fprime, g, gprime, x):
    return f(x) * gprime(x)


@product_slope.mistake("The two strips are subtracted. Both of them add to the area.")
def strips_subtracted(f, fprime, g, gprime, x):
    return fprime(x) * g(x) - f(x) * gprime(x)


@product_slope.mistake("Each slope is multiplied by its own function. The strip that f adds is as long as the other side, g.")
def own_side(f, fprime, g, gprime, x):
    return f(x) * fprime(x) + g(x) * gprime(x)


wrong_step_of_the_product = lesson.add(
    choice(
        "wrong_step_of_the_product",
        1,
        "the wrong step in a proof of (fg)′ = f′g′",
        wrong={
            "a": "That is the definition of the derivative, for the function f·g. It holds.",
            "b": "After the step the sides are f + Δf and g + Δg: this is the new area minus the old one. It holds.",
            "d": "Where both factors have a limit, the limit of their product is the product of the limits. It holds.",
        },
        difficulty=2,
        hints=(
            "Each step claims something about numbers. Take f = g = x at x = 2 with h = 1, and work out both sides of every line that has two.",
            "A line may be true although the line before it is false: ask of each only whether it follows, or holds by itself.",
        ),
    )
)

quotient_slope = lesson.exercise(
    "quotient_slope",
    2,
    "the slope of a quotient",
    signature="f, fprime, g, gprime, x",
    minutes=8,
    difficulty=2,
    returns=Array(),
    domains=PAIR,
    clauses={
        "slope of the quotient": "is_the_slope_of_the_quotient",
        "functions of one number": "edges",
        "Raises ValueError": "a_zero_below_is_an_error",
    },
    hints=(
        "Write f/g as f times 1/g and use the product rule. The slope of 1/g comes from the chain rule.",
        "Bring both terms to the denominator g(x)**2.",
        "Test it by hand: 6/x at 2 falls with the slope -1.5.",
    ),
)


@quotient_slope.cases
def quotient_cases(rng):
    f, g = (
        Function("x**2 + 1", "2*x", "2.0 + 0*x", name="f"),
        Function("np.exp(0.5*x)", "0.5*np.exp(0.5*x)", "0.25*np.exp(0.5*x)", name="g"),
    )
    for x in (0.8, -1.1):  # positive below, and first: who refuses some denominators loses the same in every draw
        yield f, f.prime, g, g.prime, x
    for case in pairs(rng):
        if abs(case[2](case[4])) > 0.1:
            yield case


def _quotient_terms(f, fprime, g, gprime, x):
    top, slope, bottom, other = (abs(float(one(x))) for one in (f, fprime, g, gprime))
    return [slope / bottom, top * other / bottom**2]


@quotient_slope.check(weight=2, domain=True)
def is_the_slope_of_the_quotient(t, f, fprime, g, gprime, x):
    """It is the slope of x -> f(x)/g(x)"""
    t.assume(abs(g(x)) > 1e-10)
    terms = _quotient_terms(f, fprime, g, gprime, x)
    cancelled = (abs(float(gprime(x)) * x) + 5) / min(abs(float(g(x))), 1.0)  # g may be a small rest of larger numbers
    t.equal(t(f, fprime, g, gprime, x), float(slope_of(lambda z: f(z) / g(z), x)), "", lost_in(*(term * cancelled for term in terms)))


@quotient_slope.edges
def a_denominator_of_any_size(rng):
    """g that is small, tiny, large, negative, and no more than a constant."""
    x = round(float(rng.uniform(0.3, 1.2)), 2)
    for scale in ("0.125", "-0.25", "400.0", "-3000.0", "1e-3", "-1e-6", "1e-9", "-1e-12", "1e-30"):
        g = Function(f"{scale}*(x + 2)", f"{scale} + 0*x", "0*x", name="g")
        yield SINE, SINE.prime, g, g.prime, x
    one = Function("1.5 + 0*x", "0*x", "0*x", name="f")
    yield one, one.prime, CUBIC, CUBIC.prime, x
    yield CUBIC, CUBIC.prime, one, one.prime, x
    line, valley = nothing_at(x)
    yield line, line.prime, EXPSIN, EXPSIN.prime, x  # a quotient that is 0 has a slope
    yield valley, valley.prime, EXPSIN, EXPSIN.prime, x
    yield EXPSIN, EXPSIN.prime, valley, valley.prime, x


def zeros_below(rng):
    """Denominators that are 0, with tops that are not, and that are."""
    a = round(float(rng.uniform(0.3, 1.5)), 2)
    g = Function(f"x - {a}", "1.0 + 0*x", "0*x", name="g")
    yield CUBIC, CUBIC.prime, g, g.prime, a
    yield g, g.prime, g, g.prime, a
    yield CUBIC, CUBIC.prime, SINE, SINE.prime, 0.0


@quotient_slope.check(cases=zeros_below)
def a_zero_below_is_an_error(t, f, fprime, g, gprime, x):
    """Where g(x) is 0 it raises ValueError"""
    t.assume(g(x) == 0)
    t.raises(
        "ValueError", f, fprime, g, gprime, x, why="Where g is 0 the quotient has no value, so it has no slope. Raise ValueError then."
    )


@quotient_slope.picture
def picture_of_the_quotient(f, fprime, g, gprime, x):
    return view("product_explorer", yours=True, f=f, g=Function(f"1/({g.expr})", name="g"), x=x) if np.ndim(x) == 0 and g(x) != 0 else None


def _bottom(g, x):
    if g(x) == 0:
        raise ValueError
    return g(x)


@quotient_slope.mistake("That is the quotient of the slopes. Take 6/x: the slope of 6 is 0, and the slope of 6/x is not.")
def quotient_of_slopes(f, fprime, g, gprime, x):
    _bottom(g, x)
    return fprime(x) / gprime(x) if gprime(x) else 0.0


@quotient_slope.mistake("The sign is flipped: a numerator that grows makes the quotient of positive numbers larger.")
def order_flipped(f, fprime, g, gprime, x):
    return (f(x) * gprime(x) - fprime(x) * g(x)) / _bottom(g, x) ** 2


@quotient_slope.mistake("Both parts are added. A denominator that grows makes the quotient of positive numbers smaller.")
def parts_added(f, fprime, g, gprime, x):
    return (fprime(x) * g(x) + f(x) * gprime(x)) / _bottom(g, x) ** 2


@quotient_slope.mistake("You divide by g(x) where its square belongs: the slope of 1/u is -1/u².")
def square_forgotten(f, fprime, g, gprime, x):
    return (fprime(x) * g(x) - f(x) * gprime(x)) / _bottom(g, x)


@quotient_slope.mistake(
    "Where g(x) is 0 you return a number that is none, or stop by another error. Look at g(x) first and raise ValueError."
)
def divides_by_zero(f, fprime, g, gprime, x):
    with np.errstate(all="ignore"):
        return (fprime(x) * g(x) - f(x) * gprime(x)) / np.float64(g(x)) ** 2
