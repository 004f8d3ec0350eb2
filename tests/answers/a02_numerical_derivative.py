"""Correct answers to lesson 02, written differently from the reference."""

import math

import numpy as np


def forward_in_a_loop(f, x, h):
    if np.ndim(x) == 0:
        return (f(x + h) - f(x)) / h
    return np.array([(f(a + h) - f(a)) / h for a in x])


def backward_from_forward(f, x, h):
    behind = x - h
    return (f(behind + h) - f(behind)) / h


def _step(x):
    return 5e-6 * (1 + np.abs(x))


def central_as_mean(f, x, h=None):
    h = _step(x) if h is None else h
    return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2


def central_with_exact_distance(f, x, h=None):
    if h is None:
        h = np.where(np.abs(x) > 1, np.abs(x), 1.0) * 2.0**-17
    right, left = x + h, x - h
    return (f(right) - f(left)) / (right - left)


def central_in_a_loop(f, x, h=None):
    def at(a):
        step = max(1e-5, 1e-5 * abs(a)) if h is None else h
        return 0.5 * (f(a + step) - f(a - step)) / step

    return at(x) if np.ndim(x) == 0 else np.array([at(a) for a in np.ravel(x)]).reshape(np.shape(x))


def optimal_step_with_factors(kind, x, dtype):
    eps = np.finfo(dtype).eps
    size = max(1, abs(x))
    if kind == "forward":
        return 2 * math.sqrt(eps) * size
    if kind == "central":
        return (3 * eps) ** (1 / 3) * size
    return (48 * eps) ** 0.25 * size


def optimal_step_by_table(kind, x, dtype):
    table = {"float64": {"forward": 1e-8, "central": 5e-6, "second": 1e-4}, "float32": {"forward": 3e-4, "central": 5e-3, "second": 2e-2}}
    return table[dtype][kind] * max(1.0, abs(x))


def optimal_step_by_logarithm(kind, x, dtype):
    bits = {"float32": 23, "float64": 52}[dtype]
    parts = {"forward": 2, "central": 3, "second": 4}[kind]
    return np.exp2(-bits / parts) * np.maximum(np.abs(x), 1)


def order_by_formula(hs, errors):
    pairs = sorted(zip(np.log10(hs), np.log10(errors)))
    best = min(pairs, key=lambda pair: pair[1])[0]
    x, y = np.array([pair for pair in pairs if pair[0] >= best]).T
    return float(np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2))


def order_by_lstsq(hs, errors):
    order = np.argsort(hs)[::-1]
    hs, errors = hs[order], errors[order]
    last = int(np.argmin(errors)) + 1
    A = np.column_stack([np.ones(last), np.log2(hs[:last])])
    return np.linalg.lstsq(A, np.log2(errors[:last]), rcond=None)[0][1]


def order_without_the_best(hs, errors):
    best = errors.argmin()
    keep = hs > hs[best] if errors.size > 8 else hs >= hs[best]
    return np.polynomial.Polynomial.fit(np.log(hs[keep]), np.log(errors[keep]), 1).convert().coef[1]


def richardson_by_weights(f, x, h):
    values = np.array([f(x + h), f(x + h / 2), f(x - h / 2), f(x - h)])
    return float(np.dot([-1, 8, -8, 1], values) / (6 * h))


def richardson_by_extrapolation(f, x, h):
    steps = np.array([h, h / 2])
    values = [(f(x + step) - f(x - step)) / (2 * step) for step in steps]
    return np.polyfit(steps**2, values, 1)[1]


def richardson_by_correction(f, x, h):
    def D(step):
        return (f(x + step) - f(x - step)) / (2 * step)

    better, rough = D(h / 2), D(h)
    return better + (better - rough) / 3


def complex_step_in_a_loop(f, x, h=1e-30):
    if np.ndim(x):
        return [complex_step_in_a_loop(f, a, h) for a in x]
    return f(complex(x, h)).imag / h


def complex_step_downwards(f, x, h=1e-100):
    return -np.imag(f(x - h * 1j)) / h


def complex_step_by_quotient(f, x, h=1e-20):
    step = 1j * h
    return np.real(f(x + step) / step)


def second_from_slopes(f, x, h):
    ahead, behind = (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h
    return (ahead - behind) / h


def second_by_weights(f, x, h):
    return sum(w * f(x + k * h) for k, w in ((-1, 1.0), (0, -2.0), (1, 1.0))) / h / h


def second_by_diff(f, x, h):
    return np.diff([f(x - h), f(x), f(x + h)], n=2, axis=0)[0] / h**2


def judges_by_the_quotient(candidate):
    def cube(x):
        return 2 * x**3 + 5

    for x, h in ((1.3, 0.1), (-0.8, 0.4), (2.0, 0.01)):
        if abs(candidate(cube, x, h) - (6 * x**2 + 2 * h**2)) > 1e-9:
            return False
    return abs(candidate(cube, 1.3) - 6 * 1.3**2) < 1e-6


def judges_by_the_order(candidate):
    errors = [candidate(math.sin, 0.9, h) - math.cos(0.9) for h in (0.2, 0.1)]
    leading = -math.cos(0.9) * 0.2**2 / 6
    own = candidate(math.sin, 0.9) - math.cos(0.9)
    return bool(abs(errors[0] / errors[1] - 4) < 0.1 and abs(errors[0] / leading - 1) < 0.05 and abs(own) < 1e-7)


def judges_with_asserts_inside(candidate):
    try:
        np.testing.assert_allclose(candidate(np.exp, 0.5, 0.2), (np.exp(0.7) - np.exp(0.3)) / 0.4, rtol=1e-10)
        np.testing.assert_allclose(candidate(np.sin, 2.0, 0.5), (np.sin(2.5) - np.sin(1.5)), rtol=1e-10)
        np.testing.assert_allclose(candidate(np.exp, 0.5), np.exp(0.5), rtol=1e-8)
    except AssertionError:
        return False
    return True


ANSWERS = {
    "warm_up_halving_h": [lambda: " B "],
    "forward_difference": [
        forward_in_a_loop,
        lambda f, x, h: (f(x) - f(x + h)) / -h,
        lambda f, x, h: np.diff([f(x), f(x + h)], axis=0)[0] / h,
    ],
    "backward_difference": [
        backward_from_forward,
        lambda f, x, h: (f(x - h) - f(x)) / -h,
        lambda f, x, h: np.subtract(f(x), f(np.subtract(x, h))) / h,
    ],
    "central_difference": [central_as_mean, central_with_exact_distance, central_in_a_loop],
    "optimal_step": [optimal_step_with_factors, optimal_step_by_table, optimal_step_by_logarithm],
    "wrong_sentence_about_h": [lambda: "B"],
    "observed_order": [order_by_formula, order_by_lstsq, order_without_the_best],
    "richardson": [richardson_by_weights, richardson_by_extrapolation, richardson_by_correction],
    "complex_step": [complex_step_in_a_loop, complex_step_downwards, complex_step_by_quotient],
    "why_the_complex_step_fails": [lambda: "C"],
    "second_difference": [second_from_slopes, second_by_weights, second_by_diff],
    "test_central_difference": [judges_by_the_quotient, judges_by_the_order, judges_with_asserts_inside],
    "catch_the_halved_step": [
        lambda: ([1.0, 1.0, 1.0, 1.0], 2.0, 1.0),
        lambda: [np.array([0, 5, 0, -2]), -1, 0.3],
        lambda: ((0, 0, 3, 4), 0.5, 0.25),
    ],
}
