"""How fast a descent converges, read off its losses."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, CheckOnly, Tolerance

from ._lesson import lesson

_READ_OFF = Tolerance(2e-3, 1e-6, "read off the second half of a record: faster directions have died out to about 1e-3 there")
_PURE = Tolerance(1e-6, 1e-9, "read off a record of one direction only, where nothing has to die out")

convergence_rate = lesson.exercise(
    "convergence_rate",
    2,
    "the factor by which the distance to the minimum shrinks in a step",
    signature="losses",
    minutes=8,
    difficulty=3,
    returns=Array(),
    clauses={
        "The factor q by which": "finds_the_factor reads_every_record",
        "losses is an array of": "finds_the_factor reads_every_record",
    },
    tolerance=_READ_OFF,
    hints=(
        "In the long run each loss is the one before it times a constant. Look at the second half of the record only.",
        "The loss near a minimum goes like the square of the distance. What does that mean for its factor?",
        "From the loss in the middle to the last one it is k steps: the k-th root of their ratio is what one step makes of the loss.",
    ),
)


def _losses(rates, sizes, n) -> np.ndarray:
    """The losses of a descent on a bowl whose axes shrink by `rates`, with `sizes` the loss of each axis at the start."""
    return np.sum(np.asarray(sizes) * np.asarray(rates) ** (2 * np.arange(n)[:, None]), axis=1)


@convergence_rate.cases
def records(rng):
    # one step more or less shows in the first in every draw, and an offset of 1e-12 in none: that is asked below
    for n, low, high in ((60, 0.83, 0.87), (80, 0.86, 0.93), (120, 0.92, 0.95), (81, 0.86, 0.93)):
        slow = float(rng.uniform(low, high))
        rates = slow * np.array([1, -float(rng.uniform(0.2, 0.75)), float(rng.uniform(0.1, 0.7))])
        losses = _losses(rates, [float(rng.uniform(0.5, 2)), float(rng.uniform(20, 80)), float(rng.uniform(1, 20))], n)
        yield np.array([float(f"{loss:.6g}") for loss in losses]), CheckOnly(slow)  # six digits: a panel shows all of them
    slow = float(rng.uniform(0.988, 0.992))  # an axis that nobody sees in the first fifty steps
    yield np.array([float(f"{loss:.6g}") for loss in _losses([0.9, slow], [1.0, 1e-4], 240)]), CheckOnly(slow)


@convergence_rate.check()
def finds_the_factor(t, losses, wanted):
    """It finds the factor by which the distance shrinks in the long run"""
    t.equal(t(losses), wanted, "", _READ_OFF)


def awkward_records(rng):
    """Short and long ones, nearly still and nearly done at once, tiny and huge losses, losses that are whole numbers."""
    for rate, n, size in ((0.5, 8, 9.0), (0.04, 20, 1.0), (0.997, 900, 2.0), (0.8, 41, 1e-9), (0.9, 50, 1e12)):
        rate = float(f"{rate * rng.uniform(0.98, 1.002):.4g}")
        yield size * rate ** (2 * np.arange(n)), CheckOnly(rate)
    yield 4 ** np.arange(20, -1, -1), CheckOnly(0.5)
    yield 9 ** np.arange(12, -1, -1), CheckOnly(1 / 3)


@convergence_rate.check(weight=0.5, cases=awkward_records, needs=("finds_the_factor",))
def reads_every_record(t, losses, wanted):
    """It takes records of any length and size, and factors near 0 and near 1"""
    t.equal(t(losses), wanted, "Each of these losses is the one before times one number.", _PURE)


@convergence_rate.mistake(
    "This is the factor of the losses. The loss goes like the square of the distance, so the distance shrinks by its root.",
    tolerance=_READ_OFF,
)
def factor_of_the_losses(losses):
    k = len(losses) // 2
    return (losses[-1] / losses[k]) ** (1 / (len(losses) - 1 - k))


@convergence_rate.mistake("You look at the whole record. At the start the fast directions still die out; use the second half.")
def from_first_to_last(losses):
    return np.sqrt((losses[-1] / losses[0]) ** (1 / (len(losses) - 1)))


@convergence_rate.mistake(
    "This is the logarithm of the factor. Take its exponential.", tolerance=Tolerance(2e-2, 1e-6, "a slope read off a record, near zero")
)
def slope_not_factor(losses):
    k = len(losses) // 2
    return 0.5 * np.log(losses[-1] / losses[k]) / (len(losses) - 1 - k)


@convergence_rate.mistake(
    "Upside down: a descent that converges has a factor below 1. Divide the later loss by the earlier.", tolerance=_READ_OFF
)
def upside_down(losses):
    k = len(losses) // 2
    return (losses[k] / losses[-1]) ** (0.5 / (len(losses) - 1 - k))


@convergence_rate.mistake("You take the first step as typical. The first steps are the fast directions'; look at the last ones.")
def first_step(losses):
    return np.sqrt(losses[1] / losses[0])


@convergence_rate.mistake(
    "This is the share that is lost in a step. The factor is what remains of 1.",
    tolerance=Tolerance(2e-2, 1e-6, "a small share, read off a record"),
)
def share_lost(losses):
    return 1 - np.sqrt(losses[-1] / losses[-2])
