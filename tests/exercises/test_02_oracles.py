"""The references of lesson 02 against SymPy, mpmath in fifty digits, and the autograd package: none of them is ours."""

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
import sympy
from reference import namespace

from autograder.exercises.numerical_derivative._lesson import derivatives

ours = namespace("02_numerical_derivative")
x_, h_ = sympy.symbols("x h", real=True)
FUNCTIONS = {
    "cubic": (lambda x: 2 * x**3 + 5, 2 * x_**3 + 5),
    "expsin": (lambda x: anp.exp(x) * anp.sin(x), sympy.exp(x_) * sympy.sin(x_)),
    "runge": (lambda x: 1 / (1 + 25 * x**2), 1 / (1 + 25 * x_**2)),
    "wave": (lambda x: 1.3 * anp.exp(-0.4 * x) * anp.sin(1.7 * x + 0.2), sympy.Rational(13, 10) * sympy.exp(-2 * x_ / 5) * sympy.sin(17 * x_ / 10 + sympy.Rational(1, 5))),
}  # fmt: skip
QUOTIENTS = {
    "forward_difference": lambda F: (F.subs(x_, x_ + h_) - F) / h_,
    "backward_difference": lambda F: (F - F.subs(x_, x_ - h_)) / h_,
    "central_difference": lambda F: (F.subs(x_, x_ + h_) - F.subs(x_, x_ - h_)) / (2 * h_),
    "second_difference": lambda F: (F.subs(x_, x_ + h_) - 2 * F + F.subs(x_, x_ - h_)) / h_**2,
    "richardson": lambda F: (
        (8 * (F.subs(x_, x_ + h_ / 2) - F.subs(x_, x_ - h_ / 2)) - F.subs(x_, x_ + h_) + F.subs(x_, x_ - h_)) / (6 * h_)
    ),
}


def points(count=20):
    return np.random.default_rng(5).uniform([-1.5, 0.1], [1.5, 0.9], size=(count, 2))


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("quotient", QUOTIENTS)
def test_differences_against_sympy(quotient, name):
    f, F = FUNCTIONS[name]
    symbolic = QUOTIENTS[quotient](F)
    for x, h in points():
        exact = float(symbolic.subs({x_: sympy.Float(x, 40), h_: sympy.Float(h, 40)}).evalf(30))
        assert ours[quotient](f, x, h) == pytest.approx(exact, rel=1e-10, abs=1e-11)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_differences_tend_to_the_derivatives_of_autograd_and_mpmath(name):
    f, F = FUNCTIONS[name]
    high = sympy.lambdify(x_, F, "mpmath")
    first, second = autograd.grad(f), autograd.grad(autograd.grad(f))
    mpmath.mp.dps = 50
    for x, _ in points():
        slope = first(x)
        assert slope == pytest.approx(float(mpmath.diff(high, mpmath.mpf(x))), rel=1e-10, abs=1e-10)
        assert ours["complex_step"](f, x) == pytest.approx(slope, rel=1e-12, abs=1e-12)
        assert ours["central_difference"](f, x) == pytest.approx(slope, rel=1e-8, abs=1e-8)
        assert ours["richardson"](f, x, 1e-3) == pytest.approx(slope, rel=1e-7, abs=1e-7)
        assert ours["second_difference"](f, x, 1e-4) == pytest.approx(second(x), rel=1e-4, abs=1e-4)
        assert ours["second_difference"](f, x, 1e-4) == pytest.approx(float(mpmath.diff(high, mpmath.mpf(x), 2)), rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("kind, truncation, rounding", [("forward", 1, 1), ("central", 2, 1), ("second", 2, 2)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_optimal_step_is_where_sympy_finds_the_balance(kind, truncation, rounding, dtype):
    h, eps = sympy.symbols("h eps", positive=True)
    (balance,) = sympy.solve(sympy.Eq(h**truncation, eps / h**rounding), h)
    size = float(np.nextafter(np.ones((), dtype), np.full((), 2, dtype)) - 1)
    for x in (0.0, 0.4, -7.5, 3e6):
        assert ours["optimal_step"](kind, x, dtype) == pytest.approx(float(balance.subs(eps, size)) * max(1, abs(x)), rel=1e-9)


def test_the_observed_order_against_mpmath():
    """The method's errors are computed without rounding to speak of, so that the order must come out."""
    mpmath.mp.dps = 60
    hs = 2.0 ** -np.arange(4, 12)
    exact = mpmath.diff(mpmath.sin, mpmath.mpf("0.9"))
    for order, estimate in (
        (1, lambda h: (mpmath.sin(0.9 + h) - mpmath.sin(0.9)) / h),
        (2, lambda h: (mpmath.sin(0.9 + h) - mpmath.sin(0.9 - h)) / (2 * h)),
    ):
        errors = np.array([float(abs(estimate(mpmath.mpf(h)) - mpmath.cos(0.9))) for h in hs])
        assert ours["observed_order"](hs, errors) == pytest.approx(order, abs=0.05)
    assert float(exact) == pytest.approx(np.cos(0.9))
    design = np.column_stack([np.ones(8), np.log(hs)])
    noisy = hs**1.7 * np.exp(np.random.default_rng(2).normal(scale=0.1, size=8))
    noisy[-1] = noisy.min() / 2  # the smallest error belongs to the smallest step: nothing is left out
    assert ours["observed_order"](hs, noisy) == pytest.approx(np.linalg.lstsq(design, np.log(noisy), rcond=None)[0][1], rel=1e-9)


def test_the_learners_test_against_mpmath():
    def exact(f, x, h=None):
        g = {np.exp: mpmath.exp}[f]
        h = mpmath.mpf("1e-5" if h is None else h)
        return float((g(x + h) - g(x - h)) / (2 * h))

    assert ours["test_central_difference"](exact) is True
    assert ours["test_central_difference"](lambda f, x, h=1e-5: autograd.grad(anp.exp)(x)) is False


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_judges_own_derivatives_of_every_order(name):
    """Cauchy's integral, which the checks rely on, against SymPy."""
    f, F = FUNCTIONS[name]
    for x in (-1.3, 0.37, 0.9):
        exact = [float(sympy.diff(F, x_, n).subs(x_, x)) for n in range(8)]
        np.testing.assert_allclose(derivatives(f, x), exact, rtol=1e-6, atol=1e-5)
