"""Correct answers to lesson 05, written differently from the reference."""

import math
from functools import reduce

import numpy as np


def jacobian_by_complex_step(f, x):
    x = np.asarray(x, dtype=complex)
    return np.stack([np.imag(f(x + 1e-30j * e)) / 1e-30 for e in np.eye(x.size)], axis=-1)


def jacobian_forward(f, x):
    x = np.array(x, dtype=float)
    y, h = np.asarray(f(x)), 1e-8
    J = np.empty(y.shape + x.shape)
    for j in range(len(x)):
        moved = x.copy()
        moved[j] += h
        J[..., j] = (f(moved) - y) / h
    return J


def jacobian_five_points(f, x):
    x, h = np.array(x, dtype=float), 1e-3
    columns = []
    for e in np.eye(len(x)) * h:
        columns.append((8 * (np.asarray(f(x + e)) - f(x - e)) - (np.asarray(f(x + 2 * e)) - f(x - 2 * e))) / (12 * h))
    return np.moveaxis(np.array(columns), 0, -1).tolist()


def softmax_by_logarithms(z):
    top = max(z)
    return np.exp(z - top - math.log(math.fsum(math.exp(v - top) for v in z)))


def softmax_by_tilting(z):
    with np.errstate(over="ignore"):
        return np.array([1 / sum(np.exp(other - own) for other in z) for own in z])


def softmax_as_list(z):
    e = [math.exp(v - max(z)) for v in z]
    return [v / sum(e) for v in e]


def softmax_jacobian_in_loops(z):
    s = softmax_by_logarithms(z)
    n = len(s)
    return [[s[i] * ((i == j) - s[j]) for j in range(n)] for i in range(n)]


def vjp_by_centring(z, u):
    s = softmax_by_logarithms(z)
    w = u * s
    return w - s * w.sum()


def vjp_in_a_loop(z, u):
    s = softmax_by_logarithms(z)
    mean = sum(a * b for a, b in zip(s, u))
    return [a * (b - mean) for a, b in zip(s, u)]


def hessian_of_columns(f, x):
    """Central differences of central differences along the axes."""
    x, h = np.array(x, dtype=float), 2e-4

    def slope(y):
        return np.array([(f(y + e) - f(y - e)) / (2 * h) for e in h * np.eye(len(x))])

    H = np.stack([(slope(x + e) - slope(x - e)) / (2 * h) for e in h * np.eye(len(x))])
    return 0.5 * (H + H.T)


def hessian_by_complex_gradient(f, x):
    x, h, tiny = np.array(x, dtype=float), 6e-6, 1e-30
    n = len(x)
    H = np.empty((n, n))
    for i in range(n):
        for j in range(i + 1):
            e = np.eye(n)
            right, left = f(x + 1j * tiny * e[j] + h * e[i]), f(x + 1j * tiny * e[j] - h * e[i])
            H[i, j] = H[j, i] = (right.imag - left.imag) / tiny / (2 * h)
    return H


def hessian_five_points(f, x):
    x, h = np.array(x, dtype=float), 1e-3

    def slope(y, e):
        return (8 * (f(y + e) - f(y - e)) - (f(y + 2 * e) - f(y - 2 * e))) / (12 * h)

    steps = h * np.eye(len(x))
    H = np.zeros((len(x), len(x)))
    for i, a in enumerate(steps):
        for j, b in enumerate(steps):
            H[i, j] = (8 * (slope(x + b, a) - slope(x - b, a)) - (slope(x + 2 * b, a) - slope(x - 2 * b, a))) / (12 * h)
    return (H + H.T) / 2


ANSWERS = {
    "recall_gradient_shape": [lambda: " A "],
    "recall_partial_value": [lambda: "C"],
    "recall_central_order": [lambda: "b "],
    "shape_for_scalar_input": [lambda: "B"],
    "jacobian": [jacobian_by_complex_step, jacobian_forward, jacobian_five_points],
    "wrong_line_of_the_layout": [lambda: "C"],
    "component_or_power": [lambda: "C"],
    "jacobian_elementwise": [
        lambda fprime, x: np.eye(len(x)) * fprime(x),
        lambda fprime, x: [[fprime(a) if i == j else 0 for j in range(len(x))] for i, a in enumerate(x)],
        lambda fprime, x: np.einsum("i,ij->ij", fprime(x), np.eye(len(x))),
    ],
    "softmax": [softmax_by_logarithms, softmax_by_tilting, softmax_as_list],
    "wrong_line_of_softmax": [lambda: "C"],
    "softmax_jacobian": [
        softmax_jacobian_in_loops,
        lambda z: softmax_by_logarithms(z)[:, None] * (np.eye(len(z)) - softmax_by_logarithms(z)),
        lambda z: np.einsum("i,ij->ij", softmax_by_tilting(z), np.eye(len(z)) - softmax_by_tilting(z)[None, :]),
    ],
    "chain": [
        lambda J_outer, J_inner: np.einsum("ik,kj->ij", J_outer, J_inner),
        lambda J_outer, J_inner: [[sum(a * b for a, b in zip(row, column)) for column in J_inner.T] for row in J_outer],
        lambda J_outer, J_inner: (J_inner.T @ J_outer.T).T,
    ],
    "chain_many": [
        lambda Js: reduce(np.matmul, Js),
        lambda Js: np.linalg.multi_dot(Js) if len(Js) > 1 else Js[0],
        lambda Js: reduce(lambda right, left: left @ right, Js[::-1]),
    ],
    "jvp": [
        lambda f, x, v: np.imag(f(x + 1e-30j * v)) / 1e-30,
        lambda f, x, v: (f(x + 1e-8 * v) - f(x)) / 1e-8,
        lambda f, x, v: 5e4 * (f(x + 1e-5 * v) - f(x - 1e-5 * v)),
    ],
    "vjp_softmax": [
        vjp_by_centring,
        vjp_in_a_loop,
        lambda z, u: softmax_by_logarithms(z) * (u - np.average(u, weights=softmax_by_logarithms(z))),
    ],
    "hessian": [hessian_of_columns, hessian_by_complex_gradient, hessian_five_points],
    "hvp": [
        lambda gradf, x, v: np.imag(gradf(x + 1e-30j * v)) / 1e-30,
        lambda gradf, x, v: (gradf(x + 1e-8 * v) - gradf(x)) / 1e-8,
        lambda gradf, x, v: list((gradf(x + 1e-5 * v) - gradf(x - 1e-5 * v)) / 2e-5),
    ],
    "catch_the_wrong_side": [
        lambda: (np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([1.0, 0.0])),
        lambda: [[[1, 2, 0], [0, 1, 5], [0, 0, 1]], [1, 1, 2]],
        lambda: (np.arange(9).reshape(3, 3), np.array([1, -1, 2])),
    ],
}
