"""Lesson 10's references against two independent oracles each: autograd, the complex step, fractions, closed forms."""

from __future__ import annotations

from fractions import Fraction

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy
from reference import namespace

from autograder import dataset

NAMES = namespace("10_training")
SEEDS = range(4)


def network(rng, n_in=3, n_hidden=4, n_out=3, m=5):
    shapes = {"W1": (n_in, n_hidden), "b1": (n_hidden,), "W2": (n_hidden, n_out), "b2": (n_out,)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}, rng.normal(size=(m, n_in)), rng.integers(n_out, size=m)


def loss_of(params, X, y):
    Z = anp.dot(anp.tanh(anp.dot(X, params["W1"]) + params["b1"]), params["W2"]) + params["b2"]
    return anp.mean(anp.log(anp.sum(anp.exp(Z), axis=1)) - Z[anp.arange(len(y)), y])


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_with_autograd_and_the_complex_step(seed):
    params, X, y = network(np.random.default_rng(seed))
    loss, grads = NAMES["fnn_loss_and_grads"](params, X, y)
    assert loss == pytest.approx(float(loss_of(params, X, y)), rel=1e-12)
    by_autograd = autograd.grad(loss_of)(params, X, y)
    for name, value in params.items():
        np.testing.assert_allclose(grads[name], by_autograd[name], rtol=1e-10, atol=1e-13)
        for index in np.ndindex(value.shape):
            moved = {key: array.astype(complex) for key, array in params.items()}
            moved[name][index] += 1e-30j
            H = np.tanh(X @ moved["W1"] + moved["b1"])
            Z = H @ moved["W2"] + moved["b2"]
            step = np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).imag / 1e-30
            assert grads[name][index] == pytest.approx(step, rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_with_autograd_numpy_and_sympy(seed):
    params, X, _ = network(np.random.default_rng(seed), 2, 2, 2, 2)
    given = NAMES["fnn_scores"](params, X)
    np.testing.assert_allclose(given, anp.dot(anp.tanh(anp.dot(X, params["W1"]) + params["b1"]), params["W2"]) + params["b2"], rtol=1e-12)
    exact = lambda A: sympy.Matrix(A.tolist() if A.ndim > 1 else [A.tolist()] * 2)
    H = (exact(X) * exact(params["W1"]) + exact(params["b1"])).applyfunc(sympy.tanh)
    np.testing.assert_allclose(given, np.array((H * exact(params["W2"]) + exact(params["b2"])).evalf(30).tolist(), dtype=float), rtol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_standardizing_in_fractions_and_by_the_covariance(seed):
    rng = np.random.default_rng(seed)
    X, T = np.round(rng.normal(size=(6, 3)) * [1, 20, 300], 2), np.round(rng.normal(size=(2, 3)), 2)
    mean, scale = NAMES["fit_standardizer"](X)
    for j in range(3):
        column = [Fraction(str(v)) for v in X[:, j]]
        middle = sum(column) / 6
        assert mean[j] == pytest.approx(float(middle), rel=1e-12)
        assert scale[j] ** 2 == pytest.approx(float(sum((v - middle) ** 2 for v in column) / 6), rel=1e-12)
    np.testing.assert_allclose(scale**2, np.diag(np.cov(X.T, ddof=0)), rtol=1e-12)
    Z, Z_test = NAMES["standardize"](X, T)
    np.testing.assert_allclose(Z.T @ Z / 6, np.corrcoef(X.T), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(Z_test * scale + mean, T, rtol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_line_with_autograd_and_in_fractions(seed):
    rng = np.random.default_rng(seed)
    X, y = np.round(rng.normal(size=(5, 2)), 1), np.round(rng.normal(size=5), 1)
    given = NAMES["train_linear"](X, y, 0.125, 3)
    A = np.column_stack([np.ones(5), X])
    theta = np.zeros(3)
    for _ in range(3):
        theta = theta - 0.125 * autograd.grad(lambda t: anp.mean((anp.dot(A, t) - y) ** 2))(theta)
    np.testing.assert_allclose(given, theta, rtol=1e-11, atol=1e-13)
    rows, ys, exact = [[Fraction(str(v)) for v in row] for row in A], [Fraction(str(v)) for v in y], [Fraction(0)] * 3
    for _ in range(3):
        r = [sum(a * b for a, b in zip(row, exact)) - v for row, v in zip(rows, ys)]
        exact = [exact[j] - Fraction(1, 8) * 2 * sum(ri * row[j] for ri, row in zip(r, rows)) / 5 for j in range(3)]
    np.testing.assert_allclose(given, [float(v) for v in exact], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loop_with_one_batch_is_descent_with_autograd(seed):
    params, X, y = network(np.random.default_rng(seed))
    trained, losses = NAMES["train_fnn"](NAMES["fnn_loss_and_grads"], params, X, y, 0.2, 4, 5, np.random.default_rng(1))
    now = params
    for loss in losses:
        assert loss == pytest.approx(float(loss_of(now, X, y)), rel=1e-10)
        last, grads = now, autograd.grad(loss_of)(now, X, y)
        now = {name: value - 0.2 * grads[name] for name, value in now.items()}
    for name in params:
        np.testing.assert_allclose(trained[name], last[name], rtol=1e-9, atol=1e-12)
    # and a line, whose descent is a power of a matrix
    line = lambda p, X, y: (np.mean((X @ p["w"] - y) ** 2), {"w": 2 / len(y) * X.T @ (X @ p["w"] - y)})
    target = X @ np.ones(3)
    w = NAMES["train_fnn"](line, {"w": np.zeros(3)}, X, target, 0.05, 6, 5, np.random.default_rng(1))[0]["w"]
    np.testing.assert_allclose(w, np.ones(3) - np.linalg.matrix_power(np.eye(3) - 0.1 / 5 * X.T @ X, 6) @ np.ones(3), rtol=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sweep_by_eigenvalues_and_by_brute_force(seed):
    rng = np.random.default_rng(seed)
    B = rng.normal(size=(3, 3))
    A = B @ B.T + 0.3 * np.eye(3)
    limit = 2 / np.linalg.eigvalsh(A)[-1]
    etas = rng.permutation(limit * np.array([0.1, 0.3, 0.8, 1.3, 4.0]))
    given = NAMES["eta_sweep"](lambda x: A @ x, np.ones(3), etas, 60)
    assert given == pytest.approx(0.8 * limit)
    with np.errstate(over="ignore"):  # the powers of what diverges
        assert given == max(eta for eta in etas if np.linalg.norm(np.linalg.matrix_power(np.eye(3) - eta * A, 500)) < 1)


def test_accuracy_and_start():
    rng = np.random.default_rng(0)
    Z, y = rng.normal(size=(40, 4)), rng.integers(4, size=40)
    assert NAMES["accuracy"](Z, y) == pytest.approx(
        float(Fraction(sum(max(range(4), key=lambda k: row[k]) == c for row, c in zip(Z, y)), 40))
    )
    assert NAMES["accuracy"](Z, y) == pytest.approx(np.mean((Z == Z.max(axis=1, keepdims=True))[np.arange(40), y]))
    params = NAMES["init_fnn"](400, 300, 20, rng)
    assert params["W1"].std() * 20 == pytest.approx(1, abs=0.02) and params["W2"].std() * 300**0.5 == pytest.approx(0.1, abs=0.005)
    assert not params["b1"].any() and not params["b2"].any()
    assert NAMES["fnn_loss_and_grads"](params, rng.normal(size=(50, 400)), rng.integers(20, size=50))[0] == pytest.approx(
        np.log(20), rel=0.1
    )


@pytest.mark.slow
def test_sanity_checks_on_the_network_itself():
    params, X, y = network(np.random.default_rng(3), m=4)
    shapes = [(name, value.shape, value.size) for name, value in params.items()]

    def unpack(theta):
        parts = np.split(theta, np.cumsum([size for _, _, size in shapes])[:-1])
        return {name: part.reshape(shape) for (name, shape, _), part in zip(shapes, parts)}

    loss = lambda theta: NAMES["fnn_loss_and_grads"](unpack(theta), X, y)[0]
    grad = lambda theta: np.concatenate([g.ravel() for g in NAMES["fnn_loss_and_grads"](unpack(theta), X, y)[1].values()])
    start = 0.3 * np.concatenate([value.ravel() for value in params.values()])
    flat = autograd.grad(lambda theta: loss_of({name: anp.reshape(theta[a:b], shape) for (name, shape, _), a, b in _spans(shapes)}, X, y))
    np.testing.assert_allclose(grad(start), flat(start), rtol=1e-9, atol=1e-12)
    theta = start
    for _ in range(2000):
        theta = theta - 0.5 * flat(theta)
    found = NAMES["sanity_checks"](loss, grad, start, 3, 0.5, 2000)
    assert found["gradient"] and found["overfit"] == bool(loss(theta) < 0.01)
    assert not NAMES["sanity_checks"](loss, lambda t: 2 * grad(t), start, 3, 0.5, 10)["gradient"]


def _spans(shapes):
    at = 0
    for one in shapes:
        yield one, at, at + one[2]
        at += one[2]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_classifiers_on_whole_data_sets(seed):
    """Judged against nearest neighbours, which learn nothing: within two percent of them, and above the bar."""
    digits, rng = dataset("digits"), np.random.default_rng(seed)
    X, y, order = digits["pixels"], digits["digit"], rng.permutation(1797)
    train, test = order[:1347], order[1347:]
    right = np.mean(NAMES["digit_classifier"](X[train], y[train], X[test], rng) == y[test])
    near = y[train][np.argmin((X[test] ** 2).sum(1)[:, None] - 2 * X[test] @ X[train].T + (X[train] ** 2).sum(1), axis=1)]
    assert right > 0.94 and np.mean(near == y[test]) - right < 0.05
    birds = dataset("penguins")
    X, y = np.column_stack([birds[k] for k in ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")]), birds["species"]
    parts = np.array_split(rng.permutation(333), 3)
    for columns, bar in ((2, 0.93), (4, 0.97)):
        hits = 0
        for test in parts:
            rest = np.setdiff1d(np.arange(333), test)
            hits += np.sum(NAMES["penguin_classifier"](X[rest, :columns], y[rest], X[test, :columns], rng) == y[test])
        assert hits / 333 > bar


@pytest.mark.parametrize("seed", SEEDS)
def test_ridge_with_autograd_and_its_minimum_with_the_normal_equations(seed):
    rng = np.random.default_rng(seed)
    X, y, theta, alpha = rng.normal(size=(6, 3)), rng.normal(size=6), rng.normal(size=4), 0.3

    def price(theta):
        return anp.mean((theta[0] + anp.dot(X, theta[1:]) - y) ** 2) + alpha * anp.sum(theta[1:] ** 2)

    loss, gradient = NAMES["ridge"](theta, X, y, alpha)
    assert loss == pytest.approx(price(theta), rel=1e-12)
    np.testing.assert_allclose(gradient, autograd.grad(price)(theta), rtol=1e-10, atol=1e-12)
    A, P = np.column_stack([np.ones(6), X]), 6 * alpha * np.diag([0, 1, 1, 1])
    best = np.linalg.solve(A.T @ A + P, A.T @ y)
    np.testing.assert_allclose(NAMES["ridge"](best, X, y, alpha)[1], 0, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_adam_against_its_definition_as_weighted_sums(seed):
    """After t steps m and v are sums over all gradients with the weights 0.1·0.9^k and 0.001·0.999^k; the corrected ones are weighted means."""
    rng = np.random.default_rng(seed)
    theta, m, v, gradients = np.zeros(3), np.zeros(3), np.zeros(3), rng.normal(size=(7, 3))
    for t, g in enumerate(gradients, start=1):
        theta, m, v = NAMES["adam_step"](theta, g, m, v, t, 0.1)
    ages = np.arange(6, -1, -1)
    np.testing.assert_allclose(m / (1 - 0.9**7), np.average(gradients, axis=0, weights=0.9**ages), rtol=1e-12)
    np.testing.assert_allclose(v / (1 - 0.999**7), np.average(gradients**2, axis=0, weights=0.999**ages), rtol=1e-12)
    scaled = np.zeros(3), np.zeros(3), np.zeros(3)
    for t, g in enumerate(gradients, start=1):
        scaled = NAMES["adam_step"](scaled[0], 1000 * g, *scaled[1:], t, 0.1)
    np.testing.assert_allclose(scaled[0], theta, rtol=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_decaying_steps_against_the_squares_that_they_solve(seed):
    """With theta - x as gradient step t solves a least-squares problem: the old point weighs 1 - eta, the row eta. Steps of 1/(1 + t) solve that of all rows."""
    rng = np.random.default_rng(seed)
    X, theta, eta0, tau = rng.normal(size=(6, 2)), rng.normal(size=2), rng.uniform(0.2, 0.9), rng.uniform(1, 5)
    point = theta
    for t, x in enumerate(X):
        eta = eta0 / (1 + t / tau)
        roots = np.sqrt([1 - eta, eta])[:, None]
        point = np.linalg.lstsq(roots, roots * np.array([point, x]), rcond=None)[0][0]
    pull = lambda theta, x: theta - x
    np.testing.assert_allclose(NAMES["decaying_sgd"](pull, theta, X, eta0, tau), point, rtol=1e-10)
    best = np.linalg.lstsq(np.ones((6, 1)), X, rcond=None)[0][0]
    np.testing.assert_allclose(NAMES["decaying_sgd"](pull, theta, X, 1.0, 1.0), best, atol=1e-12)


def test_only_one_loss_belongs_to_the_noise_with_heavy_tails():
    """Minus the logarithm of the density of all errors together, up to what no parameter changes: asked of several sets of errors."""
    rng, b = np.random.default_rng(0), 1.7
    errors = [rng.normal(size=5) for _ in range(6)]
    wanted = np.array([-np.sum(np.log(np.exp(-np.abs(r) / b) / (2 * b))) for r in errors])
    losses = {
        "a": lambda r: np.mean(r**2),
        "b": lambda r: np.mean(abs(r)),
        "c": lambda r: np.mean(-np.log(abs(r))),
        "d": lambda r: np.max(abs(r)),
    }
    straight = {}
    for letter, loss in losses.items():
        table = np.column_stack([np.ones(6), [loss(r) for r in errors]])
        straight[letter] = float(np.abs(table @ np.linalg.lstsq(table, wanted, rcond=None)[0] - wanted).max()) < 1e-9
    assert [letter for letter, holds in straight.items() if holds] == [NAMES["which_loss"]()]
