"""Momentum: the heavy ball."""

from __future__ import annotations

import numpy as np

from autograder.writing import ITERATED, Array, Function, OneOf, Reals, Step, view

from ._lesson import Slopes, along_the_path, any_array, lesson, matrix_of, slopes_and_starts, tame

momentum = lesson.exercise(
    "momentum",
    4,
    "the path of a heavy ball",
    signature="grad, theta0, eta, beta, n_steps",
    minutes=12,
    difficulty=3,
    returns=Array(lambda grad, theta0, eta, beta, n_steps: (n_steps + 1, *np.shape(theta0))),
    domains={
        "theta0": Reals(any_array, high=100, zeros=True),
        "grad": Slopes("theta0"),
        "eta": Step(positive=True, high=1),
        "beta": OneOf(0.5, 0.9, 0, 0.25, 0.99),
        "n_steps": OneOf(4, 8, 1, 0, 5),
    },
    clauses={
        "The points of a heavy ball": "keeps_part_of_the_last_step without_memory_it_is_gradient_descent",
        "that starts at theta0 at rest": "starts_at_rest leaves_theta0_alone",
    },
    hints=(
        "It is gradient descent with one more variable, the velocity. It has the shape of theta and starts at zero.",
        "In each step first the velocity changes, then the point moves by the new velocity.",
        "The gradient is taken at the point where the ball is now, before it moves.",
        "With beta = 0 your path must be that of gradient_descent. Test it.",
    ),
)


@momentum.edges
def without_axes(rng):
    """A single number, as an array without axes."""
    yield Function("2.0*x - 3", name="grad"), np.array(round(float(rng.uniform(2, 4)), 2)), 0.3, 0.5, 3


@momentum.cases
def rolls(rng):
    for grad, theta0, eta in slopes_and_starts(rng):
        yield grad, theta0, eta, round(float(rng.uniform(0.4, 0.9)), 2), int(rng.integers(4, 7))


def _next(grad, path, eta, beta) -> np.ndarray:
    """Where each point of the path leads: the ball keeps beta of its last displacement."""
    here, last = path[:-1], np.concatenate([path[:1], path[:-2]]) if len(path) > 1 else path[:0]
    with np.errstate(all="ignore"):
        return here + beta * (here - last) - eta * np.array([grad(theta) for theta in here]).reshape(here.shape)


@momentum.picture
def picture(grad, theta0, eta, beta, n_steps):
    A = matrix_of(grad)
    return view("valley_explorer", yours=True, A=A, eta=eta, beta=beta) if A is not None and 0 <= beta < 1 else None


@momentum.check(weight=2, domain=True)
def keeps_part_of_the_last_step(t, grad, theta0, eta, beta, n_steps):
    """Each displacement is beta times the one before, minus eta times the gradient at the point"""
    t.assume(0 < eta <= 1 and 0 <= beta < 1)
    path = t(grad, theta0, eta, beta, n_steps)
    t.equal(
        path[1:], _next(grad, path, eta, beta), "From the last two points of your path, the next one lies elsewhere.", along_the_path(path)
    )


@momentum.check(needs=("keeps_part_of_the_last_step",), domain=True)
def starts_at_rest(t, grad, theta0, eta, beta, n_steps):
    """It starts at theta0, at rest"""
    t.assume(0 < eta <= 1)
    path = t(grad, theta0, eta, beta, n_steps)
    t.equal(path[0], theta0.astype(float), "The path starts at theta0.")
    if n_steps:
        wanted = (theta0 - eta * grad(theta0))[None]
        t.equal(path[1:2], wanted, "The velocity is zero at the start, so the first step is a plain one.", along_the_path(path[:2]))


@momentum.check(needs=("keeps_part_of_the_last_step",))
def without_memory_it_is_gradient_descent(t, grad, theta0, eta, beta, n_steps):
    """With beta = 0 it is gradient descent"""
    t.assume(0 < eta <= 0.2 and tame(theta0))
    path = t(grad, theta0, eta, 0.0, n_steps)
    t.equal(path[1:], _next(grad, path, eta, 0.0), "With beta = 0 nothing of the last step is kept.", ITERATED)


