"""A learning rate that decays: one pass through the examples with smaller and smaller steps."""

from __future__ import annotations

import functools

import numpy as np

from autograder.writing import ITERATED, Array, Function, OneOf, Reals, Step, Tolerance, view

from ._lesson import lesson, numbers

_PULL = Function("theta - x", args="theta, x", name="grad")
_BOUNDED = Function("np.tanh(theta - x)", args="theta, x", name="grad")

decaying_sgd = lesson.exercise(
    "decaying_sgd",
    2,
    "one pass through the examples with a learning rate that decays",
    signature="grad, theta, X, eta0, tau",
    minutes=7,
    difficulty=2,
    returns=Array(lambda grad, theta, X, eta0, tau: np.shape(theta)),
    domains={
        "X": Reals("m n", high=100, zeros=True),
        "theta": Reals("n", high=100, zeros=True, whole=False),
        "grad": OneOf(_PULL),
        "eta0": Step(positive=True, high=1, low=0.01),
        "tau": Step(positive=True, high=100, low=0.1),
    },
    clauses={
        "one step for each row": "takes_these_steps takes_the_gradient_it_is_given",
        "has the learning rate": "takes_these_steps ends_in_the_mean",
        "is the gradient of the loss": "takes_the_gradient_it_is_given",
    },
    hints=(
        "It is a loop of gradient descent, and in step t both the row and the learning rate are others. enumerate(X) gives t and the row together.",
        "Compute each learning rate from eta0 anew. What is it in the very first step, and what after tau steps?",
        "Test it: with theta - x as gradient, eta0 = 1 and tau = 1 the rates are 1, 1/2, 1/3, and you end in the mean of the rows.",
    ),
)


@decaying_sgd.cases
def passes(rng):
    for m, n in ((5, 2), (8, 3), (3, 1)):
        eta0, tau = round(float(rng.uniform(0.2, 0.9)), 2), round(float(rng.uniform(1.5, 6)), 1)
        yield _PULL, numbers(rng, n, 3), numbers(rng, (m, n), 3), eta0, tau


def _end(theta, X, rates) -> np.ndarray:
    """Where these steps toward the rows end: a weighted mean of the start and the rows, for a row keeps what later steps leave of it."""
    kept = np.append(np.cumprod((1 - rates)[::-1])[::-1], 1.0)
    return kept[0] * theta + (rates * kept[1:]) @ X


@decaying_sgd.check(weight=3, domain=True)
def takes_these_steps(t, grad, theta, X, eta0, tau):
    """Step t goes from where the last one ended, with eta0/(1 + t/tau)"""
    t.assume(0 < eta0 <= 1 and tau > 0)
    wanted = _end(np.asarray(theta, float), X, eta0 * tau / (tau + np.arange(len(X))))
    size = float(max(np.abs(X).max(initial=0), np.abs(theta).max(initial=0)))
    told = f"Step 0 has the learning rate {eta0:g}, step 1 has {eta0 * tau / (tau + 1):.4g}, each from where the last one ended."
    t.equal(t(grad, theta, X, eta0, tau), wanted, told, Tolerance(ITERATED.rtol, ITERATED.atol + 1e-12 * size, ITERATED.reason))


def means(rng):
    """The rates 1, 1/2, 1/3, ..."""
    for m, n in ((6, 2), (9, 3)):
        yield _PULL, numbers(rng, n, 3), numbers(rng, (m, n), 3), 1.0, 1.0


@decaying_sgd.check(weight=0.5, cases=means, needs=("takes_these_steps",))
def ends_in_the_mean(t, grad, theta, X, eta0, tau):
    """Steps of 1, 1/2, 1/3, ... toward the rows end in their mean"""
    t.assume(eta0 == 1 and tau == 1)
    t.equal(
        t(grad, theta, X, eta0, tau),
        X.mean(axis=0),
        "The first step, of 1, forgets the start; each later one adds its row to the mean.",
        ITERATED,
    )


def other_losses(rng):
    """Gradients that are no difference."""
    for m, n in ((6, 2), (4, 3)):
        yield _BOUNDED, numbers(rng, n, 3), numbers(rng, (m, n), 3), 0.8, 3.0


