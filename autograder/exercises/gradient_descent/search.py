"""Backtracking line search: a step that is seen to be good."""

from __future__ import annotations

import numpy as np

from autograder.writing import ROSENBROCK, Array, Field, Function, Given, Miss, OneOf, Reals, Step, view

from ._lesson import any_array, bowl, curved, lesson, place

# not a quadratic, not separable, with slopes of ordinary size everywhere
_CREASE = Function(
    "np.sqrt(1 + (x[0] + 2*x[1])**2) + 0.3*(x[0] - x[1])**2",
    "np.array([1, 2])*(x[0] + 2*x[1])/np.sqrt(1 + (x[0] + 2*x[1])**2) + 0.6*(x[0] - x[1])*np.array([1, -1])",
    name="crease",
)

_ROUNDS = 200  # more than any case takes

backtracking_line_search = lesson.exercise(
    "backtracking_line_search",
    4,
    "the first step that lowers the loss enough",
    signature="f, grad, theta, eta0, c, rho",
    minutes=15,
    difficulty=4,
    returns=Array(),
    domains={
        "theta": Reals(any_array, high=10, low=0.01),
        "f": Field("theta"),
        "grad": Given(lambda sample: sample["f"].prime),
        "eta0": Step(positive=True, high=8, low=0.001),
        "c": OneOf(1e-4, 0.3, 0.05),
        "rho": OneOf(0.5, 0.8, 0.3),
    },
    clauses={
        "The first of eta0": "the_first_that_is_enough keeps_a_good_first_step goes_on_while_it_must",
        "of any shape": "edges",
        "asked once": "one_gradient",
    },
    hints=(
        "Start with eta = eta0. While the loss after the step is too high, multiply eta by rho.",
        "Enough means: f(theta - eta·g) is at most f(theta) minus c times eta times the squared length of g.",
        "For a gradient of any shape np.sum(g * g) is its squared length.",
        "Return eta, not the new point.",
    ),
)


@backtracking_line_search.cases
def searches(rng):
    # with a short gradient its length and its square are far apart, the other way round than with a long one
    for n, far in ((2, 3), (3, 0.1), (2, 3), (3, 3)):
        f = bowl(curved(rng, n))
        yield (
            f,
            f.prime,
            np.round(far * place(rng, n), 2),
            8.0,
            round(float(rng.uniform(0.35, 0.45)), 2),
            0.8,
        )
    for f, size, c, rho in ((ROSENBROCK, 1.0, 0.1, 0.7), (_CREASE, 2.0, 0.4, 0.5), (_CREASE, 2.0, 1e-4, 0.7)):
        yield f, f.prime, place(rng, 2, size), 4.0, c, rho
    yield ROSENBROCK, ROSENBROCK.prime, np.array([-1.2, round(float(rng.uniform(0.9, 1.1)), 2)]), 4.0, 1e-4, 0.8  # some forty rounds


@backtracking_line_search.edges
def without_axes(rng):
    """A single number, as an array without axes."""
    yield (
        Function("(x - 3)**4", name="f"),
        Function("4*(x - 3)**3", name="grad"),
        np.array(round(float(rng.uniform(5, 7)), 2)),
        4.0,
        0.1,
        0.5,
    )


def _first(t, f, grad, theta, eta0, c, rho):
    """eta0, rho·eta0, …, and the place of the first after which the loss lies below the line that Armijo draws."""
    t.assume(eta0 > 0 and 0 < c < 0.5 and 0.2 < rho < 0.9)
    g, now = grad(theta), f(theta)
    size = float(np.sum(g * g))
    t.assume(size > 1e-4)
    etas = eta0 * rho ** np.arange(_ROUNDS)
    with np.errstate(all="ignore"):
        for place, eta in enumerate(etas):
            slack = now - c * eta * size - f(theta - eta * g)
            # on the edge, rounding decides: such an input tells nothing about the answer
            t.assume(abs(slack) > 1e-9 * (1 + abs(now)))
            if slack >= 0:
                return etas, place
    t.assume(False)


@backtracking_line_search.picture
def picture(f, grad, theta, eta0, c, rho):
    return view("landscape_explorer", f=f, gradient=grad, start=theta.tolist(), eta=eta0) if theta.shape == (2,) else None


@backtracking_line_search.check(weight=3, domain=True)
def the_first_that_is_enough(t, f, grad, theta, eta0, c, rho):
    """It is the first of eta0, rho·eta0, rho²·eta0, … that lowers the loss enough"""
    etas, first = _first(t, f, grad, theta, eta0, c, rho)
    eta = t(f, grad, theta, eta0, c, rho)
    place = int(np.argmin(np.abs(etas - eta)))
    if not abs(etas[place] - eta) <= 1e-9 * etas[place]:
        raise Miss(eta, "eta0 times a power of rho", "Only the steps eta0, rho·eta0, rho²·eta0, … are tried.")
    why = "The loss is not lowered enough by this step; go on shrinking." if place < first else "An earlier, longer step was good enough."
    t.equal(eta, float(etas[first]), why)