def awkward_rolls(rng):
    """Starts that are whole numbers, a vector and a table of them; and a long way on which no step is small."""
    for start in (rng.integers(1, 5, size=2), rng.integers(1, 5, size=(2, 3))):
        yield Function("0.7*x + 0.3*np.sum(x)", name="grad"), start, 0.15, 0.6, 4
    yield Function("np.cos(x) + 1.5", name="grad"), rng.integers(1, 5, size=2), 0.15, 0.6, 150


@momentum.check(weight=0.5, cases=awkward_rolls, needs=("keeps_part_of_the_last_step",))
def takes_whole_numbers(t, grad, theta0, eta, beta, n_steps):
    """It takes a start of whole numbers"""
    t.assume(0 < eta <= 0.2 and 0 <= beta < 1)
    path = t(grad, theta0, eta, beta, n_steps)
    t.equal(path[1:], _next(grad, path, eta, beta), "theta0 may hold integers; the path cannot.", along_the_path(path))


@momentum.check(weight=0.5, needs=("keeps_part_of_the_last_step",))
def leaves_theta0_alone(t, grad, theta0, eta, beta, n_steps):
    """theta0 is the same afterwards"""
    t(grad, theta0, eta, beta, n_steps)
    t.holds(
        not t.calls[-1].outcome.mutated,
        "theta0 was changed",
        "theta0 unchanged",
        "The caller's theta0 has changed; theta += v writes into it. Make a new array.",
    )


def _roll(rule, theta0, n_steps):
    """The path of ``theta, v = rule(theta, v)`` from rest."""
    theta, v, path = np.array(theta0, float), np.zeros(np.shape(theta0)), [np.array(theta0, float)]
    for _ in range(n_steps):
        theta, v = rule(theta, v)
        path.append(theta)
    return np.array(path)


@momentum.mistake(
    "This is Nesterov's variant: the gradient is taken at the point ahead, theta + beta·v. The heavy ball takes it where it is."
)
def nesterov(grad, theta0, eta, beta, n_steps):
    def rule(theta, v):
        v = beta * v - eta * grad(theta + beta * v)
        return theta + v, v

    return _roll(rule, theta0, n_steps)


@momentum.mistake("You weigh the gradient with 1 - beta, as in a running average. The heavy ball takes all of eta times the gradient.")
def running_average(grad, theta0, eta, beta, n_steps):
    def rule(theta, v):
        v = beta * v - (1 - beta) * eta * grad(theta)
        return theta + v, v

    return _roll(rule, theta0, n_steps)


@momentum.mistake("The ball rolls uphill: the gradient is subtracted from the velocity, and the velocity is added to theta.")
def uphill(grad, theta0, eta, beta, n_steps):
    def rule(theta, v):
        v = beta * v + eta * grad(theta)
        return theta + v, v

    return _roll(rule, theta0, n_steps)


@momentum.mistake("The velocity is forgotten after each step, so this is plain gradient descent. Keep v from one step to the next.")
def forgets_the_velocity(grad, theta0, eta, beta, n_steps):
    return _roll(lambda theta, v: (theta - eta * grad(theta), v), theta0, n_steps)


@momentum.mistake("You move by the old velocity and change it afterwards. First the velocity, then the point.")
def moves_before_it_turns(grad, theta0, eta, beta, n_steps):
    return _roll(lambda theta, v: (theta + v, beta * v - eta * grad(theta)), theta0, n_steps)


@momentum.mistake("Nothing is lost of the velocity: beta is missing in front of it, and the ball never slows down.")
def without_friction(grad, theta0, eta, beta, n_steps):
    def rule(theta, v):
        v = v - eta * grad(theta)
        return theta + v, v

    return _roll(rule, theta0, n_steps)


@momentum.mistake("The ball moves by eta times the velocity, and eta is in the velocity already: it counts twice.")
def eta_twice(grad, theta0, eta, beta, n_steps):
    def rule(theta, v):
        v = beta * v - eta * grad(theta)
        return theta + eta * v, v

    return _roll(rule, theta0, n_steps)


@momentum.mistake("Your path is right, and the caller's theta0 was moved with it. Start from a copy.")
def moves_theta0(grad, theta0, eta, beta, n_steps):
    v, path = np.zeros_like(theta0), [theta0.copy()]
    for _ in range(n_steps):
        v = beta * v - eta * grad(theta0)
        theta0 += v
        path.append(theta0.copy())
    return np.array(path)