@decaying_sgd.check(weight=0.5, cases=other_losses, needs=("takes_these_steps",))
def takes_the_gradient_it_is_given(t, grad, theta, X, eta0, tau):
    """It takes the gradient from grad, whatever the loss"""
    t.assume(0 < eta0 <= 1 and tau > 0)
    end = functools.reduce(lambda now, step: now - eta0 / (1 + step / tau) * grad(now, X[step]), range(len(X)), theta)
    t.equal(t(grad, theta, X, eta0, tau), end, "The loss here is another one; grad knows its gradient.", ITERATED)


def _pass(rate, grad, theta, X, at=None):
    """A pass in which step t has the learning rate ``rate(t)``, with all gradients taken `at` one place where that is given."""
    for t, x in enumerate(X):
        theta = theta - rate(t) * grad(theta if at is None else at, x)
    return theta


@decaying_sgd.mistake("Your learning rate stays eta0 in every step. Step t has eta0/(1 + t/tau).")
def constant_rate(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0, grad, theta, X)


@decaying_sgd.mistake("Your first step is divided already: you count from 1. Here t begins at 0, and the first step has eta0 itself.")
def counts_from_one(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / (1 + (t + 1) / tau), grad, theta, X)


@decaying_sgd.mistake("You divide the learning rate of the step before, not eta0. The divisions multiply, and the steps fall far too fast.")
def divided_again_and_again(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / np.prod(1 + np.arange(t + 1) / tau), grad, theta, X)


@decaying_sgd.mistake(
    "You divide the learning rate of the step before, and after the step. Compute each from eta0: the divisions multiply."
)
def divided_after_the_step(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / np.prod(1 + np.arange(t) / tau), grad, theta, X)


@decaying_sgd.mistake("Your learning rate falls with the square of 1 + t/tau. That is too fast: all steps together add up to a finite sum.")
def falls_with_the_square(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / (1 + t / tau) ** 2, grad, theta, X)


@decaying_sgd.mistake(
    "Your learning rate falls exponentially, as exp(-t/tau). Here it is divided by 1 + t/tau, which falls far more slowly."
)
def falls_exponentially(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 * np.exp(-t / tau), grad, theta, X)


@decaying_sgd.mistake("t // tau drops the decimals, so the learning rate falls in jumps. Divide with one stroke: t / tau.")
def drops_the_decimals(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / (1 + t // tau), grad, theta, X)


@decaying_sgd.mistake("The first row is left out. Step 0 takes row 0.")
def leaves_out_the_first_row(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / (1 + t / tau) if t else 0.0, grad, theta, X)


@decaying_sgd.mistake("You return all points of the pass. Asked for is the last one.")
def returns_the_path(grad, theta, X, eta0, tau):
    path = [theta]
    for t, x in enumerate(X):
        path.append(path[-1] - eta0 / (1 + t / tau) * grad(path[-1], x))
    return np.array(path)


@decaying_sgd.mistake("You multiply t by tau. After tau steps t/tau is 1, and the learning rate is half of eta0.")
def multiplies_by_tau(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / (1 + t * tau), grad, theta, X)


@decaying_sgd.mistake("tau divides the 1 as well. Only t is divided: 1 + t/tau.")
def divides_the_one(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / ((1 + t) / tau), grad, theta, X)


@decaying_sgd.mistake("You walk uphill: subtract the step.")
def uphill(grad, theta, X, eta0, tau):
    return _pass(lambda t: -eta0 / (1 + t / tau), grad, theta, X)


@decaying_sgd.mistake("All gradients are taken where the pass began. Each is taken at the point that the last step reached.")
def all_at_the_start(grad, theta, X, eta0, tau):
    return _pass(lambda t: eta0 / (1 + t / tau), grad, theta, X, at=theta)


@decaying_sgd.picture
def picture(grad, theta, X, eta0, tau):
    return view("decay_explorer", power=1.0, eta0=eta0, tau=tau) if eta0 < 1 and tau >= 1 else None
