"""The references of lesson 03 against SymPy, a complex step, the autograd package and 50-digit differences: none is ours."""

import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
import sympy
from autograd import grad
from reference import namespace

ours = namespace("03_partial_derivative")
a, b, c = sympy.symbols("a b c", real=True)
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
POINTS = np.random.default_rng(3).uniform(-1.4, 1.4, size=(12, 3))


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("i", [0, 1, 2])
def test_partial_derivative_against_three_oracles(name, i):
    make, expression = FUNCTIONS[name]
    f, symbol = make(np), (a, b, c)[i]
    for x in POINTS:
        symbolic = float(sympy.diff(expression, symbol).subs(dict(zip((a, b, c), x))))
        step = np.imag(f(x + 1e-30j * np.eye(3)[i])) / 1e-30
        reverse = grad(make(anp))(x)[i]
        given = ours["partial_derivative"](f, x, i)
        size = 1 + abs(f(x))
        for exact in (symbolic, step, reverse):
            assert given == pytest.approx(exact, rel=1e-8, abs=1e-9 * size)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_mixed_partials_against_sympy_and_50_digits(name):
    make, expression = FUNCTIONS[name]
    mp_f = make(mpmath)
    with mpmath.workdps(50):
        for x in POINTS[:6]:
            for i in range(3):
                for j in range(3):
                    symbolic = float(sympy.diff(expression, (a, b, c)[i], (a, b, c)[j]).subs(dict(zip((a, b, c), x))))
                    orders = [0, 0, 0]
                    orders[i] += 1
                    orders[j] += 1
                    high = float(mpmath.diff(lambda *p: mp_f(p), tuple(map(mpmath.mpf, x)), tuple(orders)))
                    given = ours["mixed_partials"](make(np), x, i, j)
                    size = 1 + abs(make(np)(x)) + abs(symbolic)
                    assert given == pytest.approx(symbolic, abs=3e-7 * size)
                    assert given == pytest.approx(high, abs=3e-7 * size)


def test_seed_partials_against_sympy_and_a_complex_step():
    expression = 4 * a**4 * b**3
    for x, z in np.random.default_rng(5).uniform(-2, 2, size=(20, 2)):
        in_x, in_z = ours["seed_partials"](x, z)
        assert in_x == pytest.approx(float(sympy.diff(expression, a).subs({a: x, b: z})), rel=1e-12)
        assert in_z == pytest.approx(float(sympy.diff(expression, b).subs({a: x, b: z})), rel=1e-12)
        assert in_x == pytest.approx(np.imag(4 * (x + 1e-30j) ** 4 * z**3) / 1e-30, rel=1e-12)
        assert in_z == pytest.approx(np.imag(4 * x**4 * (z + 1e-30j) ** 3) / 1e-30, rel=1e-12)


def test_total_derivative_against_sympy_and_a_complex_step():
    f, z = 4 * a**4 * b**3 + sympy.sin(a * b), sympy.exp(a / 2) - a
    for x in np.random.default_rng(6).uniform(-1.5, 1.5, size=20):
        at = {a: x, b: float(z.subs(a, x))}
        partials = (float(sympy.diff(f, a).subs(at)), float(sympy.diff(f, b).subs(at)), float(sympy.diff(z, a).subs(a, x)))
        symbolic = float(sympy.diff(f.subs(b, z), a).subs(a, x))
        step = x + 1e-30j
        curve = np.exp(step / 2) - step
        assert ours["total_derivative"](*partials) == pytest.approx(symbolic, rel=1e-9, abs=1e-12)
        assert ours["total_derivative"](*partials) == pytest.approx(
            np.imag(4 * step**4 * curve**3 + np.sin(step * curve)) / 1e-30, rel=1e-9, abs=1e-12
        )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_slices_against_sympy_and_autograd(name):
    make, expression = FUNCTIONS[name]
    for x in POINTS[:5]:
        for i in range(3):
            cut = ours["freeze"](make(np), x, i)
            frozen = expression.subs({s: v for k, (s, v) in enumerate(zip((a, b, c), x)) if k != i})
            for t in (-0.8, 0.3, 1.9):
                assert cut(t) == pytest.approx(float(frozen.subs((a, b, c)[i], t)), rel=1e-12, abs=1e-12)
            assert grad(lambda t, x=x, i=i: make(anp)([t if k == i else v for k, v in enumerate(x)]))(x[i]) == pytest.approx(
                float(sympy.diff(frozen, (a, b, c)[i]).subs((a, b, c)[i], x[i])), rel=1e-10, abs=1e-12
            )


def test_the_letters_against_sympy():
    # the wrong line on the curve z = x**2: B, C and E hold, D does not
    f = 4 * a**4 * b**3
    on_curve = sympy.diff(f, a).subs(b, a**2)
    assert sympy.expand(on_curve - 16 * a**9) == 0 and sympy.expand(sympy.diff(f.subs(b, a**2), a) - 40 * a**9) == 0
    assert ours["find_the_wrong_derivative"]() == "d" and sympy.expand(sympy.diff(f.subs(b, a**2), a) - 16 * a**9) != 0
    # a parameter that does not occur has the derivative 0
    y, prediction, theta = sympy.symbols("y p theta")
    assert sympy.diff((y - prediction) ** 2, theta) == 0 and ours["held_fixed"]() == "b"
    # the ridge has both partial derivatives and no limit along the diagonal
    ridge = a * b / (a**2 + b**2)
    assert ridge.subs(b, 0) == 0 and ridge.subs(a, 0) == 0 and sympy.simplify(ridge.subs(b, a)) == sympy.Rational(1, 2)
    assert ours["partials_enough"]() == "c" and ours["which_symbol"]() == "c"
