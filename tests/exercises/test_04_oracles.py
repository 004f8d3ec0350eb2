"""The references of lesson 04 against SymPy, a complex step, the autograd package and 40-digit arithmetic: none is ours."""

import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
import sympy
from autograd import grad
from reference import namespace

ours = namespace("04_gradient")
SYMBOLS = sympy.symbols("a b c", real=True)
a, b, c = SYMBOLS
FUNCTIONS = {
    "mixed": (
        lambda m: lambda x: m.exp(x[0] * x[1]) + x[2] * x[0] ** 2 * x[1] + m.sin(x[2]),
        sympy.exp(a * b) + c * a**2 * b + sympy.sin(c),
    ),
    "wave": (
        lambda m: lambda x: 1.3 * m.sin(0.7 * x[0] - 1.1 * x[1] + 0.9 * x[2]) + x[1] ** 2 * x[2],
        1.3 * sympy.sin(0.7 * a - 1.1 * b + 0.9 * c) + b**2 * c,
    ),
    "monomial": (lambda m: lambda x: 4 * x[0] ** 4 * x[1] ** 3 + x[2] ** 2, 4 * a**4 * b**3 + c**2),
}
POINTS = np.random.default_rng(4).uniform(-1.4, 1.4, size=(10, 3))
RNG = np.random.default_rng(14)


def symbolic(expression, x):
    return np.array([float(sympy.diff(expression, s).subs(dict(zip(SYMBOLS, x)))) for s in SYMBOLS])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradient_against_three_oracles(name):
    make, expression = FUNCTIONS[name]
    f = make(np)
    for x in POINTS:
        step = np.array([np.imag(f(x + 1e-30j * e)) / 1e-30 for e in np.eye(3)])
        for exact in (symbolic(expression, x), step, grad(make(anp))(x)):
            np.testing.assert_allclose(ours["gradient"](f, x), exact, rtol=1e-8, atol=1e-9 * (1 + abs(f(x))))


