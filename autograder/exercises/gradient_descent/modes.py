"""Eigenmodes: where descent on a bowl is, without taking its steps."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Array, OneOf, Reals, Step, Tolerance, view

from ._lesson import Bowls, curved, lesson, place

descent_after = lesson.exercise(
    "descent_after",
    2,
    "where descent on a bowl is after t steps, without taking them",
    signature="A, theta0, eta, t",
    minutes=8,
    difficulty=3,
    returns=Array(lambda A, theta0, eta, t: np.shape(theta0)),
    domains={
        "A": Bowls(),
        "theta0": Reals(lambda sample: (len(sample["A"]),), high=100, zeros=True),
        "eta": Step(positive=True, high=0.5, low=1e-4),
        "t": OneOf(3, 1, 0, 8, 5, 2),
    },
    clauses={
        "after t steps": "is_where_the_steps_lead no_step_is_the_start",
        "A is symmetric": "edges",
        "does not grow with t": "takes_no_steps",
    },
    hints=(
        "np.linalg.eigh(A) gives the eigenvalues and, as columns, the eigenvectors. The columns have length 1 and stand at right angles.",
        "The part of theta0 along a column is their dot product; axes.T @ theta0 gives all parts at once.",
        "Multiply each part by the t-th power of its own factor, and add the columns up again.",
    ),
)


@descent_after.cases
def descents(rng):
    # beyond 1 a step overshoots: the factor of the steepest axis is negative, which shows after an odd number of them
    for n, t, low, high in ((2, 3, 0.2, 0.9), (3, 5, 1.3, 1.8), (3, 2, 0.2, 0.9), (4, 7, 1.3, 1.8), (2, 12, 0.2, 0.9)):
        A = curved(rng, n)
        yield A, place(rng, n, 2.0), round(float(rng.uniform(low, high) / np.linalg.norm(A, 2)), 3), t


@descent_after.picture
def picture(A, theta0, eta, t):
    return view("valley_explorer", A=A, eta=eta) if eta > 0 and np.linalg.eigvalsh(A)[0] > 0 else None


def _walk(A, theta0, eta, t):
    """The steps, one after the other, and the largest number on the way."""
    theta, largest = np.array(theta0, float), float(np.max(np.abs(theta0), initial=0.0))
    for _ in range(t):
        theta = theta - eta * (A @ theta)
        largest = max(largest, float(np.max(np.abs(theta), initial=0.0)))
    return theta, largest


@descent_after.check(weight=2, domain=True)
def is_where_the_steps_lead(t, A, theta0, eta, steps):
    """It is where t steps of gradient descent lead"""
    t.assume(steps < 100)
    wanted, largest = _walk(A, theta0, eta, steps)
    growth = 1 + eta * float(np.linalg.norm(A, 2))
    lost = 64 * EPS * (1 + steps) * growth * (largest + float(np.linalg.norm(theta0)) * max(1.0, (growth - 1) ** steps))
    t.equal(t(A, theta0, eta, steps), wanted, "", Tolerance(1e-11, 1e-13 + lost, "powers of factors, and parts that may cancel"))


@descent_after.check(weight=0.5, needs=("is_where_the_steps_lead",))
def no_step_is_the_start(t, A, theta0, eta, steps):
    """After no step it is theta0"""
    t.equal(t(A, theta0, eta, 0), theta0.astype(float), "", Tolerance(1e-12, 1e-12, "a start that is split up and put together again"))


def very_long(rng):
    """Ten million steps, each so small that the end is neither 0 nor the start."""
    for n in (2, 3):
        A = curved(rng, n)
        yield A, place(rng, n, 2.0), 1e-7, 10_000_000


@descent_after.check(weight=0.5, cases=very_long, needs=("is_where_the_steps_lead",), last=True)
def takes_no_steps(t, A, theta0, eta, steps):
    """Ten million steps take no longer than ten"""
    t.assume(steps > 100)
    U, sizes, _ = np.linalg.svd(A)
    t.assume(np.all(eta * sizes < 1))
    wanted = U @ (np.exp(steps * np.log1p(-eta * sizes)) * (U.T @ theta0))
    t.equal(t(A, theta0, eta, steps), wanted, "", Tolerance(1e-6, 1e-7, "1 - ηλ is rounded, and ten million times multiplied"))


def _parts(A, theta0, factor):
    values, columns = np.linalg.eigh(A)
    return columns @ (factor(values) * (columns.T @ np.asarray(theta0, float)))


@descent_after.mistake("You took one step and multiplied its length by t. Each step starts where the last one ended: the factors multiply.")
def one_long_step(A, theta0, eta, t):
    return theta0 - t * eta * (A @ theta0)


@descent_after.mistake("The factor of a step is 1 - ηλ; yours is ηλ alone: what is taken away, not what is left.")
def what_is_taken_away(A, theta0, eta, t):
    return _parts(A, theta0, lambda values: (eta * values) ** t)


@descent_after.mistake("The sign of the step is lost: with 1 + ηλ the parts grow, as when going uphill.")
def uphill(A, theta0, eta, t):
    return _parts(A, theta0, lambda values: (1 + eta * values) ** t)


@descent_after.mistake(
    "Each part has its power, but they are not put together again: these are the parts along the eigenvectors, not theta."
)
def parts_not_put_together(A, theta0, eta, t):
    values, columns = np.linalg.eigh(A)
    return (1 - eta * values) ** t * (columns.T @ theta0)


@descent_after.mistake(
    "You treat each component of theta by itself, with the diagonal of A. The bowl's axes are tilted: use its eigenvectors."
)
def along_the_coordinates(A, theta0, eta, t):
    return (1 - eta * np.diag(A)) ** t * theta0
