"""Correct answers to lesson 03, written differently from the reference."""

import itertools

import numpy as np


def slice_by_concatenation(f, x, i):
    before, after = list(map(float, x[:i])), list(map(float, x[i + 1 :]))
    return lambda t: f(np.array([*before, t, *after]))


def slice_by_mask(f, x, i):
    start, free = x.astype(float), np.arange(len(x)) == i
    return lambda t: f(np.where(free, t, start))


class Slice:
    """A callable object is a function too."""

    def __init__(self, f, x, i):
        self.f, self.x, self.i = f, tuple(x), i

    def __call__(self, t):
        values = list(self.x)
        values[self.i] = t
        return self.f(np.array(values, float))


def slice_by_shift(f, x, i):
    start, direction = np.array(x, float), np.eye(len(x))[i]
    return lambda t: f(start + (t - start[i]) * direction)


def seed_partials_by_slices(x, z):
    return float(np.polyval(np.polyder([4 * z**3, 0, 0, 0, 0]), x)), float(np.polyval(np.polyder([4 * x**4, 0, 0, 0]), z))


def partial_with_a_unit_vector(f, x, i, h=None):
    h = 1e-5 * max(1.0, np.abs(x[i])) if h is None else h
    e = np.zeros(len(x))
    e[i] = h
    return (f(x + e) - f(x - e)) / (2 * h)


def partial_by_a_slice(f, x, i, h=None):
    cut = slice_by_mask(f, x, i)
    h = h or 6e-6 * (1 + abs(x[i]))
    return float((cut(x[i] + h) - cut(x[i] - h)) / h / 2)


def partial_by_five_points(f, x, i, h=None):
    h = 1e-3 * max(1, abs(x[i])) if h is None else h
    e = h * np.eye(len(x))[i]
    return (8 * (f(x + e) - f(x - e)) - (f(x + 2 * e) - f(x - 2 * e))) / (12 * h)


def partial_by_richardson(f, x, i, h=None):
    h = h or 1e-3 * max(1, abs(x[i]))
    coarse, fine = partial_with_a_unit_vector(f, x, i, h), partial_with_a_unit_vector(f, x, i, h / 2)
    return fine + (fine - coarse) / 3


def partial_with_a_list(f, x, i, h=None):
    h = h or 1e-5 * max(abs(v) for v in [1.0, x[i]])
    up, down = [float(v) for v in x], [float(v) for v in x]
    up[i], down[i] = up[i] + h, down[i] - h
    return (f(np.array(up)) - f(np.array(down))) / (up[i] - down[i])


def mixed_with_unit_vectors(f, x, i, j, h=None):
    h = h or 1e-4
    a, b = h * np.eye(len(x))[[i, j]]
    return (f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)) / (4 * h * h)


def mixed_by_nesting(f, x, i, j, h=None):
    h = h or 2e-4
    return partial_with_a_unit_vector(lambda y: partial_with_a_unit_vector(f, y, i, h), x, j, h)


def mixed_with_seven_points(f, x, i, j, h=None):
    h = h or 1e-4
    a, b = h * np.eye(len(x))[[i, j]]
    if i == j:
        return (f(x + a) - 2 * f(x + 0 * a) + f(x - a)) / h**2
    return (f(x + a + b) + f(x - a - b) - f(x + a) - f(x - a) - f(x + b) - f(x - b) + 2 * f(x + 0 * a)) / (2 * h * h)


def mixed_by_product(f, x, i, j, h=None):
    h = h or 1.5e-4
    signs = itertools.product((-1, 1), repeat=2)
    return sum(s * r * f(x + h * (s * np.eye(len(x))[i] + r * np.eye(len(x))[j])) for s, r in signs) / (2 * h) / (2 * h)


ANSWERS = {
    "which_symbol": [lambda: " C "],
    "freeze": [slice_by_concatenation, slice_by_mask, Slice, slice_by_shift],
    "seed_partials": [
        lambda x, z: (16 * (x * z) ** 3, 12 * x * x * (x * z) ** 2),
        lambda x, z: np.array([16.0, 12.0]) * np.array([x**3 * z**3, x**4 * z**2]),
        seed_partials_by_slices,
    ],
    "partial_derivative": [
        partial_with_a_unit_vector,
        partial_by_a_slice,
        partial_by_five_points,
        partial_by_richardson,
        partial_with_a_list,
    ],
    "held_fixed": [lambda: "B"],
    "find_the_wrong_derivative": [lambda: "D"],
    "total_derivative": [
        lambda df_dx, df_dz, dz_dx: float(np.dot([df_dx, df_dz], [1.0, dz_dx])),
        lambda df_dx, df_dz, dz_dx: np.float64(dz_dx) * df_dz + df_dx,
        lambda df_dx, df_dz, dz_dx: sum(a * b for a, b in zip((df_dx, df_dz), (1, dz_dx))),
    ],
    "mixed_partials": [mixed_with_unit_vectors, mixed_by_nesting, mixed_with_seven_points, mixed_by_product],
    "partials_enough": [lambda: "C"],
    "catch_the_exponents": [lambda: (3, 2, 1, 2), lambda: [-1.5, 2.0, 3, 1], lambda: np.array([0.5, 4.0, 2, 3])],
}
