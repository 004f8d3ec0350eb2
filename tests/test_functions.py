"""The named functions' derivatives, against SymPy and against a complex step: neither is ours."""

import numpy as np
import pytest
import sympy

from autograder import functions
from autograder.bank import random_smooth
from autograder.functions import Function

SCALAR = [f for f in vars(functions).values() if isinstance(f, Function) and "x[" not in f.expr and f.args == "x"]
VECTOR = [f for f in vars(functions).values() if isinstance(f, Function) and "x[" in f.expr]
SYMPY = {"exp": sympy.exp, "sin": sympy.sin, "cos": sympy.cos, "array": list, "abs": sympy.Abs, "cbrt": None,
         "sign": sympy.sign, "maximum": sympy.Max, "where": lambda c, a, b: sympy.Piecewise((a, c), (b, True))}  # fmt: skip


def symbolic(text: str, x):
    names = {"np": type("np", (), SYMPY), "x": x}
    if "cbrt" in text:
        names["np"].cbrt = staticmethod(lambda v: sympy.sign(v) * sympy.Abs(v) ** sympy.Rational(1, 3))
    return eval(text, names)


@pytest.mark.parametrize("f", SCALAR + [random_smooth(np.random.default_rng(s)) for s in range(20)], ids=lambda f: f.expr)
def test_scalar_derivatives(f):
    x = sympy.Symbol("x", real=True)
    for point in ("-1.3", "-0.4", "0.2", "0.9", "1.7"):
        at = sympy.Rational(point)
        assert float(f.derivative(float(point))) == pytest.approx(float(sympy.diff(symbolic(f.expr, x), x).subs(x, at)), rel=1e-10, abs=1e-12)
        if f.d2:
            second = float(sympy.diff(symbolic(f.expr, x), x, 2).subs(x, at))
            assert float(f.prime.derivative(float(point))) == pytest.approx(second, rel=1e-9, abs=1e-10)


@pytest.mark.parametrize("f", VECTOR, ids=lambda f: f.name)
def test_gradients_by_complex_step(f):
    rng = np.random.default_rng(1)
    n = len(f.derivative(np.ones(3)))
    for _ in range(5):
        x = rng.normal(size=n)
        steps = np.array([np.imag(f(x + 1e-30j * e)) / 1e-30 for e in np.eye(n)])
        np.testing.assert_allclose(f.derivative(x), steps, rtol=1e-12, atol=1e-12)


def test_a_function_says_how_to_paste_it():
    f = Function("2*x**3 + 5", "6*x**2")
    assert eval(f.source)(2.0) == 21.0 == f(2.0)
    with pytest.raises(ValueError, match="without its derivative"):
        Function("x").prime  # noqa: B018
