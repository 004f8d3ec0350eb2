"""Catching a mistake: three wrong slopes of a monomial."""

from __future__ import annotations

import numpy as np

from autograder.writing import Labels, Reals, catch

from ._lesson import lesson


def in_the_other_symbol(x, y, a, b):
    return b * x**a * y ** (b - 1)


def drops_what_is_frozen(x, y, a, b):
    return a * x ** (a - 1)


def moves_both(x, y, a, b):
    return a * x ** (a - 1) * y**b + b * x**a * y ** (b - 1)


def truth(x, y, a, b):
    """The slope in x alone, by a complex step."""
    return np.imag((x + 1e-30j) ** a * y**b) / 1e-30


catch_the_exponents = lesson.add(
    catch(
        "catch_the_exponents",
        1,
        "catch three wrong slopes of a monomial",
        domains={"x": Reals(high=10, zero=False), "y": Reals(high=10, zero=False), "a": Labels("", 6), "b": Labels("", 6)},
        truth=truth,
        wrong={"in_the_other_symbol": in_the_other_symbol, "drops_what_is_frozen": drops_what_is_frozen, "moves_both": moves_both},
        alike={
            "symmetric": (
                (2.0, 2.0, 3, 3),
                "Your place and your exponents are symmetric in x and y, so it makes no difference which of the two moves.",
                lambda x, y, a, b: x == y and a == b,
            ),
            "y_is_one": ((2.0, 1.0, 3, 2), "At y = 1 the factor that was dropped is 1.", lambda x, y, a, b: y == 1),
            "without_y": (
                (2.0, 3.0, 2, 0),
                "With b = 0 there is no y in f: nothing to drop, and nothing that could move.",
                lambda x, y, a, b: b == 0,
            ),
        },
        shown="the slope",
        hints=(
            "Which places make x and y look alike? Avoid them.",
            "A factor of 1 cannot be missed. Take y other than 1, and b other than 0.",
        ),
    )
)
