"""Adam, and which noise a loss belongs to."""

from __future__ import annotations

import numpy as np

from autograder.writing import EPS, Array, Items, OneOf, Reals, Step, Tolerance, choice

from ._lesson import lesson, numbers

adam_step = lesson.exercise(
    "adam_step",
    3,
    "one step of Adam",
    signature="theta, g, m, v, t, eta",
    minutes=10,
    difficulty=3,
    returns=Items(*(Array(lambda theta, *_: np.shape(theta)) for _ in range(3))),
    domains={
        "theta": Reals(..., high=100, zeros=True),
        "g": Reals(..., low=1e-3, high=100),
        "m": Reals(..., low=1e-3, high=10, zeros=True),
        "v": Reals(..., low=1e-3, high=10, positive=True),
        "t": OneOf(1, 2, 10, 1000, 5),
        "eta": Step(positive=True, high=1, low=1e-3),
    },
    clauses={
        "the new theta": "moves_by_the_corrected_means",
        "t is 1 in the first step": "the_first_step_is_eta",
        "with 0.9 of the old m": "keeps_running_means",
    },
    hints=(
        "First both running means, each from its old value and the new gradient. Then divide them by 1 - 0.9**t and 1 - 0.999**t.",
        "theta moves against the corrected m, divided by the root of the corrected v plus 1e-8.",
        "Test it: in the first step, from m = v = 0, every entry of theta whose gradient is far above 1e-8 in size moves by eta, however large that gradient is.",
    ),
)


@adam_step.cases
def steps(rng):
    for shape, t in (((3,), 1), ((2, 3), 2), ((4,), 7), ((2,), 40)):
        v = np.round(rng.uniform(0.1, 2, size=shape), 2)
        yield numbers(rng, shape), numbers(rng, shape, 3), numbers(rng, shape), v, t, round(float(rng.uniform(0.02, 0.3)), 2)


def _means(g, m, v):
    return m + 0.1 * (g - m), v + 0.001 * (np.square(g) - v)


_AVERAGED = Tolerance(1e-11, 1e-12, "two running means: a few roundings of numbers up to ten thousand")


@adam_step.check(domain=True)
def keeps_running_means(t, theta, g, m, v, step, eta):
    """The new m and v are running means of the gradient and of its square"""
    t.assume(step >= 1)
    given = t(theta, g, m, v, step, eta)
    for name, mine, wanted in zip("mv", given[1:], _means(np.asarray(g, float), m, v)):
        t.equal(mine, wanted, f"Look at {name}.", _AVERAGED)


@adam_step.check(weight=1.5, domain=True)
def moves_by_the_corrected_means(t, theta, g, m, v, step, eta):
    """theta moves by eta times the corrected m over the root of the corrected v"""
    t.assume(eta > 0 and step >= 1)
    new_m, new_v = _means(np.asarray(g, float), m, v)
    size = np.sqrt(new_v / -np.expm1(step * np.log(0.999))) + 1e-8
    wanted = new_m / (-np.expm1(step * np.log(0.9)) * size)
    moved = (np.asarray(theta, float) - t(theta, g, m, v, step, eta)[0]) / eta
    t.equal(
        moved,
        wanted,
        "Told in units of eta.",
        Tolerance(1e-9, 1e-12 + 8 * EPS * (np.abs(theta) / eta + 1), "the step is the difference of two rounded places"),
    )


def first_steps(rng):
    """From nothing, with gradients of very different sizes."""
    yield np.array([1.0, -2.0, 0.5]), np.array([300.0, -0.02, 4.0]), np.zeros(3), np.zeros(3), 1, 0.1
    yield numbers(rng, 2), numbers(rng, 2) + 2, np.zeros(2), np.zeros(2), 1, 0.03


@adam_step.check(weight=0.5, cases=first_steps, needs=("keeps_running_means",))
def the_first_step_is_eta(t, theta, g, m, v, step, eta):
    """The first step moves every entry by eta, whatever the size of its gradient"""
    t.assume(step == 1 and not np.any(m) and not np.any(v) and np.all(g != 0))
    t.equal(
        t(theta, g, m, v, step, eta)[0],
        theta - eta * np.sign(g),
        "",
        Tolerance(1e-5, 1e-6, "1e-8 beside a gradient of 0.02 is half a millionth"),
    )


def _adam(theta, g, m, v, t, eta, corrected=True, inside=False, square=True, sign=-1, old=False):
    """A step with one thing another way."""
    new_m, new_v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * (np.square(g) if square else np.abs(g))
    a, b = (m, v) if old else (new_m, new_v)
    if corrected:
        a, b = a / (1 - 0.9**t), b / (1 - 0.999**t)
    return theta + sign * eta * (a / np.sqrt(b + 1e-8) if inside else a / (np.sqrt(b) + 1e-8)), new_m, new_v


@adam_step.mistake(
    "The means are not corrected for their start at zero: the first steps are wrong by the factor that 1 - 0.9**t and 1 - 0.999**t repair."
)
def not_corrected(theta, g, m, v, t, eta):
    return _adam(theta, g, m, v, t, eta, corrected=False)


@adam_step.mistake("v averages the gradient's size. It is the mean of its square, which the root undoes.")
def size_not_square(theta, g, m, v, t, eta):
    return _adam(theta, g, m, v, t, eta, square=False)


@adam_step.mistake("theta moves uphill: subtract the step.")
def uphill(theta, g, m, v, t, eta):
    return _adam(theta, g, m, v, t, eta, sign=1)


@adam_step.mistake("theta moves by the old m and v. First the means, then the step.")
def old_means(theta, g, m, v, t, eta):
    return _adam(theta, g, m, v, t, eta, old=True)


@adam_step.mistake(
    "You return the corrected m and v. They are for this step only: kept as they are, they would be corrected again in the next one."
)
def corrected_means_returned(theta, g, m, v, t, eta):
    theta, m, v = _adam(theta, g, m, v, t, eta)
    return theta, m / (1 - 0.9**t), v / (1 - 0.999**t)


which_loss = lesson.add(
    choice(
        "which_loss",
        1,
        "the loss that belongs to noise with heavy tails",
        wrong={
            "a": "That belongs to the bell curve, whose density has the square of the error in its exponent. Here the error stands there itself.",
            "c": "That is the loss of a label with two values. An error can be any number.",
            "d": "The logarithm of the density would have to be that of the largest error alone; the errors of all examples count, each by itself.",
        },
        difficulty=2,
        hints=(
            "Write minus the logarithm of the density. What of it depends on the error r?",
            "Minus the logarithm of a product is a sum over the examples.",
        ),
    )
)
