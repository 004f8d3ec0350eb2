"""Lesson 09's references against two independent oracles each: autograd, exact fractions, mpmath, SymPy, closed forms."""

from __future__ import annotations

from fractions import Fraction

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
import sympy
from reference import namespace

NAMES = namespace("09_gradient_descent")
SEEDS = range(5)


def mix3(x):
    return anp.exp(x[0] * x[1]) + x[2] * x[0] ** 2 * x[1] + anp.sin(x[2])


def symmetric(rng, n):
    B = np.round(rng.normal(size=(n, n)), 2)
    return np.round(B @ B.T + 0.5 * np.eye(n), 4)


def fractions(A):
    return [[Fraction(str(v)) for v in row] for row in np.atleast_2d(A)]


@pytest.mark.parametrize("seed", SEEDS)
def test_descent_with_autograd_and_in_fifty_digits(seed):
    rng = np.random.default_rng(seed)
    x0, eta = rng.uniform(-0.7, 0.7, size=3), 0.07
    path = NAMES["gradient_descent"](autograd.grad(mix3), x0, eta, 6)
    mpmath.mp.dps = 50
    x = [mpmath.mpf(v) for v in x0]
    for row in path:
        np.testing.assert_allclose(row, [float(v) for v in x], rtol=1e-12)
        a, b, c = x
        g = [b * mpmath.exp(a * b) + 2 * a * b * c, a * mpmath.exp(a * b) + c * a**2, a**2 * b + mpmath.cos(c)]
        x = [v - mpmath.mpf(eta) * d for v, d in zip(x, g)]


