"""Catching a mistake: two wrong central differences with a polynomial."""

from __future__ import annotations

from autograder.writing import Reals, Step, Tolerance, catch

from ._lesson import lesson


def f(c, x):
    return c[0] + c[1] * x + c[2] * x**2 + c[3] * x**3


def half_the_step(c, x, h):
    return (f(c, x + h / 2) - f(c, x - h / 2)) / h


def only_ahead(c, x, h):
    return (f(c, x + h) - f(c, x)) / h


def truth(c, x, h):
    """The central difference of a cubic, worked out on paper."""
    return c[1] + 2 * c[2] * x + c[3] * (3 * x**2 + h**2)


catch_the_halved_step = lesson.add(
    catch(
        "catch_the_halved_step",
        1,
        "catch two wrong central differences with a polynomial",
        domains={"c": Reals("4", high=100), "x": Reals(high=10), "h": Step(high=1, low=0.01, positive=True)},
        truth=truth,
        helpers=(f,),
        wrong={"half_the_step": half_the_step, "only_ahead": only_ahead},
        alike={
            "a_parabola": (
                ([0.0, 0.0, 1.0, 0.0], 1.0, 0.1),
                "On a parabola a central difference is exact with every step, so a halved step does not show.",
            ),
            "a_straight_line": (([0.0, 1.0, 0.0, 0.0], 1.0, 0.1), "On a straight line every difference quotient is right."),
            "where_it_does_not_bend": (
                ([0.0, 0.0, 0.0, 1.0], 0.0, 0.1),
                "Your curve is symmetric about its point there, so looking ahead sees what looking both ways sees.",
            ),
        },
        shown="the quotient",
        tolerance=Tolerance(1e-9, 1e-7, "rounding of two values over the smallest step"),
        hints=(
            "On which polynomials is a central difference exact, whatever its step?",
            "A parabola hides the halved step. Take a term with x³, and a place where the curve bends.",
        ),
    )
)
