"""Catching a mistake: two wrong slopes of a secant."""

from __future__ import annotations

from autograder.writing import Reals, Step, catch

from ._lesson import lesson


def slope_over_a_length(x, h):
    return ((x + h) ** 2 - x**2) / abs(h)


def slope_from_nothing(x, h):
    return (x + h) ** 2 / h


def truth(x, h):
    """(x + h)² - x² is h times this."""
    return 2 * x + h


catch_the_secant = lesson.add(
    catch(
        "catch_the_secant",
        1,
        "catch two wrong slopes of a secant",
        domains={"x": Reals(high=100), "h": Step(high=100, low=1e-3)},
        truth=truth,
        wrong={"slope_over_a_length": slope_over_a_length, "slope_from_nothing": slope_from_nothing},
        alike={
            "a_step_to_the_right": (
                (1.0, 0.5),
                "To the right h is its own length. What if the second point lies to the left?",
                lambda x, h: h > 0,
            ),
            "at_zero": ((0.0, -0.5), "At your place f(x) is 0, so whoever leaves it out loses nothing.", lambda x, h: x == 0),
            "a_level_secant": (
                (0.5, -1.0),
                "Your secant is level: its two points have the same height, and 0 has no sign to get wrong.",
                lambda x, h: 2 * x + h == 0,
            ),
        },
        shown="the slope",
        hints=(
            "What happens in each of them when h is negative?",
            "One leaves f(x) out. Where does that do no harm?",
        ),
    )
)
