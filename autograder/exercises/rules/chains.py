"""The chain rule, and all rules at once. Source: MC20."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, EXPSIN, Array, Function, Reals, Tolerance, view

from ._lesson import PAIR, lesson, lost_in, nothing_at, pairs, pairs_at_many_places, slope_of

chain_slope = lesson.exercise(
    "chain_slope",
    2,
    "the slope of a function of a function",
    signature="f, fprime, g, gprime, x",
    minutes=6,
    difficulty=2,
    returns=Array(lambda f, fprime, g, gprime, x: np.shape(x)),
    domains=PAIR,
    clauses={
        "slope of x -> f(g(x))": "is_the_slope_of_the_chain",
        "functions of one number": "edges",
        "shape of x": "takes_an_array_of_places",
    },
    hints=(
        "Follow a small step: from the line of x to that of u = g(x), and from there to f(u). By which factor is it stretched each time?",
        "The outer function sees u only. At which place must its slope be taken?",
        "Test it by hand: (x³)² is x⁶, whose slope at 2 is 192.",
    ),
)
chain_slope.cases(pairs)


@chain_slope.picture
def picture(f, fprime, g, gprime, x):
    return view("chain_explorer", yours=True, f=f, g=g, x=x) if np.ndim(x) == 0 and np.isfinite(g(x)) else None


def _lost(f, g, x) -> Tolerance:
    """u = g(x) is rounded, and a bent f makes another slope of it."""
    u, inner = np.asarray(g(x), float), np.asarray(g.derivative(x), float)
    bend = np.abs(np.asarray(f.prime.derivative(u), float))
    outer = np.abs(np.asarray(f.derivative(u), float))
    lost = np.abs(inner) * (bend * (np.abs(u) + np.abs(inner * x) + 5) + outer)
    return Tolerance(1e-12, 1e-13 + 64 * EPS * lost, "the inner value is rounded, and the outer slope is taken there")


@chain_slope.edges
def links_that_are_zero(rng):
    """Places where the inner value is 0, where the outer one is, and where one of the slopes is."""
    a = round(float(rng.uniform(0.3, 1.5)), 2)
    for flat in nothing_at(a):
        yield EXPSIN, EXPSIN.prime, flat, flat.prime, a
        yield EXPSIN, EXPSIN.prime, flat, flat.prime, np.array([a, 0.2])
    half = Function("0.5*x", "0.5 + 0*x", "0*x", name="g")
    for flat in nothing_at(a / 2):
        yield flat, flat.prime, half, half.prime, a


@chain_slope.check(weight=2, domain=True)
def is_the_slope_of_the_chain(t, f, fprime, g, gprime, x):
    """It is the slope of x -> f(g(x))"""
    t.equal(t(f, fprime, g, gprime, x), slope_of(lambda z: f(g(z)), x), "", _lost(f, g, x))


@chain_slope.check(cases=pairs_at_many_places, needs=("is_the_slope_of_the_chain",))
def takes_an_array_of_places(t, f, fprime, g, gprime, x):
    """It takes an array of places and answers for each"""
    t.equal(t(f, fprime, g, gprime, x), slope_of(lambda z: f(g(z)), x), "", _lost(f, g, x))


@chain_slope.mistake("The slope of f is taken at x. The outer function never sees x: where is its slope to be taken?")
def outer_slope_at_x(f, fprime, g, gprime, x):
    return fprime(x) * gprime(x)


@chain_slope.mistake("The inner factor is missing: the step was stretched by g before it came to f.")
def inner_factor_forgotten(f, fprime, g, gprime, x):
    return fprime(g(x))


@chain_slope.mistake("You put the slope of g into the slope of f. Two factors are wanted, not one inside the other.")
def slopes_nested(f, fprime, g, gprime, x):
    return fprime(gprime(x))


@chain_slope.mistake("That is the product rule. Here f is not multiplied by g: it is applied to it.")
def product_rule(f, fprime, g, gprime, x):
    return slope_of(lambda z: f(z) * g(z), x)


@chain_slope.mistake("That is the slope of g(f(x)): the inner function is g.")
def other_way_round(f, fprime, g, gprime, x):
    return gprime(f(x)) * fprime(x)


bell_wave_slope = lesson.exercise(
    "bell_wave_slope",
    3,
    "the derivative of exp(-x²)·sin 3x, by the rules",
    signature="x",
    minutes=10,
    difficulty=3,
    returns=Array(lambda x: np.shape(x)),
    domains={"x": Reals(..., low=0.01, high=4)},
    clauses={"derivative of exp(-x**2) * sin(3*x)": "is_the_derivative", "an array of numbers": "takes_an_array"},
    hints=(
        "Which operation is done last? Name its two sides f and g, and find each slope by itself.",
        "Both sides are chains. In the first, exp is outside and -x² inside; in the second, sin is outside and 3x inside.",
        "At x = 0 the bell has the height 1 and the slope 0, and the wave has the slope 3.",
    ),
)
WAVE = Function("np.exp(-x**2)*np.sin(3*x)", name="bell_wave")


@bell_wave_slope.cases
def places(rng):
    for x in (0.0, *np.round(rng.uniform(0.2, 1.6, size=8) * np.resize([1, -1], 8), 2).tolist()):
        yield (x,)


@bell_wave_slope.check(weight=2, domain=True)
def is_the_derivative(t, x):
    """It is the derivative of exp(-x²)·sin 3x"""
    t.equal(t(x), slope_of(WAVE, x), "", lost_in(8 + 0 * np.asarray(x, float)))


def many_places(rng):
    """Arrays of places."""
    yield (np.round(rng.uniform(-1.5, 1.5, size=4), 2),)
    yield (np.round(rng.uniform(-1.5, 1.5, size=(2, 3)), 2),)


@bell_wave_slope.check(cases=many_places, needs=("is_the_derivative",))
def takes_an_array(t, x):
    """It takes an array and answers for each of its numbers"""
    t.equal(t(x), slope_of(WAVE, x), "", lost_in(8 + 0 * np.asarray(x, float)))


@bell_wave_slope.picture
def picture_of_the_wave(x):
    bell, wave = Function("np.exp(-x**2)", name="f"), Function("np.sin(3*x)", name="g")
    return view("product_explorer", yours=True, f=bell, g=wave, x=x) if np.ndim(x) == 0 else None


def _bell(x):
    return np.exp(-(np.asarray(x, dtype=float) ** 2))


@bell_wave_slope.mistake("The slope of sin 3x lacks a factor: the inner function 3x stretches every step.")
def three_forgotten(x):
    return -2 * x * _bell(x) * np.sin(3 * x) + _bell(x) * np.cos(3 * x)


@bell_wave_slope.mistake("You took the slope of the bell to be the bell itself. In exp(-x²) the inside moves as well.")
def bell_is_its_own_slope(x):
    return _bell(x) * np.sin(3 * x) + 3 * _bell(x) * np.cos(3 * x)


@bell_wave_slope.mistake("The inside of the bell is -x², with a minus: right of 0 the bell falls.")
def bell_rises(x):
    return 2 * x * _bell(x) * np.sin(3 * x) + 3 * _bell(x) * np.cos(3 * x)


@bell_wave_slope.mistake("You multiplied the two slopes. A product gains two strips.")
def product_of_slopes(x):
    return -2 * x * _bell(x) * 3 * np.cos(3 * x)


@bell_wave_slope.mistake("Only the wave was differentiated. The bell changes too.")
def bell_stands_still(x):
    return 3 * _bell(x) * np.cos(3 * x)


@bell_wave_slope.mistake("The slope of sine has the wrong sign: at 0 it rises.")
def sine_falls(x):
    return -2 * x * _bell(x) * np.sin(3 * x) - 3 * _bell(x) * np.cos(3 * x)