def easy_searches(rng):
    """Steps that are good at once, and a place where the gradient is zero."""
    f = bowl(curved(rng, 3))
    yield f, f.prime, place(rng, 3), 0.05, 1e-4, 0.5
    yield f, f.prime, np.zeros(3), 0.7, 1e-4, 0.5


@backtracking_line_search.check(weight=0.5, cases=easy_searches, needs=("the_first_that_is_enough",))
def keeps_a_good_first_step(t, f, grad, theta, eta0, c, rho):
    """A first step that is good enough is kept, also where the gradient is zero"""
    t.assume(0 < eta0 < 1)
    t.equal(t(f, grad, theta, eta0, c, rho), eta0, "This step is good enough already.")


def steep_searches(rng):
    """Ground so steep that no step above a millionth is good: some hundred and thirty rounds, and some more or less."""
    for steep in (1e6, 3e5, 7e4, 2e4):
        f = bowl(steep * curved(rng, 2))
        yield f, f.prime, place(rng, 2), 8.0, 0.01, 0.88


@backtracking_line_search.check(weight=0.5, cases=steep_searches, needs=("the_first_that_is_enough",))
def goes_on_while_it_must(t, f, grad, theta, eta0, c, rho):
    """It goes on until a step is good enough, however short that is"""
    etas, first = _first(t, f, grad, theta, eta0, c, rho)
    t.equal(
        t(f, grad, theta, eta0, c, rho), float(etas[first]), "On steep ground a good step is very short. Only the loss may end the search."
    )


@backtracking_line_search.check(weight=0.5, needs=("the_first_that_is_enough",), counts=True)
def one_gradient(t, f, grad, theta, eta0, c, rho):
    """It asks for the gradient once, not in every round"""
    t(f, grad, theta, eta0, c, rho)
    gradients = t.evaluations_of_each[1]
    t.holds(gradients <= 1, f"{gradients} calls of grad", "1 call", "Compute the gradient before the loop, and keep it.")


def _shrink(enough, eta0, rho) -> float:
    eta = eta0
    for _ in range(_ROUNDS):
        if enough(eta):
            break
        eta *= rho
    return float(eta)


@backtracking_line_search.mistake(
    "c plays no part in what you accept. A step counts only if it gains at least c times eta times the squared length of the gradient."
)
def any_decrease(f, grad, theta, eta0, c, rho):
    g, now = grad(theta), f(theta)
    return _shrink(lambda eta: f(theta - eta * g) <= now, eta0, rho)


@backtracking_line_search.mistake("The sign of the required gain is wrong: your line lies above f(theta), so even steps uphill can pass.")
def line_above(f, grad, theta, eta0, c, rho):
    g, now = grad(theta), f(theta)
    return _shrink(lambda eta: f(theta - eta * g) <= now + c * eta * np.sum(g * g), eta0, rho)


@backtracking_line_search.mistake(
    "You use the length of the gradient where its square belongs: one g for the direction, one for the slope along it."
)
def length_not_squared(f, grad, theta, eta0, c, rho):
    g, now = grad(theta), f(theta)
    return _shrink(lambda eta: f(theta - eta * g) <= now - c * eta * np.sqrt(np.sum(g * g)), eta0, rho)


@backtracking_line_search.mistake("Your eta grows: divide nothing by rho. A step that is too long has to become shorter.")
def grows(f, grad, theta, eta0, c, rho):
    g, now = grad(theta), f(theta)
    eta = eta0
    for _ in range(40):
        if f(theta - eta * g) <= now - c * eta * np.sum(g * g):
            break
        eta /= rho
    return float(eta)


@backtracking_line_search.mistake("You shrink once more after the step was good enough. Test first, then shrink.")
def one_round_too_many(f, grad, theta, eta0, c, rho):
    g, now = grad(theta), f(theta)
    return rho * _shrink(lambda eta: f(theta - eta * g) <= now - c * eta * np.sum(g * g), eta0, rho)


@backtracking_line_search.mistake("The step goes uphill, so no eta is ever good enough. Try theta minus eta times the gradient.")
def steps_uphill(f, grad, theta, eta0, c, rho):
    g, now = grad(theta), f(theta)
    return _shrink(lambda eta: f(theta + eta * g) <= now - c * eta * np.sum(g * g), eta0, rho)


@backtracking_line_search.mistake(
    "Your eta is right, and you compute the gradient and f(theta) again in every round. Do it once, before the loop."
)
def computes_all_again(f, grad, theta, eta0, c, rho):
    return _shrink(lambda eta: f(theta - eta * grad(theta)) <= f(theta) - c * eta * np.sum(grad(theta) * grad(theta)), eta0, rho)
