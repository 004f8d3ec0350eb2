"""Catching a mistake: three wrong product rules."""

from __future__ import annotations

import numpy as np

from autograder.writing import Reals, catch

from ._lesson import lesson


def product_of_slopes(f, df, g, dg):
    return df * dg


def each_with_its_own(f, df, g, dg):
    return f * df + g * dg


def with_a_minus(f, df, g, dg):
    return df * g - f * dg


def truth(f, df, g, dg):
    """The slope of the product of two straight lines, by a complex step."""
    return np.imag((f + 1e-30j * df) * (g + 1e-30j * dg)) / 1e-30


catch_the_products = lesson.add(
    catch(
        "catch_the_products",
        1,
        "catch three wrong product rules",
        domains={"f": Reals(), "df": Reals(), "g": Reals(), "dg": Reals()},
        truth=truth,
        wrong={"product_of_slopes": product_of_slopes, "each_with_its_own": each_with_its_own, "with_a_minus": with_a_minus},
        alike={
            "all_alike": (
                (2.0, 2.0, 2.0, 2.0),
                "Your f and g are alike, so a slope that meets the wrong one of them meets the same number.",
                lambda f, df, g, dg: f == g and df == dg,
            ),
            "one_is_zero": (
                (0.0, 1.0, 3.0, 2.0),
                "Your f is 0 there: one of the two strips has no height, and its sign cannot be seen.",
                lambda f, df, g, dg: f == 0,
            ),
            "a_lucky_product": ((1.0, 2.0, 1.0, 2.0), "Here the product of the slopes happens to be their sum. Take other numbers."),
        },
        shown="the slope",
        hints=(
            "Numbers that are alike, 0 or 1 hide mistakes.",
            "Take four different primes.",
        ),
    )
)
