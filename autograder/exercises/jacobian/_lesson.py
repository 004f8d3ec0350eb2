"""What lesson 05 is called, and the vector functions on which its exercises are judged."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, MIX3, SEED2, Function, Lesson, Tolerance

lesson = Lesson("05_jacobian", "The Jacobian", "What is the derivative of a function with many inputs and many outputs?")

SEED_MAP = Function("np.array([x[0] + x[1], x[0]*x[1]])", "np.array([[1.0, 1.0], [x[1], x[0]]])", name="seed_map")  # S0.14
POLAR = Function(
    "np.array([x[0]*np.cos(x[1]), x[0]*np.sin(x[1])])",
    "np.array([[np.cos(x[1]), -x[0]*np.sin(x[1])], [np.sin(x[1]), x[0]*np.cos(x[1])]])",
    name="polar",
)
MIX34 = Function(
    "np.array([x[0]*x[1], np.sin(x[2]), x[0]**2*x[2], x[1]])",
    "np.array([[x[1], x[0], 0.0], [0.0, 0.0, np.cos(x[2])], [2*x[0]*x[2], 0.0, x[0]**2], [0.0, 1.0, 0.0]])",
    name="mix34",
)
SEED2_CURVED = Function(
    SEED2.expr, SEED2.d,
    "np.array([[48*x[0]**2*x[1]**3, 48*x[0]**3*x[1]**2], [48*x[0]**3*x[1]**2, 24*x[0]**4*x[1]]])", name="seed2",
)  # fmt: skip
MIX3_CURVED = Function(
    MIX3.expr, MIX3.d,
    "np.exp(x[0]*x[1])*np.array([[x[1]**2, 1 + x[0]*x[1], 0], [1 + x[0]*x[1], x[0]**2, 0], [0, 0, 0]])"
    " + np.array([[2*x[1]*x[2], 2*x[0]*x[2], 2*x[0]*x[1]], [2*x[0]*x[2], 0, x[0]**2], [2*x[0]*x[1], x[0]**2, -np.sin(x[2])]])",
    name="mix3",
)  # fmt: skip

FIRST_ORDER = Tolerance(1.5e-6, 1.5e-6, "a forward difference at its best step, sqrt(eps), with second derivatives up to 10, times ten")
ROUGH = Tolerance(1e-2, 1e-2, "any small step, on whichever side: the digits are a promise of their own")
LINEAR = Tolerance(5e-2, 5e-2, "a one-sided step that passes as rough, four times as far off for a direction twice as long")
ANY_STEP = Tolerance(2e-5, 2e-5, "people make the same mistake with another small step")


def numbers(rng: np.random.Generator, shape, low: float = -2.0, high: float = 2.0) -> np.ndarray:
    """Random numbers with two digits, so that a counterexample is short to paste; none nearer to 0 than 0.05: zeros are asked in every draw or in none."""
    values = np.round(rng.uniform(low, high, size=shape), 2)
    return np.where(np.abs(values) < 0.05, np.copysign(0.05, values), values)[()]


def random_map(rng: np.random.Generator, m: int, n: int) -> Function:
    """A random map from n numbers to m: the sine of a sum of all inputs, each with its own factor."""
    a, b = (f"np.array({numbers(rng, shape, -1.5, 1.5).tolist()})" for shape in ((m, n), (m,)))
    return Function(f"np.sin({a} @ x + {b})", f"np.cos({a} @ x + {b})[:, None] * {a}", name="f")


def random_bowl(rng: np.random.Generator, n: int) -> Function:
    """A random smooth scalar function of n inputs with its gradient and its matrix of second partials."""
    a, b = (f"np.array({numbers(rng, n, -1.2, 1.2).tolist()})" for _ in range(2))
    wave, cowave = f"np.exp({b} @ x)*np.sin({a} @ x)", f"np.exp({b} @ x)*np.cos({a} @ x)"
    return Function(
        wave, f"{cowave}*{a} + {wave}*{b}",
        f"{wave}*(np.outer({b}, {b}) - np.outer({a}, {a})) + {cowave}*(np.outer({a}, {b}) + np.outer({b}, {a}))", name="f",
    )  # fmt: skip


def maps(rng):
    """Maps of many shapes, none of them symmetric; the first has more outputs than inputs."""
    yield MIX34, numbers(rng, 3)
    for m, n in ((2, 3), (4, 2), (3, 3), (2, 4)):
        yield random_map(rng, m, n), numbers(rng, n)
    yield POLAR, numbers(rng, 2, 0.4, 2.0)
    yield SEED_MAP, numbers(rng, 2)


def handed_back(rng):
    """Maps whose value is the array they were given, or a view of it: who moves that array while it is needed loses what came back."""
    for expr, d in (("x", "np.eye(len(x))"), ("x[::-1]", "np.eye(len(x))[::-1]")):
        yield Function(expr, d, name="f"), numbers(rng, 3, 0.3, 2.0)


def maps_of_all_kinds(rng):
    """Maps, and points where a map bends."""
    yield from maps(rng)
    yield from bent_maps(rng)


def bent_maps(rng):
    """Points where a map bends more than it slopes, whatever the seed: too large a step shows there, on one side above all."""
    f = Function(
        "np.array([np.sin(5*x[0]) + x[1], x[0]*x[1], np.cos(4*x[1])])",
        "np.array([[5*np.cos(5*x[0]), 1.0], [x[1], x[0]], [0.0, -4*np.sin(4*x[1])]])",
        name="f",
    )
    for low in ((0.29, 0.76), (0.91, 0.76), (0.60, 0.37)):
        yield f, np.round(low + rng.uniform(0, 0.05, size=2), 3)


def bent_bowl(rng):
    """A function that bends and twists, at its crest and where it is steep, whatever the seed."""
    f = Function(
        "np.sin(3*x[0]) + x[0]*x[1]",
        "np.array([3*np.cos(3*x[0]) + x[1], x[0]])",
        "np.array([[-9*np.sin(3*x[0]), 1.0], [1.0, 0.0]])",
        name="f",
    )
    for low in (0.50, 1.03):
        yield f, np.round(np.array([low, 0.7]) + rng.uniform(0, 0.04, size=2), 3)


def curved(rng):
    """Scalar functions with known second partials, not separable."""
    yield MIX3_CURVED, numbers(rng, 3, -1.2, 1.2)
    yield SEED2_CURVED, numbers(rng, 2, 0.5, 1.2)
    for n in (2, 3):
        yield random_bowl(rng, n), numbers(rng, n, -1.0, 1.0)


def second_order(f: Function, x: np.ndarray, factor: float) -> Tolerance:
    """For second differences of f: they are uncertain by about sqrt(eps) times the size of f and of its second partials."""
    scale = max(1.0, abs(float(f(x))), float(np.max(np.abs(f.prime.derivative(x)))))
    return Tolerance(0.0, factor * EPS**0.5 * scale, "second differences at their best step, eps**(1/4)")
