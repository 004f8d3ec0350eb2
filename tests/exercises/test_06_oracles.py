"""The references of lesson 06 against SymPy, the autograd package and the complex step, on random inputs."""

from __future__ import annotations

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy
from reference import namespace

from autograder.exercises.generalized_jacobian import _lesson as bank

REFERENCE = namespace("06_generalized_jacobian")
SEEDS = range(10)


def complex_steps(f, X):
    """The generalized Jacobian by complex steps: exact to rounding, another method than the reference's."""
    X = np.asarray(X, dtype=float)
    units = np.eye(X.size).reshape(-1, *X.shape)
    answers = [np.imag(f(X + 1e-30j * unit)) / 1e-30 for unit in units]
    return np.stack(answers, axis=-1).reshape(np.shape(answers[0]) + X.shape)


def by_sympy(entry, y_shape, X, name="x"):
    """The generalized Jacobian of the map whose entry at index i is entry(symbols, i)."""
    symbols = np.array(sympy.symbols(f"{name}0:{X.size}", real=True)).reshape(X.shape)
    values = dict(zip(symbols.ravel(), map(float, X.ravel())))
    G = np.empty(y_shape + X.shape)
    for i in np.ndindex(*y_shape):
        for j in np.ndindex(*X.shape):
            G[i + j] = float(sympy.diff(entry(symbols, i), symbols[j]).subs(values).evalf(20))
    return G


