"""The references of lesson 11, and what its twenty items hold for right, against SymPy, autograd and NumPy's own shapes."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy
from reference import namespace

from autograder.exercises.review.items import ITEMS, drawn

ours = namespace("11_review")
x, h, z, theta, y, a, b, p = sympy.symbols("x h z theta y a b p", real=True)
f = 2 * x**3 + 5
SYMBOLIC = {  # item: (its arguments, the wrong line's left side)
    1: ((x, h), (x**2 + 2 * x * h + h**2) * (x + h)),
    2: ((x, h), f.subs(x, x + h) - f),
    3: ((x, h), sympy.cancel((f.subs(x, x + h) - f) / h)),
    4: ((x,), sympy.diff(x**2, x)),
    5: ((theta, x, y), sympy.diff(y - theta * x, theta)),
    6: ((x,), sympy.diff((4 * x**4 * z**3).subs(z, x**2), x)),
    7: ((a, b, x, y), sympy.diff((y - a - b * x) ** 2, x)),
    9: ((h, z), sympy.limit(((z / 2 * (a + h) ** 2 - z / 2 * a**2) / h - z * a) / h, h, 0) * h),
    10: ((p, y), sympy.diff(-y * sympy.log(p) - (1 - y) * sympy.log(1 - p), p)),
}
SHAPES = {
    11: lambda n, m: np.ones((n, m)).shape,
    12: lambda n, m: autograd.jacobian(lambda v: anp.ones((m, n)) @ v)(np.ones(n)).shape,
    13: lambda m: autograd.jacobian(lambda t: t * anp.ones(m))(1.0).shape,
    14: lambda a, b, c: autograd.jacobian(lambda X: X @ anp.ones((b, c)))(np.ones((a, b))).shape,
    17: lambda N, D, M: autograd.jacobian(lambda W: anp.ones((N, D)) @ W)(np.ones((D, M))).size,
    15: lambda i, j, p, q: list(np.ndindex(p, q)).index((i, j)),
}


def arguments(item, count=20):
    rng = np.random.default_rng(item)
    return [ITEMS[item].draw(rng) for _ in range(count)]


@pytest.mark.parametrize("item", SYMBOLIC)
def test_items_about_slopes_against_sympy(item):
    names, left = SYMBOLIC[item]
    differs = False
    for values in arguments(item):
        exact = float(left.subs(dict(zip(names, values))))
        assert ITEMS[item].holds(*values) == pytest.approx(exact, rel=1e-9, abs=1e-9)
        differs |= abs(ITEMS[item].printed(*values) - exact) > 1e-3
    assert differs


@pytest.mark.parametrize("item", SHAPES)
def test_items_about_shapes_against_autograd(item):
    for values in arguments(item):
        assert ITEMS[item].holds(*values) == SHAPES[item](*values)


def test_the_other_items_against_autograd():
    for theta_, x_, j in arguments(8):
        assert ITEMS[8].holds(theta_, x_, j) == pytest.approx(autograd.grad(lambda t, x_=x_: anp.dot(t, x_))(theta_)[j])
    for (dY,) in arguments(16):
        by_autograd = autograd.grad(lambda b_, dY=dY: anp.sum(dY * (anp.ones(dY.shape) + b_)))(np.zeros(2))
        np.testing.assert_allclose(ITEMS[16].holds(dY), by_autograd, atol=1e-12)
    for s_i, s_j in arguments(18):
        softmax = lambda v: anp.exp(v) / anp.sum(anp.exp(v))
        J = autograd.jacobian(softmax)(np.log(np.array([s_i, s_j, 1 - s_i - s_j])))
        assert ITEMS[18].holds(s_i, s_j) == pytest.approx(J[0, 1])
    for theta0, eta, lam, t in arguments(19):
        power = theta0
        for _ in range(t):
            power -= eta * autograd.grad(lambda v, lam=lam: lam * v**2 / 2)(power)
        assert ITEMS[19].holds(theta0, eta, lam, t) == pytest.approx(power)
    for X, y_, theta_ in arguments(20):
        slope = autograd.grad(lambda t, X=X, y_=y_: anp.mean((X @ t - y_) ** 2))(theta_)
        np.testing.assert_allclose(ITEMS[20].holds(X, y_, theta_), slope, atol=1e-12)


def test_every_item_is_asked_within_five_weeks_and_five_at_a_time():
    for first in (1, 11):
        assert all(len(drawn(week, first)) == 5 for week in range(-3, 30))
        assert set().union(*(drawn(week, first) for week in range(1, 6))) == set(range(first, first + 10))


def test_our_repairs_are_those_of_the_items():
    for name, first in (("hunt_slopes", 1), ("hunt_shapes", 11)):
        week, answers = ours[name]()
        assert sorted(answers) == drawn(week, first)
        for item, (letter, repair) in answers.items():
            assert letter == ITEMS[item].letter
            for values in arguments(item, 5):
                np.testing.assert_allclose(repair(*values), ITEMS[item].holds(*values), rtol=1e-9, atol=1e-10)


def test_name_the_derivative_against_autograds_shapes():
    for y_shape, x_shape in (((), ()), ((3,), ()), ((), (2,)), ((), (2, 3)), ((4,), (3,)), ((2, 3), (4,)), ((2,), (3, 4))):
        n, m = int(np.prod(x_shape, dtype=int)), int(np.prod(y_shape, dtype=int))
        A = np.arange(1.0, m * n + 1).reshape(m, n)
        found = autograd.jacobian(lambda X, A=A, s=y_shape: anp.reshape(A @ anp.reshape(X, (-1,)), s))(np.ones(x_shape) if x_shape else 1.0)
        assert ours["name_the_derivative"](y_shape, x_shape)[1] == found.shape
        if y_shape and x_shape:
            symbols = sympy.Array(sympy.symbols(f"q:{n}"), x_shape)
            outputs = sympy.Array([sum(symbols.reshape(n)) for _ in range(m)], y_shape)
            by_sympy = sympy.derive_by_array(outputs, symbols).shape  # SymPy puts the input first
            assert by_sympy == found.shape[len(y_shape) :] + found.shape[: len(y_shape)]


def test_cosine_gradient_against_autograd_and_sympy():
    u0, u1, v0, v1 = sympy.symbols("u0 u1 v0 v1", positive=True)
    cosine = (u0 * v0 + u1 * v1) / sympy.sqrt((u0**2 + u1**2) * (v0**2 + v1**2))
    symbolic = sympy.lambdify((u0, u1, v0, v1), [sympy.diff(cosine, u0), sympy.diff(cosine, u1)])
    rng = np.random.default_rng(6)
    for _ in range(20):
        u, v = rng.uniform(0.2, 2, size=(2, 2))
        np.testing.assert_allclose(ours["cosine_gradient"](u, v), symbolic(*u, *v), rtol=1e-10, atol=1e-12)
        u, v = rng.normal(size=(2, 5))
        by_autograd = autograd.grad(lambda w, v=v: anp.dot(w, v) / anp.sqrt(anp.dot(w, w) * anp.dot(v, v)))(u)
        np.testing.assert_allclose(ours["cosine_gradient"](u, v), by_autograd, rtol=1e-10, atol=1e-12)


def test_layernorm_backward_against_autograd_and_sympy():
    def layernorm(X, eps):
        centred = X - anp.mean(X, axis=-1, keepdims=True)
        return centred / anp.sqrt(anp.mean(centred**2, axis=-1, keepdims=True) + eps)

    rng = np.random.default_rng(7)
    for eps in (1e-5, 0.3):
        X, dY = rng.normal(size=(2, 3, 5))
        by_autograd = autograd.grad(lambda Z, dY=dY, eps=eps: anp.sum(dY * layernorm(Z, eps)))(X)
        np.testing.assert_allclose(ours["layernorm_backward"](X, dY, eps), by_autograd, rtol=1e-9, atol=1e-10)
    names = sympy.symbols("x:3")
    mean = sum(names) / 3
    s = sympy.sqrt(sum((v - mean) ** 2 for v in names) / 3 + sympy.Rational(1, 4))
    upstream = (sympy.Rational(7, 10), sympy.Rational(-3, 10), sympy.Integer(2))
    loss = sum(c * (v - mean) / s for c, v in zip(upstream, names))
    point = {names[0]: sympy.Rational(1, 2), names[1]: sympy.Rational(-6, 5), names[2]: sympy.Rational(9, 4)}
    exact = [float(sympy.diff(loss, v).subs(point)) for v in names]
    given = ours["layernorm_backward"](np.array([[0.5, -1.2, 2.25]]), np.array([[0.7, -0.3, 2.0]]), 0.25)
    np.testing.assert_allclose(given, [exact], rtol=1e-10)


def test_spread_gradient_is_that_of_autograd():
    for n, eps in ((3, 1e-5), (5, 0.4)):
        x = np.random.default_rng(n).normal(size=n)
        by_autograd = autograd.grad(lambda z, eps=eps: anp.sqrt(anp.mean((z - anp.mean(z)) ** 2) + eps))(x)
        np.testing.assert_allclose(ours["spread_gradient"](x, eps), by_autograd, rtol=1e-10)
