"""The references of lesson 07 against the autograd package, SymPy and complex steps: none of them is ours."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy
from reference import namespace

ours = namespace("07_backpropagation")
SHAPES = ((4, 3, 2), (1, 2, 3), (3, 3, 3), (5, 1, 4))


@pytest.mark.parametrize("m, n, k", SHAPES)
def test_linear_layer_against_autograd_and_complex_steps(m, n, k):
    rng = np.random.default_rng([m, n, k])
    X, W, b, u = rng.normal(size=(m, n)), rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=(m, k))
    Y, cache = ours["linear_forward"](X, W, b)
    np.testing.assert_allclose(Y, np.einsum("mn,nk->mk", X, W) + b, rtol=1e-12, atol=1e-13)
    grads = ours["linear_backward"](u, cache)
    loss = lambda X, W, b: anp.sum(u * (anp.dot(X, W) + b))
    for i, (given, array) in enumerate(zip(grads, (X, W, b))):
        np.testing.assert_allclose(given, autograd.grad(loss, i)(X, W, b), rtol=1e-12, atol=1e-13)
        V = rng.normal(size=array.shape)
        moved = [a + 1e-30j * V if j == i else a for j, a in enumerate((X, W, b))]
        slope = np.sum(u * (moved[0] @ moved[1] + moved[2])).imag / 1e-30
        assert np.sum(given * V) == pytest.approx(slope, rel=1e-11, abs=1e-12)


def test_activations_against_autograd_and_sympy():
    rng = np.random.default_rng(3)
    Z, u = rng.normal(size=(4, 3)) * 2, rng.normal(size=(4, 3))
    z = sympy.Symbol("z")
    for name, function, formula in (
        ("sigmoid", lambda Z: 1 / (1 + anp.exp(-Z)), 1 / (1 + sympy.exp(-z))),
        ("tanh", anp.tanh, sympy.tanh(z)),
        ("relu", lambda Z: anp.maximum(Z, 0), (z + sympy.sqrt(z**2)) / 2),
    ):
        A, cache = ours[f"{name}_forward"](Z)
        dZ = ours[f"{name}_backward"](u, cache)
        np.testing.assert_allclose(A, function(Z), rtol=1e-12)
        np.testing.assert_allclose(dZ, autograd.grad(lambda Z, f=function: anp.sum(u * f(Z)))(Z), rtol=1e-11, atol=1e-14)
        slope = sympy.diff(formula, z)
        exact = [[float(slope.subs(z, float(v)).evalf(30)) for v in row] for row in Z]
        np.testing.assert_allclose(dZ, u * exact, rtol=1e-11, atol=1e-14)


def test_the_sigmoid_far_out_against_sympy():
    for v in (-1000.0, -745.0, -40.0, 40.0, 709.5, 1000.0):
        exact = float((1 / (1 + sympy.exp(-sympy.Float(v, 40)))).evalf(40))
        assert ours["sigmoid_forward"](np.array([v]))[0][0] == pytest.approx(exact, rel=1e-13, abs=1e-300)


def test_losses_against_autograd_and_sympy():
    rng = np.random.default_rng(4)
    for m in (1, 3, 6):
        z, y = rng.normal(size=m) * 3, rng.integers(0, 2, size=m).astype(float)
        naive = lambda z, y=y: -anp.mean(y * anp.log(1 / (1 + anp.exp(-z))) + (1 - y) * anp.log(1 - 1 / (1 + anp.exp(-z))))
        loss, dz = ours["bce_with_logits"](z, y)
        assert loss == pytest.approx(float(naive(z)), rel=1e-10)
        np.testing.assert_allclose(dz, autograd.grad(naive)(z), rtol=1e-9, atol=1e-13)
    for m, C in ((2, 3), (5, 4)):
        Z, y = rng.normal(size=(m, C)) * 2, rng.integers(0, C, size=m)
        naive = lambda Z, m=m, y=y: -anp.mean(anp.log((anp.exp(Z) / anp.sum(anp.exp(Z), axis=1, keepdims=True))[anp.arange(m), y]))
        loss, dZ = ours["softmax_cross_entropy"](Z, y)
        assert loss == pytest.approx(float(naive(Z)), rel=1e-11)
        np.testing.assert_allclose(dZ, autograd.grad(naive)(Z), rtol=1e-10, atol=1e-14)
    s = sympy.Symbol("s", real=True)
    label = sympy.Symbol("y", real=True)
    formula = sympy.log(1 + sympy.exp(s)) - label * s
    for v, t in rng.normal(size=(5, 2)):
        t = float(t > 0)
        loss, dz = ours["bce_with_logits"](np.array([v]), np.array([t]))
        assert loss == pytest.approx(float(formula.subs({s: v, label: t})), rel=1e-12)
        assert dz[0] == pytest.approx(float(sympy.diff(formula, s).subs({s: v, label: t})), rel=1e-12)
    Z = [sympy.Symbol(f"z{k}", real=True) for k in range(3)]
    row = sympy.log(sum(map(sympy.exp, Z))) - Z[1]
    values = {k: v for k, v in zip(Z, (0.3, -1.2, 0.8))}
    np.testing.assert_allclose(
        ours["softmax_cross_entropy"](np.array([[0.3, -1.2, 0.8]]), np.array([1]))[1][0],
        [float(sympy.diff(row, k).subs(values)) for k in Z],
        rtol=1e-12,
    )


def _network(rng, m, n, H):
    params = {"W1": rng.normal(size=(n, H)), "b1": rng.normal(size=H), "W2": rng.normal(size=(H, 1)), "b2": rng.normal(size=1)}
    return params, rng.normal(size=(m, n)), rng.integers(0, 2, size=m).astype(float)


def _loss(params, X, y, np=anp):
    z = (np.dot(np.tanh(np.dot(X, params["W1"]) + params["b1"]), params["W2"]) + params["b2"])[:, 0]
    return np.mean(np.log(1 + np.exp(z)) - y * z)


@pytest.mark.parametrize("m, n, H", SHAPES)
def test_the_network_against_autograd_and_complex_steps(m, n, H):
    params, X, y = _network(np.random.default_rng([m, n, H]), m, n, H)
    z, cache = ours["fnn_forward"](params, X)
    grads = ours["fnn_backward"](params, cache, y)
    assert ours["bce_with_logits"](z, y)[0] == pytest.approx(float(_loss(params, X, y)), rel=1e-12)
    exact = autograd.grad(_loss)(params, X, y)
    for name in params:
        np.testing.assert_allclose(grads[name], exact[name], rtol=1e-10, atol=1e-14)
        for k in range(params[name].size):
            moved = params[name].astype(complex)
            moved.flat[k] += 1e-30j
            assert grads[name].flat[k] == pytest.approx(_loss({**params, name: moved}, X, y, np).imag / 1e-30, rel=1e-10, abs=1e-14)
    Z = X @ params["W1"] + params["b1"]
    tail = lambda A: anp.mean(
        anp.log(1 + anp.exp((anp.dot(A, params["W2"]) + params["b2"])[:, 0])) - y * (anp.dot(A, params["W2"]) + params["b2"])[:, 0]
    )
    np.testing.assert_allclose(grads["A"], autograd.grad(tail)(np.tanh(Z)), rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(grads["Z"], autograd.grad(lambda Z: tail(anp.tanh(Z)))(Z), rtol=1e-10, atol=1e-14)


def test_gradcheck_clears_autograd_and_measures_what_is_planted():
    params, X, y = _network(np.random.default_rng(9), 4, 3, 2)
    exact = autograd.grad(_loss)(params, X, y)
    errors = ours["gradcheck"](lambda p: _loss(p, X, y), params, exact)
    assert max(errors.values()) < 1e-7
    errors = ours["gradcheck"](lambda p: _loss(p, X, y), params, {**exact, "b1": -exact["b1"], "W2": 2 * exact["W2"]})
    assert errors["b1"] == pytest.approx(2, abs=1e-6) and errors["W2"] == pytest.approx(0.5, abs=1e-6)
    assert max(errors["W1"], errors["b2"]) < 1e-7


def test_gradcheck_says_nan_where_it_compared_nothing():
    """Raw flippers have so steep a bowl that every slope looks like a corner at first; divided by a number, none does, and a flipped sign shows."""
    rng = np.random.default_rng(4)
    x, y = rng.uniform(170, 230, 50), rng.uniform(2700, 6300, 50)
    loss = lambda p: np.mean((p["w"] * x - y) ** 2)
    params, exact = {"w": np.array(3.0)}, {"w": np.mean(2 * (3.0 * x - y) * x)}
    for grads in exact, {"w": -exact["w"]}:
        assert np.isnan(ours["gradcheck"](loss, params, grads)["w"])
    scale = loss(params)
    for sign, error in ((1, 0), (-1, 2)):
        scaled = ours["gradcheck"](lambda p: loss(p) / scale, params, {"w": sign * exact["w"] / scale})
        assert scaled["w"] == pytest.approx(error, abs=1e-7)


def test_nudge_moves_what_numpy_says():
    params = {"W": np.arange(6.0).reshape(2, 3), "b": np.array([1, 2])}
    for k in range(6):
        given = ours["nudge"](params, "W", k, 0.25)["W"] - params["W"]
        assert given[np.unravel_index(k, (2, 3))] == 0.25 and np.count_nonzero(given) == 1
    assert ours["nudge"](params, "b", 1, 0.5)["b"].tolist() == [1, 2.5]


def test_the_repair_and_whose_gradient_it_was_against_autograd():
    rng = np.random.default_rng(5)
    X, y, W1, W2 = rng.normal(size=(4, 2)), np.array([0.0, 1, 1, 0]), rng.normal(size=(2, 3)), rng.normal(size=(3, 1))
    s = lambda W1, W2: 1 / (1 + anp.exp(-anp.dot(1 / (1 + anp.exp(-anp.dot(X, W1))), W2)[:, 0]))
    bce = lambda W1, W2: -anp.sum(y * anp.log(s(W1, W2)) + (1 - y) * anp.log(1 - s(W1, W2)))
    sse = lambda W1, W2: 0.5 * anp.sum((s(W1, W2) - y) ** 2)
    for i in (0, 1):
        np.testing.assert_allclose(ours["repaired_backward"](X, y, W1, W2)[i], autograd.grad(bce, i)(W1, W2), rtol=1e-10)
        np.testing.assert_allclose(ours["published_backward"](X, y, W1, W2)[i], autograd.grad(sse, i)(W1, W2), rtol=1e-10)
    assert ours["whose_gradient"]() == "c"


def test_symmetry_against_autograd_after_a_hundred_steps():
    rng = np.random.default_rng(6)
    params, X, y = _network(rng, 6, 2, 4)
    groups = [0, 1, 0, 1]
    params |= {"W1": params["W1"][:, groups], "b1": params["b1"][groups], "W2": params["W2"][groups]}
    assert ours["symmetry_report"](params, X, y).tolist() == groups
    for _ in range(100):
        exact = autograd.grad(_loss)(params, X, y)
        params = {name: params[name] - 0.1 * exact[name] for name in params}
    np.testing.assert_allclose(params["W1"], params["W1"][:, groups], rtol=1e-12)


def test_the_order_of_a_training_step_runs_in_that_order():
    m, eta = 3, 0.1
    rng = np.random.default_rng(8)
    params, X, y = _network(rng, m, 2, 4)
    lines = {
        "A": "s = sigmoid(z)", "B": "dZ = dA * (1 - A**2)", "C": "A = np.tanh(X @ W1 + b1)", "D": "W1 = W1 - eta * dW1",
        "E": "dA = ((s - y) / m)[:, None] @ W2.T", "F": "dW1 = X.T @ dZ", "G": "z = (A @ W2 + b2)[:, 0]",
    }  # fmt: skip
    names = {**params, "X": X, "y": y, "m": m, "eta": eta, "np": np, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}
    for letter in ours["order_the_backward"]():
        exec(lines[letter], names)
    np.testing.assert_allclose(names["W1"], params["W1"] - eta * autograd.grad(_loss)(params, X, y)["W1"], rtol=1e-12)
    assert ours["what_backprop_does"]() == "c"


def test_slopes_and_jumps_are_those_of_autograd_and_of_a_corner():
    params, X, y = _network(np.random.default_rng(5), 4, 3, 2)
    slopes, jumps = ours["slopes_and_jumps"](lambda p: _loss(p, X, y), params, "W1", [4, 0, 2], 1e-5)
    np.testing.assert_allclose(slopes, autograd.grad(_loss)(params, X, y)["W1"].ravel()[[4, 0, 2]], atol=1e-8)
    assert jumps.max() < 1e-3
    _, jumps = ours["slopes_and_jumps"](lambda p: float(np.sum(np.maximum(p["b"], 0) * [1.0, -3.0])), {"b": np.zeros(2)}, "b", [1, 0], 1e-5)
    np.testing.assert_allclose(jumps, [3.0, 1.0])
