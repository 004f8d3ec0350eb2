"""Correct answers to lesson 04, written differently from the reference."""

import math

import numpy as np

CBRT_EPS = np.finfo(float).eps ** (1 / 3)


def gradient_flat(f, x, h=None):
    flat, slopes = np.asarray(x, float).ravel(), []
    for k in range(flat.size):
        e = np.zeros(flat.size)
        e[k] = h or 1e-5 * max(1.0, abs(flat[k]))
        up, down = f((flat + e).reshape(np.shape(x))), f((flat - e).reshape(np.shape(x)))
        if np.size(up) != 1 or np.ndim(up):
            raise ValueError("not a scalar function")
        slopes.append(float(up - down) / (2 * e[k]))
    return np.array(slopes).reshape(np.shape(x))


def gradient_five_points(f, x, h=None):
    start = x.astype(float)
    if isinstance(f(start), np.ndarray):
        raise ValueError("f returns an array")
    result = np.zeros_like(start)
    it = np.nditer(start, flags=["multi_index"])
    for value in it:
        e = np.zeros_like(start)
        e[it.multi_index] = s = h or 1e-3 * max(1.0, abs(float(value)))
        result[it.multi_index] = (8 * (f(start + e) - f(start - e)) - f(start + 2 * e) + f(start - 2 * e)) / (12 * s)
    return result


def gradient_by_restoring_a_copy(f, x, h=None):
    work = np.array(x, dtype=np.float64)
    result = np.empty(work.shape)
    for k, _ in np.ndenumerate(result):
        was = work[k]
        s = CBRT_EPS * (1 + abs(was)) if h is None else h
        values = []
        for sign in (1, -1):
            work[k] = was + sign * s
            values.append(f(work))
        work[k] = was
        if np.shape(values[0]) != ():
            raise ValueError
        result[k] = (values[0] - values[1]) / (2 * s)
    return result


def gradient_as_nested_lists(f, x, h=None):
    return gradient_flat(f, x, h).tolist()


def derivative_on_the_line(f, x, v):
    h = 6e-6 / (np.linalg.norm(v) or 1.0)
    return (f(x + h * v) - f(x - h * v)) / (2 * h)


def derivative_by_einsum(f, x, v):
    return float(np.einsum("i,i->", gradient_flat(f, x), v))


def derivative_in_a_loop(f, x, v):
    return sum(g * w for g, w in zip(gradient_five_points(f, x), v))


def slope_with_a_unit_vector(f, x, v):
    if not v.any():
        raise ValueError("no direction")
    return derivative_on_the_line(f, x, v / np.sqrt(v @ v))


def slope_with_hypot(f, x, v):
    length = math.hypot(*v)
    if not length:
        raise ValueError
    return derivative_by_einsum(f, x, v) / length


def slope_with_the_cosine(f, x, v):
    if np.count_nonzero(v) == 0:
        raise ValueError("v = 0")
    g = gradient_flat(f, x)
    cosine = np.dot(g, v) / np.linalg.norm(g) / np.linalg.norm(v)
    return np.linalg.norm(g) * cosine


def direction_with_where(g):
    length = np.sqrt(np.sum(g**2))
    return np.divide(g, length, out=np.zeros(len(g)), where=length > 0)


def direction_as_list(g):
    length = math.hypot(*g)
    return [float(v) / length if length else 0.0 for v in g]


def direction_early_return(g):
    if not np.any(g):
        return 0 * g
    return g * float(g @ g) ** -0.5


def _column(X, y):
    if y.ndim != 1 or len(y) != len(X):
        raise ValueError("targets must be one-dimensional")


def mse_in_a_loop(X, y, theta):
    _column(X, y)
    total = 0.0
    for row, target in zip(X, y):
        total += (target - sum(a * b for a, b in zip(row, theta))) ** 2
    return total / len(X)


def mse_by_dot(X, y, theta):
    _column(X, y)
    e = y - X.dot(theta)
    return e @ e / e.size


def mse_by_norm(X, y, theta):
    _column(X, y)
    return np.linalg.norm(np.einsum("ij,j->i", X, theta) - y) ** 2 / X.shape[0]


def mse_gradient_in_a_loop(X, y, theta):
    _column(X, y)
    m, n = X.shape
    g = np.zeros(n)
    for i in range(m):
        error = np.dot(X[i], theta) - y[i]
        for j in range(n):
            g[j] += 2 * error * X[i, j] / m
    return g


def mse_gradient_by_mean(X, y, theta):
    _column(X, y)
    return -2 * np.mean((y - X @ theta)[:, None] * X, axis=0)


def mse_gradient_by_normal_equations(X, y, theta):
    _column(X, y)
    return 2 * (X.T @ X @ theta - X.T @ y) / len(y)


def mse_gradient_by_einsum(X, y, theta):
    _column(X, y)
    return np.einsum("i,ij->j", X @ theta - y, X) * (2 / y.size)


def order_from_two_steps(f, grad, x, d):
    g = np.vdot(grad(x), d)
    a, b = (abs(f(x + h * d) - (f(x) + h * g)) for h in (1e-2, 1e-4))
    return math.log10(a / b) / 2


def order_from_many_steps(f, grad, x, d):
    hs = 0.1 * 0.5 ** np.arange(10)
    start, rise = f(x), float((np.asarray(grad(x)) * d).sum())
    errors = np.abs(np.array([f(x + h * d) for h in hs]) - start - hs * rise)
    A = np.column_stack([np.log2(hs), np.ones(len(hs))])
    return np.linalg.lstsq(A, np.log2(errors), rcond=None)[0][0]


def order_as_a_median(f, grad, x, d):
    hs = np.geomspace(0.1, 1e-4, 7)
    errors = np.array([abs(f(x + h * d) - f(x) - np.tensordot(h * d, grad(x), axes=d.ndim)) for h in hs])
    return float(np.median(np.diff(np.log(errors)) / np.diff(np.log(hs))))


ANSWERS = {
    "recall_tangent_error": [lambda: "B"],
    "recall_rounding": [lambda: "D"],
    "recall_frozen_term": [lambda: "A"],
    "recall_broadcast": [lambda: "C"],
    "gradient": [gradient_flat, gradient_five_points, gradient_by_restoring_a_copy, gradient_as_nested_lists],
    "directional_derivative": [derivative_on_the_line, derivative_by_einsum, derivative_in_a_loop],
    "slope_along": [slope_with_a_unit_vector, slope_with_hypot, slope_with_the_cosine],
    "steepest_ascent_direction": [direction_with_where, direction_as_list, direction_early_return],
    "what_moves": [lambda: "B"],
    "sensitivity_of_what": [lambda: "C"],
    "wrong_line_of_the_loss": [lambda: "B"],
    "mse": [mse_in_a_loop, mse_by_dot, mse_by_norm],
    "mse_gradient": [mse_gradient_in_a_loop, mse_gradient_by_mean, mse_gradient_by_normal_equations, mse_gradient_by_einsum],
    "taylor_order": [order_from_two_steps, order_from_many_steps, order_as_a_median],
    "catch_the_square_table": [
        lambda: (np.array([[1.0], [2.0]]), np.array([1.0, 1.0]), np.array([3.0])),
        lambda: ([[1, 2, 3]], [5], [1, 0, 0]),
        lambda: [np.arange(8.0).reshape(4, 2), np.ones(4), np.array([0.5, 1.0])],
    ],
}