@pytest.mark.parametrize("name", ["generalized_jacobian", "recursive_generalized_jacobian"])
@pytest.mark.parametrize("seed", SEEDS)
def test_both_definitions_agree_with_complex_steps(name, seed):
    rng = np.random.default_rng(seed)
    for f, X in [*bank.maps(rng), *bank.other_ranks(rng)]:
        exact = complex_steps(f, X)
        np.testing.assert_allclose(f.derivative(X), exact, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(REFERENCE[name](f, X), exact, atol=5e-9)


@pytest.mark.parametrize("name", ["generalized_jacobian", "recursive_generalized_jacobian"])
@pytest.mark.parametrize("seed", SEEDS)
def test_both_definitions_agree_with_autograd(name, seed):
    rng = np.random.default_rng(seed)
    X, W = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))
    np.testing.assert_allclose(
        REFERENCE[name](lambda X: np.tanh(X @ W), X), autograd.jacobian(lambda X: anp.tanh(anp.dot(X, W)))(X), atol=2e-8
    )
    np.testing.assert_allclose(
        REFERENCE[name](lambda X: np.sum(np.sin(X @ W)), X), autograd.grad(lambda X: anp.sum(anp.sin(anp.dot(X, W))))(X), atol=2e-8
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_flattening_agrees_with_the_jacobian_of_the_flattened_map(seed):
    rng = np.random.default_rng(seed)
    for f, X in bank.maps(rng):
        G = complex_steps(f, X)
        J = complex_steps(lambda x, f=f, shape=X.shape: np.ravel(f(x.reshape(shape))), X.ravel())
        np.testing.assert_allclose(REFERENCE["flatten_jacobian"](G, 2), J, atol=1e-14)
        np.testing.assert_array_equal(REFERENCE["unflatten_jacobian"](J, np.shape(f(X)), X.shape), G)


@pytest.mark.parametrize("seed", SEEDS)
def test_contractions_agree_with_the_composition(seed):
    rng = np.random.default_rng(seed)
    inner, outer = bank.layer(rng, 3, 2), bank.GRAM
    X = rng.normal(size=(4, 3))
    chained = REFERENCE["contract"](outer.derivative(inner(X)), inner.derivative(X), 2)
    np.testing.assert_allclose(chained, complex_steps(lambda X: outer(inner(X)), X), atol=1e-12)
    A, B = rng.normal(size=(2, 3, 2)), rng.normal(size=(3, 2, 4))
    sums = [
        [sum(sympy.Float(A[z, i, j], 20) * sympy.Float(B[i, j, x], 20) for i in range(3) for j in range(2)) for x in range(4)]
        for z in range(2)
    ]
    np.testing.assert_allclose(REFERENCE["contract"](A, B, 2), np.array(sums, dtype=float), atol=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_formulas_agree_with_sympy_and_autograd(seed):
    rng = np.random.default_rng(seed)
    X, W, Z = rng.normal(size=(2, 3)), rng.normal(size=(3, 2)), rng.normal(size=(2, 3))
    G_X, G_W = REFERENCE["genjac_matmul"](X, W)
    np.testing.assert_allclose(G_X, by_sympy(lambda s, i: sum(s[i[0], d] * W[d, i[1]] for d in range(3)), (2, 2), X), atol=1e-13)
    np.testing.assert_allclose(G_W, by_sympy(lambda s, i: sum(X[i[0], d] * s[d, i[1]] for d in range(3)), (2, 2), W), atol=1e-13)
    np.testing.assert_allclose(G_X, autograd.jacobian(lambda X: anp.dot(X, W))(X), atol=1e-13)
    np.testing.assert_allclose(G_W, autograd.jacobian(lambda W: anp.dot(X, W))(W), atol=1e-13)

    slopes = REFERENCE["genjac_elementwise"](lambda x: 1 - np.tanh(x) ** 2, X)
    np.testing.assert_allclose(slopes, autograd.jacobian(anp.tanh)(X), atol=1e-13)
    np.testing.assert_allclose(slopes, complex_steps(np.tanh, X), atol=1e-13)

    def shares(Z):
        return anp.exp(Z) / anp.sum(anp.exp(Z), axis=1, keepdims=True)

    rows = REFERENCE["genjac_softmax_rows"](Z)
    np.testing.assert_allclose(rows, autograd.jacobian(shares)(Z), atol=1e-13)
    symbolic = by_sympy(lambda s, i: sympy.exp(s[i]) / sum(sympy.exp(v) for v in s[i[0]]), (2, 3), Z)
    np.testing.assert_allclose(rows, symbolic, atol=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_batches_agree_with_one_example_at_a_time(seed):
    rng = np.random.default_rng(seed)
    f, X = bank.layer(rng, 3, 2), rng.normal(size=(4, 3))
    G = complex_steps(f, X)
    alone = np.array([complex_steps(lambda x: f(x[None])[0], x) for x in X])
    np.testing.assert_allclose(REFERENCE["per_example"](G), alone, atol=1e-14)
    assert REFERENCE["batch_block_diagonal"](G, 1e-12)
    assert not REFERENCE["batch_block_diagonal"](complex_steps(bank.CENTRED, X), 1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_convolution_agrees_with_autograd_and_complex_steps(seed):
    rng = np.random.default_rng(seed)
    x, k, u = rng.normal(size=7), rng.normal(size=3), rng.normal(size=5)

    def layer(x, k):
        return anp.array([anp.dot(x[o : o + 3], k) for o in range(5)])

    np.testing.assert_allclose(REFERENCE["conv1d_valid"](x, k), layer(x, k), atol=1e-14)
    np.testing.assert_allclose(REFERENCE["conv1d_valid"](x, k), np.convolve(x, k[::-1], "valid"), atol=1e-14)
    dx, dk = REFERENCE["vjp_conv1d"](x, k, u)
    np.testing.assert_allclose(dx, autograd.grad(lambda x: anp.dot(u, layer(x, k)))(x), atol=1e-13)
    np.testing.assert_allclose(dk, autograd.grad(lambda k: anp.dot(u, layer(x, k)))(k), atol=1e-13)
    np.testing.assert_allclose(dx, u @ complex_steps(lambda x: np.correlate(x, k.astype(complex), "valid"), x), atol=1e-13)
    np.testing.assert_allclose(dk, u @ complex_steps(lambda k: np.array([x[o : o + 3] @ k for o in range(5)]), k), atol=1e-13)


def test_vary_part_replaces_one_part_and_nothing_else():
    for shape in ((3,), (3, 2), (3, 2, 4)):
        X = np.arange(np.prod(shape)).reshape(shape)
        part = np.full(shape[1:], 0.5)
        wanted = X.astype(float)
        wanted[1] = 0.5
        np.testing.assert_array_equal(REFERENCE["vary_part"](lambda X: X, X, 1)(part), wanted)
        assert X.dtype.kind == "i" and X.flat[0] == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_differentials_agree_with_sympy_autograd_and_with_each_other(seed):
    rng = np.random.default_rng(seed)
    A, dA, U = rng.normal(size=(3, 3)) + 3 * np.eye(3), rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    t = sympy.symbols("t")
    moved = sympy.Matrix(A.tolist()) + t * sympy.Matrix(dA.tolist())
    symbolic = np.array((moved * moved).diff(t).subs(t, 0).tolist(), dtype=float)
    np.testing.assert_allclose(REFERENCE["jvp_square"](A, dA), symbolic, rtol=1e-12, atol=1e-12)
    G = REFERENCE["vjp_inverse"](A, U)
    np.testing.assert_allclose(G, autograd.grad(lambda A: anp.sum(U * anp.linalg.inv(A)))(A), rtol=1e-9, atol=1e-12)
    forward = np.imag(np.linalg.inv(A + 1e-30j * dA)) / 1e-30
    assert np.sum(U * forward) == pytest.approx(np.sum(G * dA), rel=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_dot_product_test_knows_autograds_halves(seed):
    rng = np.random.default_rng(seed)
    X, W = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
    layer = lambda X: anp.tanh(anp.dot(X, W))
    vjp, jvp = autograd.make_vjp(layer)(X)[0], lambda V: np.imag(np.tanh((X + 1e-30j * V) @ W)) / 1e-30
    assert REFERENCE["dot_product_test"](jvp, vjp, (4, 3), (4, 2), rng) is True
    assert REFERENCE["dot_product_test"](lambda V: V @ W, vjp, (4, 3), (4, 2), rng) is False
