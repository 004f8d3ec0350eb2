"""Exercises whose answers an explorer draws: its scene, a right answer, a wrong one, how the scene starts, and the gap that is told.

Behind an @ stands the explorer, where several draw one exercise.
"""

from __future__ import annotations

import numpy as np

from explorers.gallery import (
    adam,
    chain,
    checkpoint,
    differential,
    eigen,
    eta,
    float_ruler,
    index,
    layout,
    minibatch,
    momentum_map,
    product,
    slices,
    step_error,
    valley,
)


def partial(f, x, i, h=None, both=True):
    e = np.eye(len(x))[i] * 1e-5
    return (f(x + e) - f(x - e)) / (2e-5 if both else 1e-5)


def tensor(factor):
    def generalized_jacobian(f, X):
        columns = [(f(X + step) - f(X - step)) / 2e-5 for step in 1e-5 * np.eye(X.size).reshape(-1, *X.shape)]
        return factor(np.moveaxis(np.array(columns), 0, -1).reshape(*np.shape(f(X)), *X.shape))

    return generalized_jacobian


def matrix(f, x):
    return np.array([(f(x + 1e-5 * e) - f(x - 1e-5 * e)) / 2e-5 for e in np.eye(len(x))]).T


def descent(sign):
    def gradient_descent(grad, theta0, eta, n_steps):
        path = [theta0]
        for _ in range(n_steps):
            path.append(path[-1] - sign * eta * grad(path[-1]))
        return np.array(path)

    return gradient_descent


def ball(ahead):
    def momentum(grad, theta0, eta, beta, n_steps):
        theta, v, path = theta0, np.zeros_like(theta0), [theta0]
        for _ in range(n_steps):
            v = beta * v - eta * grad(theta + ahead * beta * v)
            theta = theta + v
            path.append(theta)
        return np.array(path)

    return momentum


def adam_by(corrected):
    def adam_step(theta, g, m, v, t, eta):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        a, b = (1 - 0.9**t, 1 - 0.999**t) if corrected else (1.0, 1.0)
        return theta - eta * (m / a) / (np.sqrt(v / b) + 1e-8), m, v

    return adam_step


def epoch(grad, theta, X, y, eta, batches, fresh=True):
    start = theta
    for batch in batches:
        theta = theta - eta * grad(theta if fresh else start, X[batch], y[batch])
    return theta


def halving(last):
    def machine_epsilon(dtype):
        one, step = np.ones((), dtype), np.ones((), dtype)
        while one + step / 2 > one:
            step = step / 2
        return float(step / 2 if last else step)

    return machine_epsilon


def counted(n, keep, late=0):
    """Counts of a chain with checkpoints, by formula."""
    checkpoints = -(-n // keep)
    held = max(min(keep, n - k * keep) - 1 + k + 1 for k in range(checkpoints))
    return held, 2 * n - checkpoints + late


def spectral(pick):
    return lambda eta, lam, beta: float(pick(np.abs(np.linalg.eigvals([[1 + beta - eta * lam, -beta], [1.0, 0.0]]))))


MORE_CASES = {
    "forward_difference": (
        step_error.scene,
        lambda f, x, h: (f(x + h) - f(x)) / h,
        lambda f, x, h: (f(x) - f(x + h)) / h,
        {"h": 0.01},
        "off by 7.54",
    ),
    "central_difference": (
        step_error.scene,
        lambda f, x, h=None: (f(x + h) - f(x - h)) / (2 * h),
        lambda f, x, h=None: (f(x + h) - f(x - h)) / h,
        {"h": 1e-3, "formula": "central"},
        "off by 3.76",
    ),
    "complex_step": (
        step_error.scene,
        lambda f, x, h=1e-20: np.imag(f(x + 1j * h)) / h,
        lambda f, x, h=1e-20: np.real(f(x + 1j * h)) / h,
        {"h": 1e-3, "formula": "complex step"},
        "off by 2.28",
    ),
    "partial_derivative": (slices.scene, partial, lambda f, x, i, h=None: partial(f, x, i, both=False), {}, "off by 16"),
    "freeze": (
        slices.scene,
        lambda f, x, i: lambda t: f(np.where(np.arange(len(x)) == i, t, x)),
        lambda f, x, i: lambda t: f(np.where(np.arange(len(x)) == i, x, t)),
        {},
        "off by 33.8",
    ),
    "seed_partials": (
        slices.scene,
        lambda x, z: (16 * x**3 * z**3, 12 * x**4 * z**2),
        lambda x, z: (16 * x**3, 12 * z**2),
        {"x": 0.5},
        "off by 11.2",
    ),
    "generalized_jacobian": (index.scene, tensor(lambda G: G), tensor(lambda G: 2 * G), {}, "off by 1.5"),
    "gradient_descent@valley": (valley.scene, descent(1), descent(-1), {"eta": 0.1}, "off by 274"),
    "momentum": (valley.scene, ball(0), ball(1), {"eta": 0.5, "beta": 0.5}, "off by 0.197"),
    "adam_step": (adam.scene, adam_by(True), adam_by(False), {}, "off by 1.18"),
    "momentum_matrix": (
        momentum_map.scene,
        lambda eta, lam, beta: np.array([[1 + beta - eta * lam, -beta], [1, 0]]),
        lambda eta, lam, beta: np.array([[1 - eta * lam, -beta], [1, 0]]),
        {},
        "off by 0.5",
    ),
    "momentum_rate": (momentum_map.scene, spectral(max), spectral(min), {"eta": 3.0, "beta": 0.3}, "off by "),
    "product_slope": (
        product.scene,
        lambda f, fprime, g, gprime, x: fprime(x) * g(x) + f(x) * gprime(x),
        lambda f, fprime, g, gprime, x: fprime(x) * gprime(x),
        {},
        "off by 3",
    ),
    "quotient_slope": (
        product.scene,
        lambda f, fprime, g, gprime, x: (fprime(x) * g(x) - f(x) * gprime(x)) / g(x) ** 2,
        lambda f, fprime, g, gprime, x: fprime(x) / gprime(x),
        {},
        "off by 13",
    ),
    "chain_slope": (
        chain.scene,
        lambda f, fprime, g, gprime, x: fprime(g(x)) * gprime(x),
        lambda f, fprime, g, gprime, x: fprime(x) * gprime(x),
        {},
        "off by 2",
    ),
    "machine_epsilon": (float_ruler.scene, halving(False), halving(True), {}, "off by 1.11"),
    "jacobian@layout": (layout.scene, matrix, lambda f, x: np.flip(matrix(f, x), 1), {}, "off by 2"),
    "checkpoint_cost": (checkpoint.scene, counted, lambda n, keep: counted(n, keep, 1), {"keep": 10}, "off by 1"),
    "sgd_epoch": (
        minibatch.scene,
        epoch,
        lambda grad, theta, X, y, eta, batches: epoch(grad, theta, X, y, eta, batches, fresh=False),
        {},
        "off by 5.25",
    ),
    "hvp": (
        eigen.scene,
        lambda gradf, x, v: (gradf(x + 1e-5 * v) - gradf(x - 1e-5 * v)) / 2e-5,
        lambda gradf, x, v: gradf(x),
        {},
        "off by 0.516",
    ),
    "gradient_descent@eta": (eta.scene, descent(1), descent(-1), {}, "off by 237"),
    "jvp_square": (differential.scene, lambda A, dA: A @ dA + dA @ A, lambda A, dA: 2 * A @ dA, {}, "off by 2.7"),
}
