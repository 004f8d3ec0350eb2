"""Correct answers to lesson 11, written differently from the reference."""

import numpy as np


def name_by_axes(y_shape, x_shape):
    y, x = len(y_shape), len(x_shape)
    if not x:
        return "Derivative", [*y_shape]
    if not y:
        return "gradient", [*x_shape]
    return ("jacobian" if y == x == 1 else "generalized jacobian"), [*y_shape, *x_shape]


def name_by_arrays(y_shape, x_shape):
    shape = np.multiply.outer(np.zeros(y_shape), np.zeros(x_shape)).shape
    if x_shape == ():
        return "derivative", shape
    if y_shape == ():
        return "gradient", shape
    return ("Jacobian" if (len(y_shape), len(x_shape)) == (1, 1) else "generalized Jacobian"), shape


def name_by_table(y_shape, x_shape):
    row, column = min(len(y_shape), 2), min(len(x_shape), 2)
    table = [["derivative", "gradient", "gradient"], ["derivative", "Jacobian", "generalized Jacobian"],
             ["derivative", "generalized Jacobian", "generalized Jacobian"]]  # fmt: skip
    return table[row][column], tuple(y_shape) + tuple(x_shape)


def slopes_of_week_seven():
    """Items 1, 3, 4, 7, 10."""
    return 7, {
        1: ("B", lambda x, h: (x + h) ** 3),
        3: ("b", lambda x, h: 2 * ((x + h) ** 2 + (x + h) * x + x**2)),
        4: ("c", lambda x: x + x),
        7: ("c", lambda a, b, x, y: 2 * b * (a + b * x - y)),
        10: ("d", lambda p, y: -y / p + (1 - y) / (1 - p)),
    }


def slopes_of_week_two():
    """Items 2, 5, 6, 8, 9; the numbers as text, the answers as lists, one more than asked."""
    return np.int64(2).item(), {
        "2": ["c", lambda x, h: 2 * (x + h) ** 3 - 2 * x**3],
        "5": ["c", lambda theta, x, y: -x],
        "6": ["d", lambda x: 16 * x**3 * x**6 + 12 * x**4 * x**4 * 2 * x],
        "8": ["b", lambda theta, x, j: x[j]],
        "9": ["a", lambda h, f2: 0.5 * f2 * h],
        "1": ["a", None],
    }


def shapes_of_week_three():
    """Items 11, 14, 15, 17, 18."""
    return 3, {
        11: ("b", lambda n, m: [n, m]),
        14: ("c", lambda a, b, c: (a, c) + (a, b)),
        15: ("b", lambda i, j, p, q: j + q * i),
        17: ("d", lambda N, D, M: np.prod([N, M, D, M])),
        18: ("a", lambda s_i, s_j: -s_i * s_j),
    }


def shapes_of_week_five():
    """Items 12, 13, 15, 16, 19."""
    return 5, {
        12: ("d", lambda n, m: (m, n)),
        13: ("a", lambda m: np.zeros(m).shape),
        15: ("b", lambda i, j, p, q: np.ravel_multi_index((i, j), (p, q))),
        16: ("c", lambda dY: np.einsum("nm->m", dY)),
        19: ("d", lambda theta0, eta, lam, t: theta0 * np.prod(np.full(t, 1 - eta * lam))),
    }


def shapes_of_week_eleven():
    """Items 13, 16, 17, 19, 20: a week is as good as ten weeks later."""
    return 11, {
        13: ("a", lambda m: (m,)),
        16: ("c", lambda dY: sum(dY)),
        17: ("d", lambda N, D, M: M * M * N * D),
        19: ("d", lambda theta0, eta, lam, t: theta0 * pow(1 - eta * lam, t)),
        20: ("b", lambda X, y, theta: sum(2 * (row @ theta - label) * row for row, label in zip(X, y)) / len(X)),
    }


def cosine_by_quotient_rule(u, v):
    u, v = np.asarray(u, float), np.asarray(v, float)
    p, a, b = np.dot(u, v), np.sqrt(np.dot(u, u)), np.sqrt(np.dot(v, v))
    return (v * a * b - p * b * (u / a)) / (a * b) ** 2


def cosine_by_projection(u, v):
    unit = u / np.linalg.norm(u)
    w = v / np.linalg.norm(v)
    return (w - np.dot(w, unit) * unit) / np.linalg.norm(u)


def cosine_by_projector(u, v):
    n = len(u)
    P = np.eye(n) - np.outer(u, u) / np.dot(u, u)
    return P @ v / (np.linalg.norm(u) * np.linalg.norm(v))


def layernorm_row_by_row(X, dY, eps=1e-5):
    rows = []
    for x, dy in zip(X, dY):
        s = np.sqrt(np.var(x) + eps)
        y = (x - np.mean(x)) / s
        J = (np.eye(len(x)) - 1 / len(x) - np.outer(y, y) / len(x)) / s
        rows.append(J.T @ dy)
    return np.array(rows)


def layernorm_step_by_step(X, dY, eps=1e-5):
    D = X.shape[1]
    mu = X.mean(axis=1, keepdims=True)
    var = ((X - mu) ** 2).mean(axis=1, keepdims=True)
    s = np.sqrt(var + eps)
    dvar = np.sum(dY * (X - mu), axis=1, keepdims=True) * -0.5 * s**-3
    dmu = -np.sum(dY / s, axis=1, keepdims=True) + dvar * np.mean(-2 * (X - mu), axis=1, keepdims=True)
    return dY / s + dvar * 2 * (X - mu) / D + dmu / D


def layernorm_by_einsum(X, dY, eps=1e-5):
    N, D = X.shape
    centre = np.eye(D) - 1 / D
    Z = np.einsum("nd,de->ne", X, centre)
    s = np.sqrt(np.einsum("nd,nd->n", Z, Z) / D + eps)
    Y = Z / s[:, None]
    return np.einsum("nd,de,n->ne", dY, centre, 1 / s) - np.einsum("nd,nd,ne,n->ne", dY, Y, Y, 1 / (D * s))


def spread_by_chain(x, eps=1e-5):
    n = len(x)
    v = np.sum((x - x.sum() / n) ** 2) / n + eps
    return 2 * (x - x.sum() / n) / n / (2 * np.sqrt(v))


def spread_by_projector(x, eps=1e-5):
    centre = np.eye(len(x)) - np.full((len(x), len(x)), 1 / len(x))
    return centre @ x / np.sqrt(len(x) * (x @ centre @ x + len(x) * eps))


def spread_by_complex_steps(x, eps=1e-5):
    s = lambda z: np.sqrt(np.mean((z - np.mean(z)) ** 2) + eps)
    return np.array([np.imag(s(x + 1e-30j * e)) / 1e-30 for e in np.eye(len(x))])


ANSWERS = {
    "spread_gradient": [spread_by_chain, spread_by_projector, spread_by_complex_steps],
    "name_the_derivative": [name_by_axes, name_by_arrays, name_by_table],
    "hunt_slopes": [slopes_of_week_seven, slopes_of_week_two],
    "hunt_shapes": [shapes_of_week_three, shapes_of_week_five, shapes_of_week_eleven],
    "cosine_gradient": [cosine_by_quotient_rule, cosine_by_projection, cosine_by_projector],
    "layernorm_backward": [layernorm_row_by_row, layernorm_step_by_step, layernorm_by_einsum],
    "catch_the_symmetry": [
        lambda: (np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([1.0, 2.0])),
        lambda: [[[1, 2, 3], [0, 1, 4], [0, 0, 1]], [1, 1, 1]],
        lambda: (((1, 5), (2, 1)), (3, -1)),
    ],
}
