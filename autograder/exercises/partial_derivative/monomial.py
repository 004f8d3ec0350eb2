"""The partial derivatives of 4x⁴z³ by hand. Sources: S1.14, S1.15, E-W22."""

from __future__ import annotations

import numpy as np

from autograder.writing import SEED2, Array, Items, Reals, two_digits, view

from ._lesson import lesson

seed_partials = lesson.exercise(
    "seed_partials",
    2,
    "both partial derivatives of 4x⁴z³, by hand",
    signature="x, z",
    minutes=4,
    difficulty=1,
    returns=Items(Array(), Array()),
    domains={"x": Reals(high=100), "z": Reals(high=100)},
    clauses={"The partial derivatives of": "slope_in_x slope_in_z flat_on_the_axes"},
    hints=(
        "For the first one write c for z³. What is the derivative of 4cx⁴?",
        "Put z³ back in the place of c. Then do the same with x⁴ frozen.",
        "Test it at x = 1, z = 1: 16 and 12. Then at a point where x and z differ, because at 1 every power is 1.",
    ),
)


@seed_partials.cases
def pairs_of_numbers(rng):
    for _ in range(10):
        yield tuple(float(v) for v in two_digits(rng, 0.4, 1.9, 2, signs=True))


@seed_partials.picture
def picture(x, z):
    return view("slices_explorer", yours=True, x=x, z=z) if np.ndim(x) == np.ndim(z) == 0 else None


@seed_partials.check(domain=True)
def slope_in_x(t, x, z):
    """The first value is the slope in x, with z frozen"""
    t.assume(x != 0)
    # a power of x times a constant: its slope is the exponent times the value, divided by x
    t.equal(t(x, z)[0], 4 * float(SEED2((x, z))) / x, "Freeze z: what is left is a number times x to the power 4.")


@seed_partials.check(domain=True)
def slope_in_z(t, x, z):
    """The second value is the slope in z, with x frozen"""
    t.assume(z != 0)
    t.equal(t(x, z)[1], 3 * float(SEED2((x, z))) / z, "Freeze x: what is left is a number times z to the power 3.")


def on_the_axes(rng):
    """Points where a variable is 0."""
    yield 0.0, float(two_digits(rng, 0.5, 1.9))
    yield float(two_digits(rng, 0.5, 1.9)), 0.0
    yield -0.0, 2
    yield 0, 0


@seed_partials.check(cases=on_the_axes, needs=("slope_in_x", "slope_in_z"))
def flat_on_the_axes(t, x, z):
    """Where x or z is 0, both slopes are 0"""
    t.assume(x == 0 or z == 0)
    t.equal(t(x, z), (0.0, 0.0), "Both powers stay in both partial derivatives; where one of them is 0, so is the slope.")


@seed_partials.mistake("The right two numbers in the wrong order: the slope in x comes first.")
def order_z_x(x, z):
    return 12 * x**4 * z**2, 16 * x**3 * z**3


@seed_partials.mistake("You did not put the frozen factor back: the letter c stood for a power of the other variable.")
def forgets_the_substitution(x, z):
    return 16 * x**3, 12 * z**2


@seed_partials.mistake("Both values are the sum of the two slopes. A partial derivative moves one variable only.")
def total_derivative(x, z):
    both = 16 * x**3 * z**3 + 12 * x**4 * z**2
    return both, both


@seed_partials.mistake("You differentiated both powers at once. The frozen one is a constant factor: it stays as it is.")
def differentiates_both(x, z):
    return 48 * x**3 * z**2, 48 * x**3 * z**2


@seed_partials.mistake("The powers of x and z are exchanged: the variable that moves loses one power, the frozen one keeps its own.")
def swapped_exponents(x, z):
    return 16 * x**4 * z**2, 12 * x**3 * z**3


@seed_partials.mistake("The exponent must come down as a factor when a power is differentiated.")
def factor_missing(x, z):
    return 4 * x**3 * z**3, 4 * x**4 * z**2


@seed_partials.mistake("The exponent of the moving variable drops by one. Yours stays.")
def exponent_stays(x, z):
    return 16 * x**4 * z**3, 12 * x**4 * z**3
