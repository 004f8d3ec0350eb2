"""What lesson 01b is called, and the pairs of functions that its exercises share."""

from __future__ import annotations

import numpy as np

from autograder.writing import CUBIC, EXPSIN, SINE, Function, Given, Lesson, Reals, Smooth, random_smooth, spread, summed

lesson = Lesson("01b_rules", "The rules of differentiation", "How do you find a derivative without taking a limit each time?")

STEP = 1e-30  # of a complex step: nothing is subtracted, so nothing is lost

PAIR = {
    "f": Smooth(),
    "fprime": Given(lambda sample: sample["f"].prime),
    "g": Smooth(),
    "gprime": Given(lambda sample: sample["g"].prime),
    "x": Reals(low=0.01, high=2),
}


def pairs(rng):
    """Two different functions each with a place, on both sides of 0, where no value and no slope is like another."""
    shifted = Function("x**2 + 3*x - 0.5", "2*x + 3", "2.0 + 0*x", name="g")
    bank = (
        (CUBIC, SINE),
        (SINE, CUBIC),
        (EXPSIN, shifted),
        (shifted, EXPSIN),
        *((random_smooth(rng), random_smooth(rng)) for _ in range(6)),
    )
    for (f, g), x in zip(bank, spread(rng, len(bank), 1.4)):
        yield f, f.prime, g, g.prime, x


def nothing_at(a: float) -> tuple[Function, Function]:
    """A function whose value is 0 at `a`, and one whose slope is."""
    line = Function(f"x - {a}", "1.0 + 0*x", "0*x", name="f")
    valley = Function(f"(x - {a})**2 + 0.5", f"2*(x - {a})", "2.0 + 0*x", name="f")
    return line, valley


def pairs_at_many_places(rng):
    """The same with three places at once, and with a table of them."""
    for k, (f, fprime, g, gprime, x) in enumerate(list(pairs(rng))[:5]):
        shape = (2, 2) if k == 2 else (3,)
        yield f, fprime, g, gprime, np.round(x + rng.uniform(0.05, 0.6, size=shape) * np.resize([1, -1], shape), 6 if k == 2 else 3)


def slope_of(made, x):
    """The slope at `x` of a function that was made of analytic ones, by a complex step; the shape of `x`."""
    return np.imag(made(np.asarray(x, dtype=float) + 1j * STEP)) / STEP


def lost_in(*terms):
    """What may be lost in adding up `terms`, numbers or arrays: it goes with their sizes."""
    return summed(sum(np.abs(np.asarray(term, dtype=float)) for term in terms))
