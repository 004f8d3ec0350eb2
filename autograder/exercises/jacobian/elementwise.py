"""Maps that work entry by entry: a diagonal Jacobian. Source: MC19."""

from __future__ import annotations

import numpy as np

from autograder.writing import EXPSIN, RUNGE, SINE, Array, Reals, random_smooth

from ._domains import Slope
from ._lesson import lesson, numbers

jacobian_elementwise = lesson.exercise(
    "jacobian_elementwise",
    1,
    "the Jacobian of a function applied to every component",
    signature="fprime, x",
    minutes=4,
    difficulty=1,
    returns=Array(lambda fprime, x: (len(x), len(x))),
    domains={"x": Reals("n", high=100), "fprime": Slope()},
    clauses={
        "The Jacobian of a function that works component by component": "slopes_on_the_diagonal nothing_elsewhere edges",
        "fprime is the derivative of the scalar function": "slopes_on_the_diagonal",
    },
    hints=(
        "Output i depends on input i alone. Which entries of the matrix are 0?",
        "fprime(x) gives the slopes of all components at once. Put them where row and column agree.",
    ),
)


@jacobian_elementwise.cases
def elementwise_maps(rng):
    for f, n in ((EXPSIN, 3), (SINE, 2), (RUNGE, 4), (random_smooth(rng), 3), (random_smooth(rng), 1)):
        yield f.prime, numbers(rng, n, 0.2, 1.4) * rng.choice([-1, 1], size=n)


@jacobian_elementwise.check(domain=True)
def slopes_on_the_diagonal(t, fprime, x):
    """Entry (i, i) is the slope at component i"""
    t.equal(np.diagonal(t(fprime, x)), fprime(x), "Output i is f of x[i], so its slope is fprime at x[i].")


@jacobian_elementwise.check(weight=3, needs=("slopes_on_the_diagonal",), domain=True)
def nothing_elsewhere(t, fprime, x):
    """Every other entry is 0"""
    J = t(fprime, x)
    t.equal(J - np.diag(np.diagonal(J)), np.zeros_like(J), "Output i does not depend on input j when i and j differ.")


@jacobian_elementwise.mistake("These are the slopes as a vector. The Jacobian is a matrix: the slopes stand on its diagonal.")
def slopes_as_a_vector(fprime, x):
    return fprime(x)


@jacobian_elementwise.mistake("Every row holds all the slopes. Output i does not depend on input j: those entries are 0.")
def slopes_in_every_row(fprime, x):
    return np.tile(fprime(x), (len(x), 1))


@jacobian_elementwise.mistake("Every column holds all the slopes. Output i does not depend on input j: those entries are 0.")
def slopes_in_every_column(fprime, x):
    return np.tile(np.reshape(fprime(x), (-1, 1)), (1, len(x)))


@jacobian_elementwise.mistake("One slope, at the first component, is used for all. Each component has the slope at its own place.")
def one_slope_for_all(fprime, x):
    return fprime(x[0]) * np.eye(len(x))
