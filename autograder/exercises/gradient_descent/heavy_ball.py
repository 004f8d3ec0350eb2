"""The heavy ball on one axis: its step as a matrix, and what that leaves in the long run. Source: MC35."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Array, OneOf, Reals, Step, Tolerance, choice, view

from ._lesson import lesson

NUMBERS = {
    "eta": Step(positive=True, high=1.9),
    "lam": Reals(low=0.01, high=4, positive=True),
    "beta": OneOf(0.5, 0.9, 0, 0.25, 0.99),
}

momentum_matrix = lesson.exercise(
    "momentum_matrix",
    1,
    "the heavy ball's step as a matrix of two rows",
    signature="eta, lam, beta",
    minutes=5,
    difficulty=2,
    returns=Array((2, 2)),
    domains=NUMBERS,
    clauses={
        "takes (theta_t, theta_(t-1)) to": "takes_a_pair_to_the_next_one",
        "are numbers": "edges",
    },
    hints=(
        "The second row says that the new pair's second entry is the old pair's first.",
        "In the first row, collect what stands before theta_t, and what stands before theta_(t-1).",
    ),
)


@momentum_matrix.cases
def axes(rng):
    for _ in range(6):
        yield round(float(rng.uniform(0.1, 0.9)), 2), round(float(rng.uniform(0.4, 3)), 2), round(float(rng.uniform(0.1, 0.9)), 2)


@momentum_matrix.check(domain=True)
def takes_a_pair_to_the_next_one(t, eta, lam, beta):
    """Applied to two points in a row it gives the next two"""
    given, wanted = t(eta, lam, beta), []
    for now, last in ((1.0, 0.0), (0.0, 1.0)):
        velocity = beta * (now - last) - eta * lam * now
        wanted.append([now + velocity, now])
    t.equal(given, np.array(wanted, float).T, "Column by column: what becomes of the pair (1, 0), and of the pair (0, 1)?")


@momentum_matrix.picture
def picture_of_the_matrix(eta, lam, beta):
    return _on_the_map(eta, lam, beta)


def _on_the_map(eta, lam, beta):
    fits = np.ndim(lam) == 0 and 0 < eta * lam <= 4 and 0 <= beta < 1
    return view("momentum_map_explorer", yours=True, eta=float(eta * lam), beta=float(beta), kappa=1) if fits else None


@momentum_matrix.mistake("The part of theta_(t-1) has the wrong sign: the velocity is theta_t minus theta_(t-1).")
def last_point_added(eta, lam, beta):
    return np.array([[1 + beta - eta * lam, beta], [1.0, 0.0]])


@momentum_matrix.mistake("The ball's own place is missing: theta_(t+1) is theta_t plus the velocity.")
def forgets_the_place(eta, lam, beta):
    return np.array([[beta - eta * lam, -beta], [1.0, 0.0]])


@momentum_matrix.mistake("The velocity kept from theta_t is missing: beta stands before theta_t as well as before theta_(t-1).")
def beta_once(eta, lam, beta):
    return np.array([[1 - eta * lam, -beta], [1.0, 0.0]])


@momentum_matrix.mistake("This matrix takes (velocity, theta) along. Asked for is the pair of the last two points.")
def for_velocity_and_place(eta, lam, beta):
    return np.array([[beta, -eta * lam], [beta, 1 - eta * lam]])


@momentum_matrix.mistake("Your matrix stands on its side: each row makes one entry of the new pair.")
def on_its_side(eta, lam, beta):
    return np.array([[1 + beta - eta * lam, 1.0], [-beta, 0.0]])


momentum_rate = lesson.exercise(
    "momentum_rate",
    2,
    "what a step of the heavy ball leaves, in the long run",
    signature="eta, lam, beta",
    minutes=8,
    difficulty=3,
    returns=Array(lambda eta, lam, beta: np.shape(lam)),
    domains=NUMBERS,
    clauses={
        "The spectral radius": "is_the_larger_size",
        "larger size of its two eigenvalues": "is_the_larger_size",
        "an array of curvatures": "takes_an_array_of_curvatures",
    },
    hints=(
        "Solve z² - (1 + β - ηλ) z + β = 0. Where the root is of a negative number, the solutions are complex: add 0j before np.sqrt.",
        "np.abs of a complex number is its size. Take the larger of the two.",
        "Test it: between the green lines of the map the answer is the root of beta.",
    ),
)


@momentum_rate.cases
def rates(rng):
    for k in range(8):
        beta, side = round(float(rng.uniform(0.1, 0.8)), 2), (0.3, 0.6, 1.3, 1.9)[k % 4]
        low, high = (1 - beta**0.5) ** 2, (1 + beta**0.5) ** 2
        step = low * side if side < 1 else low + (high - low) * (side - 1) if side < 1.5 else high + (2 * (1 + beta) - high) * (side - 1)
        yield 0.5, round(step / 0.5, 3), beta
    yield 0.25, round(step / 0.5, 3), beta  # the same curvature with half the learning rate


def _compare(t, eta, lam, beta):
    trace = np.abs(1 + beta - eta * np.asarray(lam, float))
    apart = trace**2 - 4 * beta
    wanted = np.where(apart < 0, np.sqrt(beta), (trace + np.sqrt(np.maximum(apart, 0))) / 2)
    lost = 64 * EPS * (1 + trace**2 + 4 * beta)
    near = np.minimum(lost / np.sqrt(np.maximum(np.abs(apart), lost)), np.sqrt(lost))
    t.equal(t(eta, lam, beta), wanted[()], "", Tolerance(1e-11, near, "where both eigenvalues meet, a rounding shows by its root"))


@momentum_rate.check(weight=2, domain=True)
def is_the_larger_size(t, eta, lam, beta):
    """It is the larger size of the two eigenvalues"""
    _compare(t, eta, lam, beta)


def whole_bowls(rng):
    """Several curvatures at once: before the green lines, between them, behind them, and beyond the limit."""
    a = round(float(rng.uniform(0.9, 1.1)), 2)
    yield 0.25, np.array([0.02, 0.5, 4.0, 11.5, 14.0]) * a, 0.5
    yield 0.5, np.array([[0.1, 1.0], [3.0, 6.6]]) * a, 0.3


@momentum_rate.check(cases=whole_bowls, needs=("is_the_larger_size",))
def takes_an_array_of_curvatures(t, eta, lam, beta):
    """It takes an array of curvatures and answers for each"""
    _compare(t, eta, lam, beta)


@momentum_rate.picture
def picture_of_the_rate(eta, lam, beta):
    return _on_the_map(eta, lam, beta)


def _roots(eta, lam, beta):
    trace = 1 + beta - eta * np.asarray(lam, float)
    apart = np.sqrt(trace**2 - 4 * beta + 0j)
    return (trace + apart) / 2, (trace - apart) / 2


@momentum_rate.mistake("That is the root of beta, whatever the curvature. It holds between the green lines of the map only.")
def always_the_root(eta, lam, beta):
    return np.sqrt(beta) + 0 * np.asarray(lam, float)


@momentum_rate.mistake("That is the factor without momentum, |1 - ηλ|.")
def without_momentum(eta, lam, beta):
    return np.abs(1 - eta * np.asarray(lam, float))


@momentum_rate.mistake("You take the smaller of the two sizes. It dies out first; the larger one is left.")
def the_smaller_size(eta, lam, beta):
    one, other = _roots(eta, lam, beta)
    return np.minimum(np.abs(one), np.abs(other))


@momentum_rate.mistake("You take the larger eigenvalue by its real part. A negative or complex one can be larger in size.")
def by_the_real_part(eta, lam, beta):
    one, other = _roots(eta, lam, beta)
    return np.maximum(one.real, other.real)


@momentum_rate.mistake(
    "You take one root of the two always, that with the plus. Where 1 + β - ηλ is negative, the other one is larger in size."
)
def plus_only(eta, lam, beta):
    return np.abs(_roots(eta, lam, beta)[0])


between_the_lines = lesson.add(
    choice(
        "between_the_lines",
        1,
        "what holds where the eigenvalues are complex",
        wrong={
            "a": "There a step leaves the root of β, and that grows with β. More momentum helps only an end that is not between the lines yet.",
            "b": "A complex pair means that the ball swings: its distance changes its sign again and again while it shrinks.",
            "c": "The part between the lines reaches up to ηλ = (1 + √β)², which is above 2 for a β above 0.18. The root of β is below 1 there.",
        },
        difficulty=2,
        hints=("Move η in the explorer while both ends are between the lines. Which numbers of the read-out change?",),
    )
)
