"""Correct answers to lesson 00, written differently from the reference."""

import math

import numpy as np


def describe_by_functions(a):
    return np.ndim(a), np.shape(a), np.size(a)


def describe_by_hand(a):
    shape = list(np.array(a).shape)
    return len(shape), shape, math.prod(shape)


def describe_as_list(a):
    shape = np.asarray(a).shape
    return [np.int64(len(shape)), tuple(np.int64(n) for n in shape), int(np.prod(shape))]


def basis_by_assignment(n, i):
    e = np.zeros(n)
    e[i] = 1
    return e


def epsilon_by_doubling_the_bits(dtype):
    one = np.array([1], dtype=dtype)
    eps = np.array([1], dtype=dtype)
    while (one + eps)[0] != 1:
        last, eps = eps[0], eps * np.asarray(0.5, dtype)
    return float(last)


def error_by_sums(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if np.shape(a) != np.shape(b):
        raise ValueError
    size = np.sqrt(max(np.sum(a**2), np.sum(b**2)))
    return np.sqrt(np.sum((a - b) ** 2)) / size if size > 0 else 0.0


def error_by_math(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("different shapes")
    a, b = np.ravel(a).astype(float), np.ravel(b).astype(float)
    far = math.dist(a, b)
    return far / max(math.hypot(*a), math.hypot(*b)) if far else 0.0


def error_by_scaling_first(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        raise ValueError
    size = max(np.linalg.norm(a.ravel()), np.linalg.norm(b.ravel()))
    if size == 0:
        return 0
    return np.linalg.norm((a / size - b / size).ravel())


ANSWERS = {
    "describe_array": [describe_by_functions, describe_by_hand, describe_as_list],
    "basis_vector": [
        basis_by_assignment,
        lambda n, i: [0.0] * i + [1.0] + [0.0] * (n - i - 1),
        lambda n, i: np.roll(np.eye(1, n)[0], i),
    ],
    "wrong_sentence_about_shapes": [lambda: "B"],
    "flat_position": [lambda: "C"],
    "machine_epsilon": [
        lambda dtype: np.finfo(dtype).eps,
        lambda dtype: np.spacing(np.ones((), dtype)),
        epsilon_by_doubling_the_bits,
    ],
    "relative_error": [error_by_sums, error_by_math, error_by_scaling_first],
    "gradient_label": [
        lambda: "$\\nabla_\\theta L = \\frac{\\partial L}{\\partial \\theta}$",
        lambda: r"$\nabla_{\theta} L=\frac{\partial L}{\partial\theta}$",
    ],
    "catch_one_sided": [
        lambda: ([3.0], [5.0]),
        lambda: [np.array([0.0, 1.0, 1.0]), np.array([4.0, 4.0, 0.0])],
        lambda: ((1, 2), (3, 4)),
    ],
}
