"""The references of lesson 01 against SymPy and a complex step: neither is ours."""

import numpy as np
import pytest
import sympy
from reference import namespace

ours = namespace("01_derivative")
x_, h_ = sympy.symbols("x h", real=True)
FUNCTIONS = {
    "cubic": (lambda x: 2 * x**3 + 5, 2 * x_**3 + 5),
    "expsin": (lambda x: np.exp(x) * np.sin(x), sympy.exp(x_) * sympy.sin(x_)),
    "runge": (lambda x: 1 / (1 + 25 * x**2), 1 / (1 + 25 * x_**2)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_quotient_secant_and_tangent_against_sympy(name):
    f, F = FUNCTIONS[name]
    rng = np.random.default_rng(11)
    for x, h in rng.uniform(0.2, 1.5, size=(6, 2)) * rng.choice([-1, 1], size=(6, 2)):
        exact = float(((F.subs(x_, x_ + h_) - F) / h_).subs({x_: x, h_: h}).evalf(30))
        assert ours["difference_quotient"](f, x, h) == pytest.approx(exact, rel=1e-9, abs=1e-11)
        slope, intercept = ours["secant_line"](f, x, h)
        line = sympy.Line((x, float(F.subs(x_, x))), (x + h, float(F.subs(x_, x + h))))
        assert slope == pytest.approx(float(line.slope), rel=1e-9, abs=1e-11)
        _, b, c = map(float, line.coefficients)
        assert intercept == pytest.approx(-c / b, rel=1e-8, abs=1e-10)
        dF = float(sympy.diff(F, x_).subs(x_, x))
        tangent = ours["tangent_line"](f, lambda _, d=dF: d, x)
        series = float(sympy.diff(F, x_).subs(x_, x) * h + F.subs(x_, x))
        assert tangent(x + h) == pytest.approx(series, rel=1e-10, abs=1e-12)
        assert dF == pytest.approx(np.imag(f(x + 1e-30j)) / 1e-30, rel=1e-12)


def test_quotient_cubic_against_sympy():
    simplified = sympy.cancel(((2 * (x_ + h_) ** 3 + 5) - (2 * x_**3 + 5)) / h_)
    assert sympy.expand(ours["quotient_cubic"](x_, h_) - simplified) == 0
    assert ours["quotient_cubic"](x_, 0) == sympy.diff(2 * x_**3 + 5, x_)


def test_powers_derivative_against_sympy_and_complex_step():
    for n in range(7):
        for x in (-1.7, 0.0, 0.4, 2.0):
            exact = [float(sympy.diff(x_**k, x_).subs(x_, x)) for k in range(n + 1)]
            step = np.imag((x + 1e-30j) ** np.arange(n + 1)) / 1e-30
            np.testing.assert_allclose(ours["powers_derivative"](x, n), exact, rtol=1e-13, atol=1e-15)
            np.testing.assert_allclose(ours["powers_derivative"](x, n), step, rtol=1e-12, atol=1e-15)


def test_one_sided_tends_to_sympys_limits():
    for f, F in ((abs, sympy.Abs(x_)), (lambda x: x * abs(x), x_ * sympy.Abs(x_)), (lambda x: max(x, 0.0), sympy.Max(x_, 0))):
        left, right = ours["one_sided"](f, 0.0, 1e-9)
        assert left == pytest.approx(float(sympy.limit(F / x_, x_, 0, "-")), abs=1e-8)
        assert right == pytest.approx(float(sympy.limit(F / x_, x_, 0, "+")), abs=1e-8)


def test_is_differentiable_against_sympys_limits():
    for f, F in (
        (abs, sympy.Abs(x_)), (lambda x: x * abs(x), x_ * sympy.Abs(x_)), (lambda x: max(x, 0.0), sympy.Max(x_, 0)),
        (lambda x: np.cbrt(x), sympy.sign(x_) * sympy.Abs(x_) ** sympy.Rational(1, 3)), (lambda x: np.sin(3 * x), sympy.sin(3 * x_)),
    ):  # fmt: skip
        left, right = (sympy.limit(F / x_, x_, 0, side) for side in "-+")
        assert ours["is_differentiable"](f, 0.0) == bool(left == right and left.is_finite)


def test_find_first_wrong_step_against_symbolic_equality():
    lines = [x_ + h_, h_ + x_, (x_**2 - h_**2) / (x_ - h_), x_ + h_ + x_ * h_, x_]
    for start in range(3):
        chain = lines[start:]
        wrong = [k for k in range(1, len(chain)) if sympy.simplify(chain[k] - chain[k - 1]) != 0]
        steps = [sympy.lambdify((x_, h_), line) for line in chain]
        assert ours["find_first_wrong_step"](steps) == (wrong[0] if wrong else None)


def test_the_order_of_the_derivation_by_limits():
    """Each line of the answer has the limit 6x², and none of the three left out is an equal quotient."""
    lines = {
        "B": ((2 * (x_ + h_) ** 3 + 5) - (2 * x_**3 + 5)) / h_, "G": (2 * (x_ + h_) ** 3 - 2 * x_**3) / h_,
        "A": (2 * (x_**3 + 3 * x_**2 * h_ + 3 * x_ * h_**2 + h_**3) - 2 * x_**3) / h_,
        "F": (6 * x_**2 * h_ + 6 * x_ * h_**2 + 2 * h_**3) / h_, "C": 6 * x_**2 + 6 * x_ * h_ + 2 * h_**2,
        "H": ((2 * (x_ + h_) ** 3 + 5) - 2 * x_**3 + 5) / h_,
        "I": (2 * (x_**3 + 2 * x_**2 * h_ + h_**3 + x_**2 * h_ + 2 * x_ * h_**2 + h_**3) - 2 * x_**3) / h_,
        "J": 6 * x_**2 + h_**2 + 2 * x_ * h_,
    }  # fmt: skip
    answer = ours["order_the_derivation"]()
    for letter, line in lines.items():
        assert (sympy.simplify(line - lines["B"]) == 0) == (letter in answer), letter
