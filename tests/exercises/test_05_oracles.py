"""The references of lesson 05 against SymPy, the autograd package and the complex step, on random inputs."""

from __future__ import annotations

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy
from reference import namespace

from autograder.exercises.jacobian import _lesson as bank

REFERENCE = namespace("05_jacobian")
SEEDS = range(12)


def complex_columns(f, x):
    """The Jacobian by complex steps: exact to rounding, another method than the reference's."""
    return np.stack([np.imag(f(x + 1e-30j * e)) / 1e-30 for e in np.eye(len(x))], axis=-1)


def symbolic(function, x):
    """The Jacobian of a named function by SymPy, from the very text that learners are given."""
    names = sympy.symbols(f"x0:{len(x)}", real=True)

    class Symbols:
        array, exp, sin, cos = staticmethod(lambda rows: sympy.Matrix(rows)), sympy.exp, sympy.sin, sympy.cos

    values = eval(function.expr, {"np": Symbols, "x": names})  # our own text
    J = (values if isinstance(values, sympy.MatrixBase) else sympy.Matrix([values])).jacobian(names)
    return np.array(J.subs(dict(zip(names, map(float, x)))).evalf(20), dtype=float)


@pytest.mark.parametrize("seed", SEEDS)
def test_jacobians_agree_with_sympy_and_complex_steps(seed):
    rng = np.random.default_rng(seed)
    for f, x in [*bank.maps(rng)]:
        J = REFERENCE["jacobian"](f, x)
        np.testing.assert_allclose(J, complex_columns(f, x), atol=2e-9)
        np.testing.assert_allclose(f.derivative(x), complex_columns(f, x), rtol=1e-13, atol=1e-14)
        if f.name != "f":
            np.testing.assert_allclose(J, symbolic(f, x), atol=2e-9)
        v = rng.normal(size=len(x))
        np.testing.assert_allclose(REFERENCE["jvp"](f, x, v), np.imag(f(x + 1e-30j * v)) / 1e-30, atol=2e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_softmax_and_its_jacobian_agree_with_autograd_and_sympy(seed):
    rng = np.random.default_rng(seed)
    z, u = rng.normal(size=(2, int(rng.integers(2, 6))))

    def shares(z):
        return anp.exp(z) / anp.sum(anp.exp(z))

    np.testing.assert_allclose(REFERENCE["softmax"](z), shares(z), rtol=1e-13)
    np.testing.assert_allclose(REFERENCE["softmax_jacobian"](z), autograd.jacobian(shares)(z), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(REFERENCE["softmax_jacobian"](z), complex_columns(shares, z), rtol=1e-12, atol=1e-15)
    pull_back, _ = autograd.make_vjp(shares)(z)
    np.testing.assert_allclose(REFERENCE["vjp_softmax"](z, u), pull_back(u), rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(REFERENCE["vjp_softmax"](z, u), u @ complex_columns(shares, z), rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("seed", SEEDS)
def test_elementwise_maps_agree_with_autograd_and_complex_steps(seed):
    x = np.random.default_rng(seed).uniform(-2, 2, size=4)
    J = REFERENCE["jacobian_elementwise"](lambda x: 1 - np.tanh(x) ** 2, x)
    np.testing.assert_allclose(J, autograd.jacobian(anp.tanh)(x), atol=1e-14)
    np.testing.assert_allclose(J, complex_columns(np.tanh, x), atol=1e-14)


@pytest.mark.parametrize("seed", SEEDS)
def test_hessians_agree_with_sympy_and_complex_steps(seed):
    rng = np.random.default_rng(seed)
    for f, x in bank.curved(rng):
        exact = complex_columns(f.prime, x)
        np.testing.assert_allclose(f.prime.derivative(x), exact, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(f.derivative(x), complex_columns(f, x), rtol=1e-12, atol=1e-13)
        tolerance = bank.second_order(f, x, 10).atol
        np.testing.assert_allclose(REFERENCE["hessian"](f, x), exact, atol=tolerance)
        if f.name != "f":
            np.testing.assert_allclose(REFERENCE["hessian"](f, x), symbolic(f.prime, x), atol=tolerance)
        v = rng.normal(size=len(x))
        np.testing.assert_allclose(REFERENCE["hvp"](f.prime, x, v), exact @ v, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_chains_agree_with_the_jacobian_of_the_composition(seed):
    rng = np.random.default_rng(seed)
    inner, outer = bank.random_map(rng, 4, 3), bank.random_map(rng, 2, 4)
    x = rng.normal(size=3)
    whole = complex_columns(lambda x: outer(inner(x)), x)
    np.testing.assert_allclose(REFERENCE["chain"](outer.derivative(inner(x)), inner.derivative(x)), whole, atol=1e-13)
    A, B, C = (rng.normal(size=shape) for shape in ((2, 4), (4, 1), (1, 3)))
    product = sympy.Matrix(A) * sympy.Matrix(B) * sympy.Matrix(C)
    np.testing.assert_allclose(REFERENCE["chain_many"]([A, B, C]), np.array(product, dtype=float), atol=1e-13)
    np.testing.assert_allclose(
        REFERENCE["chain_many"]([A, B, C]), autograd.jacobian(lambda x: A @ anp.dot(B, anp.dot(C, x)))(x), atol=1e-13
    )