def test_gradient_of_a_matrix_against_autograd_and_a_complex_step():
    C = RNG.normal(size=(2, 3))

    def make(m):
        return lambda X: m.sum(m.sin(C * X)) * X[0, 1] + m.sum(X**3 * C)

    for X in RNG.uniform(-1, 1, size=(5, 2, 3)):
        given = ours["gradient"](make(np), X)
        np.testing.assert_allclose(given, grad(make(anp))(X), rtol=1e-8, atol=1e-8)
        for k in np.ndindex(X.shape):
            e = np.zeros(X.shape)
            e[k] = 1
            assert given[k] == pytest.approx(np.imag(make(np)(X + 1e-30j * e)) / 1e-30, rel=1e-8, abs=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_directional_derivatives_against_sympy_and_a_complex_step(name):
    make, expression = FUNCTIONS[name]
    f, t = make(np), sympy.symbols("t")
    for x, v in zip(POINTS, RNG.uniform(-2, 2, size=(10, 3))):
        line = expression.subs({s: xi + t * vi for s, xi, vi in zip(SYMBOLS, x, v)}, simultaneous=True)
        by_line = float(sympy.diff(line, t).subs(t, 0))
        by_step = np.imag(f(x + 1e-30j * v)) / 1e-30
        for exact in (by_line, by_step):
            assert ours["directional_derivative"](f, x, v) == pytest.approx(exact, rel=1e-7, abs=1e-8 * (1 + abs(f(x))))
            assert ours["slope_along"](f, x, v) == pytest.approx(
                exact / float(mpmath.norm(v.tolist())), rel=1e-7, abs=1e-8 * (1 + abs(f(x)))
            )


def test_steepest_ascent_against_sympy_and_40_digits():
    with mpmath.workdps(40):
        for n in (1, 2, 4):
            for g in RNG.normal(size=(5, n)):
                by_sympy = np.array(sympy.Matrix(g.tolist()).normalized(), dtype=float).ravel()
                length = mpmath.norm([mpmath.mpf(v) for v in g])
                by_mpmath = [float(mpmath.mpf(v) / length) for v in g]
                np.testing.assert_allclose(ours["steepest_ascent_direction"](g), by_sympy, rtol=1e-12)
                np.testing.assert_allclose(ours["steepest_ascent_direction"](g), by_mpmath, rtol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("m, n", [(4, 2), (3, 5), (6, 3), (2, 1)])
def test_the_loss_and_its_gradient_against_three_oracles(m, n):
    for _ in range(4):
        X, y, theta = np.column_stack([np.ones(m), RNG.normal(size=(m, n - 1))]), RNG.normal(size=m), RNG.normal(size=n)
        symbols = sympy.symbols(f"t0:{n}")
        loss = sum((y[i] - sum(s * v for s, v in zip(symbols, X[i]))) ** 2 for i in range(m)) / m
        at = dict(zip(symbols, theta))
        assert ours["mse"](X, y, theta) == pytest.approx(float(loss.subs(at)), rel=1e-12)
        assert ours["mse"](X, y, theta) == pytest.approx(
            float(mpmath.fsum((mpmath.fdot(X[i], theta) - y[i]) ** 2 for i in range(m)) / m), rel=1e-12
        )
        by_sympy = [float(sympy.diff(loss, s).subs(at)) for s in symbols]
        by_autograd = grad(lambda t, X=X, y=y: anp.mean((anp.dot(X, t) - y) ** 2))(theta)
        by_step = [np.imag(np.mean((X @ (theta + 1e-30j * e) - y) ** 2)) / 1e-30 for e in np.eye(n)]
        for exact in (by_sympy, by_autograd, by_step):
            np.testing.assert_allclose(ours["mse_gradient"](X, y, theta), exact, rtol=1e-11, atol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_taylor_order_against_40_digits_and_the_series(name):
    make, expression = FUNCTIONS[name]
    t = sympy.symbols("t")
    for x, d in zip(POINTS[:5], RNG.uniform(0.3, 0.8, size=(5, 3))):
        line = expression.subs({s: xi + t * di for s, xi, di in zip(SYMBOLS, x, d)}, simultaneous=True)
        bend, twist = (float(sympy.diff(line, t, k).subs(t, 0)) for k in (2, 3))
        if abs(bend) < max(0.4, 0.4 * abs(twist)):
            continue
        for factor, series in ((1.0, 2), (1.6, 1)):
            exact = factor * symbolic(expression, x)
            if series == 1 and abs(0.6 * symbolic(expression, x) @ d) < abs(bend):
                continue
            given = ours["taylor_order"](make(np), lambda _, exact=exact: exact, x, d)
            assert given == pytest.approx(series, abs=0.15)
            with mpmath.workdps(40):
                F, slope = make(mpmath), mpmath.fdot(exact.tolist(), d.tolist())
                r = [
                    abs(
                        F([xi + h * di for xi, di in zip(map(mpmath.mpf, x), map(mpmath.mpf, d))]) - F(list(map(mpmath.mpf, x))) - h * slope
                    )
                    for h in (mpmath.mpf("0.1"), mpmath.mpf("0.0001"))
                ]
                assert given == pytest.approx(float(mpmath.log(r[0] / r[1], 10) / 3), abs=0.1)


def test_the_letters_against_sympy():
    y, x, t0, t1 = sympy.symbols("y x t0 t1")
    prediction = t0 + t1 * x
    loss = (y - prediction) ** 2
    assert sympy.diff(prediction, x) == t1 and ours["sensitivity_of_what"]() == "c"
    assert sympy.diff(prediction, t1) == x
    right = sympy.expand(sympy.diff(loss, t1))
    lines = {"b": 2 * (y - prediction) * sympy.diff(prediction, t1), "d": 2 * (y - prediction) * x}
    assert all(sympy.expand(right + sympy.expand(line)) == 0 for line in lines.values()) and ours["wrong_line_of_the_loss"]() == "b"
    assert sympy.diff(loss, t1) != 0 and ours["what_moves"]() == "b"
    assert np.shape(np.zeros(5) - np.zeros((5, 1))) == (5, 5) and ours["recall_broadcast"]() == "c"
    assert sympy.diff(x**2 * y + 3 * y**2, x) == 2 * x * y and ours["recall_frozen_term"]() == "a"
    h = sympy.symbols("h", positive=True)
    error = sympy.exp(h) - 1 - h
    assert sympy.limit(error.subs(h, h / 2) / error, h, 0) == sympy.Rational(1, 4) and ours["recall_tangent_error"]() == "b"
    assert ours["recall_rounding"]() == "d"
