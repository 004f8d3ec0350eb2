"""The references of lesson 01b against SymPy, which differentiates by itself, and the questions' options against numbers."""

import numpy as np
import pytest
import sympy
from reference import namespace

from autograder.exercises import exercises

ours = namespace("01b_rules")
x_ = sympy.symbols("x", real=True)
PARTS = (2 * x_**3 + 5, sympy.exp(x_) * sympy.sin(x_), 1 / (1 + x_**2), sympy.cos(3 * x_) - x_)
PLACES = (-1.3, -0.4, 0.7, 1.6)


def both(F):
    """A formula and its derivative by SymPy, as functions of NumPy numbers."""
    return sympy.lambdify(x_, F, "numpy"), sympy.lambdify(x_, sympy.diff(F, x_), "numpy")


@pytest.mark.parametrize(
    "name, made",
    [("product_slope", lambda F, G: F * G), ("quotient_slope", lambda F, G: F / G), ("chain_slope", lambda F, G: F.subs(x_, G))],
)
def test_slopes_against_sympy(name, made):
    for F in PARTS:
        for G in PARTS:
            exact = sympy.diff(made(F, G), x_)
            for x in PLACES:
                wanted = float(exact.subs(x_, x).evalf(30))
                assert ours[name](*both(F), *both(G), x) == pytest.approx(wanted, rel=1e-10, abs=1e-10), (name, F, G, x)


def test_the_wave_under_the_bell_against_sympy():
    exact = sympy.lambdify(x_, sympy.diff(sympy.exp(-(x_**2)) * sympy.sin(3 * x_), x_), "numpy")
    xs = np.linspace(-3, 3, 41)
    np.testing.assert_allclose(ours["bell_wave_slope"](xs), exact(xs), rtol=1e-12, atol=1e-14)


def test_each_kind_of_failure_against_sympys_limits():
    kinds = {
        sympy.Abs(x_): "corner", x_ * sympy.Abs(x_): "smooth", sympy.Max(x_, 0): "corner", sympy.Heaviside(x_, 0): "jump",
        sympy.sign(x_): "jump", sympy.sign(x_) * sympy.Abs(x_) ** sympy.Rational(1, 3): "vertical", sympy.sqrt(sympy.Abs(x_)): "vertical",
        sympy.sin(3 * x_): "smooth",
    }  # fmt: skip
    for F, kind in kinds.items():
        values = [sympy.limit(F, x_, 0, side) for side in "-+"]
        slopes = [sympy.limit((F - F.subs(x_, 0)) / x_, x_, 0, side) for side in "-+"]
        if any(value != F.subs(x_, 0) for value in values):
            told = "jump"
        elif any(slope.is_infinite for slope in slopes):
            told = "vertical"
        else:
            told = "smooth" if slopes[0] == slopes[1] else "corner"
        assert told == kind
        f = sympy.lambdify(x_, F, modules=[{"Heaviside": lambda x, at=0: float(x > 0), "sign": np.sign}, "numpy"])
        assert ours["how_it_fails"](f, 0.0) == kind, F


def test_only_one_step_of_the_wrong_proof_fails():
    """Each step as an equation between numbers; c alone does not hold, for functions in general."""
    f, g, fp, gp = np.exp, np.sin, np.exp, np.cos
    x, h = 0.7, 0.3
    df, dg, change = f(x + h) - f(x), g(x + h) - g(x), f(x + h) * g(x + h) - f(x) * g(x)
    tiny = 1e-7
    quotients = [(one(x + tiny) - one(x)) / tiny for one in (f, g, lambda z: f(z) * g(z))]
    exact = float(sympy.diff(sympy.exp(x_) * sympy.sin(x_), x_).subs(x_, x))
    holds = {
        "a": np.isclose(quotients[2], exact, rtol=1e-5),
        "b": np.isclose(change, (f(x) + df) * (g(x) + dg) - f(x) * g(x)),
        "c": np.isclose(change / h, df / h * dg / h),
        "d": np.isclose(quotients[0] * quotients[1], fp(x) * gp(x), rtol=1e-5),
    }
    assert [letter for letter, true in holds.items() if not true] == [ours["wrong_step_of_the_product"]()]
    told = {mistake.name[-1] for mistake in exercises()["wrong_step_of_the_product"].mistakes}
    assert told == {letter for letter, true in holds.items() if true}


def test_only_one_sentence_about_the_valley_holds():
    """A curve that falls until 2, is -1 there and rises ever more steeply; each sentence is asked of its slope."""
    F = (x_ - 2) ** 2 - 1
    f, slope = both(F)
    xs = np.linspace(-2, 6, 801)
    before, after = xs < 2 - 1e-9, xs > 2 + 1e-9
    holds = {
        "a": np.all(slope(xs) >= slope(2.0)),
        "b": np.all(slope(xs[before]) < 0) and slope(2.0) == 0 and np.all(slope(xs[after]) > 0),
        "c": slope(2.0) == -1,
        "d": np.all(slope(xs[f(xs) < 0]) < 0),
    }
    assert f(2.0) == -1 and np.all(np.diff(slope(xs)) > 0)
    assert [letter for letter, true in holds.items() if true] == [ours["slope_as_a_function"]()]