@pytest.mark.parametrize("seed", SEEDS)
def test_descent_on_a_bowl_is_a_power_of_a_matrix(seed):
    rng = np.random.default_rng(seed)
    A, x0 = symmetric(rng, 3), rng.normal(size=3)
    path = NAMES["gradient_descent"](lambda x: A @ x, x0, 0.05, 8)
    for t, row in enumerate(path):
        np.testing.assert_allclose(row, np.linalg.matrix_power(np.eye(3) - 0.05 * A, t) @ x0, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_momentum_is_a_power_of_a_larger_matrix_and_agrees_with_fractions(seed):
    rng = np.random.default_rng(seed)
    A, x0 = symmetric(rng, 2), np.round(rng.normal(size=2), 2)
    eta, beta, one = 0.05, 0.8, np.eye(2)
    path = NAMES["momentum"](lambda x: A @ x, x0, eta, beta, 6)
    step = np.block([[(1 + beta) * one - eta * A, -beta * one], [one, 0 * one]])
    for t, row in enumerate(path):
        np.testing.assert_allclose(row, (np.linalg.matrix_power(step, t) @ np.tile(x0, 2))[:2], rtol=1e-10, atol=1e-12)
    exact, x, v = fractions(A), [Fraction(str(c)) for c in x0], [Fraction(0)] * 2
    for row in path:
        np.testing.assert_allclose(row, [float(c) for c in x], rtol=1e-11, atol=1e-13)
        v = [Fraction("0.8") * v[i] - Fraction("0.05") * sum(a * c for a, c in zip(exact[i], x)) for i in range(2)]
        x = [a + b for a, b in zip(x, v)]


@pytest.mark.parametrize("seed", SEEDS)
def test_curvatures_with_sympy_and_power_iteration(seed):
    A = symmetric(np.random.default_rng(seed), 3)
    lam = sympy.Symbol("lam")
    sizes = sorted(float(sympy.re(r)) for r in sympy.Poly(sympy.Matrix(fractions(A)).charpoly(lam).as_expr(), lam).nroots(n=30))
    v = np.ones(3)
    for _ in range(3000):
        v = A @ v / np.linalg.norm(A @ v)
    w = np.ones(3)
    for _ in range(3000):
        w = np.linalg.solve(A, w) / np.linalg.norm(np.linalg.solve(A, w))
    for mu, L in ((sizes[0], sizes[-1]), (w @ A @ w, v @ A @ v)):
        for name, wanted in (
            ("lipschitz_constant", L),
            ("condition_number", L / mu),
            ("max_stable_eta", 2 / L),
            ("optimal_eta", 2 / (L + mu)),
        ):
            assert NAMES[name](A) == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_limit_and_the_best_eta_as_seen_in_descents(seed):
    rng = np.random.default_rng(seed)
    A = symmetric(rng, 3)
    radius = lambda eta: max(abs(np.linalg.eigvals(np.eye(3) - eta * A)))
    limit, best = NAMES["max_stable_eta"](A), NAMES["optimal_eta"](A)
    assert radius(0.999 * limit) < 1 < radius(1.001 * limit)
    assert radius(best) <= min(radius(eta) for eta in np.linspace(0.01, limit, 400)) + 1e-12


@pytest.mark.parametrize("seed", SEEDS)
def test_rate_on_a_bowl(seed):
    rng = np.random.default_rng(seed)
    kappa = rng.uniform(5, 15)
    A = np.diag([1.0, kappa / 3, kappa])
    path = NAMES["gradient_descent"](lambda x: A @ x, np.ones(3), 2 / (1 + kappa), 200)
    rate = NAMES["convergence_rate"](0.5 * np.einsum("ti,ij,tj->t", path, A, path))
    assert rate == pytest.approx((kappa - 1) / (kappa + 1), rel=1e-6)
    assert rate == pytest.approx(np.linalg.norm(path[-1]) / np.linalg.norm(path[-2]), rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_line_search_in_fractions_and_by_a_table(seed):
    rng = np.random.default_rng(seed)
    A, x0 = symmetric(rng, 2), np.round(rng.normal(size=2) + 0.1, 2)
    f, grad = (lambda x: 0.5 * x @ A @ x), (lambda x: A @ x)
    given = NAMES["backtracking_line_search"](f, grad, x0, 4.0, 0.25, 0.5)
    g = grad(x0)
    table = [4.0 * 0.5**k for k in range(40)]
    assert given == next(eta for eta in table if f(x0 - eta * g) <= f(x0) - 0.25 * eta * g @ g)
    # on a bowl the condition is eta <= 2(1 - c) gᵀg / gᵀAg, here without rounding
    exact, x = sympy.Matrix(fractions(A)), sympy.Matrix([sympy.Rational(str(v)) for v in x0])
    e = exact * x
    bound = 2 * (1 - sympy.Rational(1, 4)) * (e.T * e)[0] / (e.T * exact * e)[0]
    assert given == next(eta for eta in table if sympy.Rational(eta) <= bound)


@pytest.mark.parametrize("seed", SEEDS)
def test_epoch_with_autograd_and_fractions(seed):
    rng = np.random.default_rng(seed)
    X, y, theta = (np.round(rng.normal(size=s), 2) for s in ((7, 2), 7, 2))
    loss = lambda theta, X, y: anp.mean((anp.dot(X, theta) - y) ** 2)
    batches = NAMES["minibatches"](7, 3, rng)
    assert sorted(np.concatenate(batches).tolist()) == list(range(7))
    given = NAMES["sgd_epoch"](autograd.grad(loss), theta, X, y, 0.1, batches)
    x = [Fraction(str(v)) for v in theta]
    for batch in batches:
        rows, ys = fractions(X[batch]), fractions(y[batch])[0]
        r = [sum(a * b for a, b in zip(row, x)) - v for row, v in zip(rows, ys)]
        x = [x[j] - Fraction("0.1") * 2 * sum(ri * row[j] for ri, row in zip(r, rows)) / len(batch) for j in range(2)]
    np.testing.assert_allclose(given, [float(v) for v in x], rtol=1e-11, atol=1e-13)
    same_point = np.array([autograd.grad(loss)(theta, X[b], y[b]) for b in batches])
    whole = NAMES["combine_batches"](same_point, np.array([len(b) for b in batches]))
    np.testing.assert_allclose(whole, autograd.grad(loss)(theta, X, y), rtol=1e-11, atol=1e-13)
    exact = sum(Fraction(len(b), 7) * Fraction(float(g[0])) for b, g in zip(batches, same_point))
    assert whole[0] == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_sources_with_autograd_and_sympy(seed):
    rng = np.random.default_rng(seed)
    X, y, theta = (np.round(rng.normal(size=s), 2) for s in ((5, 3), 5, 3))
    by_autograd = autograd.grad(lambda t: anp.mean((anp.dot(X, t) - y) ** 2))(theta)
    t = sympy.symbols("t:3")
    loss = sum((sum(sympy.Rational(str(X[i, j])) * t[j] for j in range(3)) - sympy.Rational(str(y[i]))) ** 2 for i in range(5)) / 5
    by_sympy = [float(sympy.diff(loss, v).subs({t[j]: sympy.Rational(str(theta[j])) for j in range(3)})) for v in t]
    for name, source in NAMES["gradient_sources"](X, y).items():
        for wanted in (by_autograd, by_sympy):
            np.testing.assert_allclose(
                source(theta), wanted, rtol=1e-7 if name == "differences" else 1e-11, atol=1e-8 if name == "differences" else 1e-12
            )


@pytest.mark.parametrize("seed", SEEDS)
def test_kinds_by_the_signs_of_minors_and_by_walking_away(seed):
    rng = np.random.default_rng(seed)
    for _ in range(20):
        H = rng.normal(size=(3, 3))
        H = H + H.T + rng.choice([-4, 0, 4]) * np.eye(3)
        minors = [np.linalg.det(H[:k, :k]) for k in (1, 2, 3)]
        wanted = "minimum" if min(minors) > 0 else "maximum" if minors[0] < 0 < minors[1] and minors[2] < 0 else "saddle"
        assert NAMES["classify_critical_point"](H) == wanted
        V = rng.normal(size=(4000, 3))
        bends = np.sign(np.einsum("ki,ij,kj->k", V, H, V))
        seen = {1: "minimum", -1: "maximum"}.get(int(bends[0]), "") if np.all(bends == bends[0]) else "saddle"
        if min(abs(np.linalg.eigvalsh(H))) > 0.3:
            assert seen == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_descent_without_its_steps_is_descent_in_fractions_and_a_flow_in_the_long_run(seed):
    rng = np.random.default_rng(seed)
    A, x0, eta = symmetric(rng, 3), np.round(rng.normal(size=3), 2), Fraction(1, 16)
    x, rows = [Fraction(str(v)) for v in x0], fractions(A)
    for _ in range(9):
        x = [v - eta * sum(a * w for a, w in zip(row, x)) for v, row in zip(x, rows)]
    np.testing.assert_allclose(NAMES["descent_after"](A, x0, 1 / 16, 9), [float(v) for v in x], rtol=1e-11, atol=1e-11)
    flow = np.array(mpmath.expm(mpmath.matrix((-A / 10).tolist())) * mpmath.matrix(x0.tolist()), dtype=float).ravel()
    np.testing.assert_allclose(NAMES["descent_after"](A, x0, 1e-8, 10_000_000), flow, rtol=1e-5, atol=1e-6)


def test_the_heavy_balls_matrix_makes_the_path_of_momentum():
    for eta, lam, beta in ((0.3, 1.7, 0.6), (0.5, 4.1, 0.2)):
        path = NAMES["momentum"](lambda theta, lam=lam: lam * theta, np.array([1.3]), eta, beta, 6)[:, 0]
        pair, M = np.array([path[0], path[0]]), NAMES["momentum_matrix"](eta, lam, beta)
        for now in path[1:]:
            pair = M @ pair
            assert pair[0] == pytest.approx(now, rel=1e-12)


def test_the_rate_of_momentum_against_sympys_roots_and_the_claims_about_the_map():
    z = sympy.symbols("z")
    for step, beta in ((0.1, 0.3), (1.2, 0.5), (2.6, 0.4), (3.1, 0.7), (1.0, 0.0)):
        roots = sympy.Poly(z**2 - (1 + sympy.Float(beta) - sympy.Float(step)) * z + sympy.Float(beta), z).nroots()
        assert NAMES["momentum_rate"](1.0, step, beta) == pytest.approx(float(max(abs(r) for r in roots)), rel=1e-9)
    rate = lambda step, beta: float(NAMES["momentum_rate"](1.0, step, beta))
    inside = [
        (step, beta)
        for step in np.arange(0.05, 4, 0.1)
        for beta in np.arange(0.05, 1, 0.1)
        if (1 - beta**0.5) ** 2 + 0.02 < step < (1 + beta**0.5) ** 2 - 0.02
    ]
    holds = {
        "a": all(rate(step, beta + 1e-4) < rate(step, beta) for step, beta in inside),
        "b": all(np.isreal(np.linalg.eigvals(NAMES["momentum_matrix"](1.0, step, beta))).all() for step, beta in inside),
        "c": all(rate(step, beta) > 1 for step, beta in inside if step > 2),
        "d": all(rate(step + 1e-3, beta) == pytest.approx(rate(step, beta), rel=1e-9) for step, beta in inside),
    }  # fmt: skip
    assert [letter for letter, true in holds.items() if true] == [NAMES["between_the_lines"]()]


def test_the_best_choice_of_momentum_beats_its_neighbours():
    for kappa in (4.0, 25.0, 100.0):
        q = (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
        eta, beta = 4 / (1 + 1 / np.sqrt(kappa)) ** 2, q**2
        worst = lambda eta, beta, kappa=kappa: NAMES["momentum_rate"](eta, np.array([1 / kappa, 1.0]), beta).max()
        assert worst(eta, beta) == pytest.approx(q, abs=1e-7)
        for de, db in ((1.02, 0), (0.98, 0), (1, 0.01), (1, -0.01), (1.02, 0.01), (0.98, -0.01)):
            assert worst(eta * de, beta + db) > q + 1e-4
