"""The references of lesson 08 against the autograd package, SymPy and complex steps: none of them is ours."""

import itertools

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy
from reference import namespace

ours = namespace("08_automatic_differentiation")
Value, Tensor, Dual = ours["Value"], ours["Tensor"], ours["Dual"]


@pytest.fixture(autouse=True)
def _operators():
    """The class with the reference's operators, and without them afterwards."""
    before = dict(vars(Value))
    ours["operators"](Value)
    yield
    for name in set(vars(Value)) - set(before):
        delattr(Value, name)


def _gradient(f, *numbers):
    leaves = [Value(number) for number in numbers]
    root = f(*leaves)
    ours["backward"](root)
    return root.data, [leaf.grad for leaf in leaves]


x_, y_ = sympy.symbols("x y", positive=True)
EXPRESSIONS = {
    "arithmetic": (lambda x, y: (x * y + x) ** 2 - 3 / x + y / (2 - x) - -y, lambda x, y: (x * y + x) ** 2 - 3 / x + y / (2 - x) - -y),
    "functions": (
        lambda x, y: ours["tanh"](x * y) * ours["exp"](y - x) / ours["log"](x + 2),
        lambda x, y: sympy.tanh(x * y) * sympy.exp(y - x) / sympy.log(x + 2),
    ),
    "shared": (lambda x, y: (lambda u: u * u + u * x - u)(x * x * y + y), lambda x, y: (lambda u: u * u + u * x - u)(x * x * y + y)),
    "relu": (
        lambda x, y: ours["relu"](x - y) * x + ours["relu"](y - x) * y,
        lambda x, y: sympy.Max(x - y, 0) * x + sympy.Max(y - x, 0) * y,
    ),
    "powers": (lambda x, y: x**0.5 * y**-3 + 2 * x**3, lambda x, y: sympy.sqrt(x) * y**-3 + 2 * x**3),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_values_against_sympy(name):
    f, F = EXPRESSIONS[name]
    formula = F(x_, y_)
    rng = np.random.default_rng(2)
    for x, y in rng.uniform(0.3, 1.8, size=(8, 2)):
        data, grads = _gradient(f, x, y)
        assert data == pytest.approx(float(formula.subs({x_: x, y_: y})), rel=1e-11, abs=1e-12)
        exact = [float(sympy.diff(formula, symbol).subs({x_: x, y_: y})) for symbol in (x_, y_)]
        assert grads == pytest.approx(exact, rel=1e-10, abs=1e-11)


def test_values_against_complex_steps():
    f = lambda x, y: (x * y + x) ** 2 - 3 / x + y / (2 - x)
    rng = np.random.default_rng(3)
    for x, y in rng.uniform(0.3, 1.8, size=(20, 2)):
        _, grads = _gradient(f, x, y)
        steps = [f(x + 1e-30j, y).imag / 1e-30, f(x, y + 1e-30j).imag / 1e-30]
        assert grads == pytest.approx(steps, rel=1e-11, abs=1e-12)


def _ways(nodes, parents, node):
    """Every way from a node to a node before it, with its product of slopes."""
    return [(node, 1.0)] + [(leaf, s * w) for k, s in zip(parents[node], nodes[node].slopes) for leaf, w in _ways(nodes, parents, k)]


def test_random_graphs_against_all_their_ways():
    """The gradient is the sum over all ways of the product of slopes: enumerated here, for small graphs."""
    rng = np.random.default_rng(4)
    for _ in range(20):
        nodes, parents = [Value(0), Value(0)], [[], []]
        for _ in range(5):
            used = rng.integers(0, len(nodes), size=2)
            nodes.append(Value(0, [nodes[k] for k in used], rng.normal(size=2)))
            parents.append(list(used))
        ways = _ways(nodes, parents, len(nodes) - 1)
        ours["backward"](nodes[-1])
        ours["backward"](nodes[-1])
        for k, group in itertools.groupby(sorted(ways, key=lambda way: way[0]), key=lambda way: way[0]):
            total = sum(weight for _, weight in group)
            assert nodes[k].grad == pytest.approx(total if nodes[k].parents else 2 * total, rel=1e-10, abs=1e-12)
        order = ours["topological_order"](nodes[-1])
        assert len(set(map(id, order))) == len(order)
        assert all(order.index(parent) < order.index(node) for node in order for parent in node.parents)
        ours["zero_grad"](nodes[-1])
        assert all(node.grad == 0 for node in order)


def _tensor_gradient(f, *arrays):
    leaves = [Tensor(array) for array in arrays]
    root = f(*leaves)
    ours["backward"](root)
    return float(root.data), [leaf.grad for leaf in leaves]


C = np.random.default_rng(5).normal(size=(3, 4))
T = lambda name: ours[name]
each = lambda f, fprime: lambda a: ours["elementwise"](a, f, fprime)
tanh, exp = each(np.tanh, lambda v: 1 - np.tanh(v) ** 2), each(np.exp, np.exp)
TENSORS = {
    "add": (lambda a, b: T("tensor_sum")(T("tensor_mul")(Tensor(C), exp(T("tensor_add")(a, b)))), lambda a, b: anp.sum(C * anp.exp(a + b)), ((3, 4), (4,))),
    "mul": (lambda a, b: T("tensor_sum")(T("tensor_mul")(Tensor(C), tanh(T("tensor_mul")(a, b)))), lambda a, b: anp.sum(C * anp.tanh(a * b)), ((3, 1), (1, 4))),
    "matmul": (lambda a, b: T("tensor_sum")(T("tensor_mul")(Tensor(C), tanh(T("tensor_matmul")(a, b)))), lambda a, b: anp.sum(C * anp.tanh(anp.dot(a, b))), ((3, 2), (2, 4))),
    "sum": (lambda a, b: T("tensor_mean")(tanh(T("tensor_mul")(T("tensor_sum")(a, 1), b))), lambda a, b: anp.mean(anp.tanh(anp.sum(a, axis=1) * b)), ((3, 5), (3,))),
    "keepdims": (lambda a, b: T("tensor_sum")(tanh(T("tensor_mul")(T("tensor_sum")(a, -1, True), b))), lambda a, b: anp.sum(anp.tanh(anp.sum(a, axis=-1, keepdims=True) * b)), ((3, 5), (3, 2))),
    "mean": (lambda a, b: T("tensor_sum")(exp(T("tensor_mul")(T("tensor_mean")(a, 0), b))), lambda a, b: anp.sum(anp.exp(anp.mean(a, axis=0) * b)), ((4, 3), (3,))),
    "reshape": (lambda a, b: T("tensor_sum")(tanh(T("tensor_mul")(T("tensor_reshape")(a, (2, 6)), b))), lambda a, b: anp.sum(anp.tanh(anp.reshape(a, (2, 6)) * b)), ((4, 3), (2, 6))),
    "transpose": (lambda a, b: T("tensor_sum")(tanh(T("tensor_mul")(T("tensor_transpose")(a, (1, 2, 0)), b))), lambda a, b: anp.sum(anp.tanh(anp.transpose(a, (1, 2, 0)) * b)), ((2, 3, 4), (3, 4, 2))),
}  # fmt: skip


@pytest.mark.parametrize("name", TENSORS)
def test_tensors_against_autograd_and_complex_steps(name):
    f, plain, shapes = TENSORS[name]
    rng = np.random.default_rng(6)
    for _ in range(5):
        arrays = [rng.normal(size=shape) for shape in shapes]
        value, grads = _tensor_gradient(f, *arrays)
        assert value == pytest.approx(float(plain(*arrays)), rel=1e-11)
        for i, (given, array) in enumerate(zip(grads, arrays)):
            np.testing.assert_allclose(given, autograd.grad(plain, i)(*arrays), rtol=1e-10, atol=1e-12)
            V = rng.normal(size=array.shape)
            moved = [a + 1e-30j * V if k == i else a for k, a in enumerate(arrays)]
            assert np.sum(given * V) == pytest.approx(plain(*moved).imag / 1e-30, rel=1e-9, abs=1e-11)


def test_unbroadcast_is_the_adjoint_of_broadcasting():
    rng = np.random.default_rng(7)
    for small, big in (((4,), (3, 4)), ((2, 1), (2, 3)), ((), (2, 3)), ((3, 1), (2, 3, 4)), ((1, 1), (5, 2)), ((2, 3), (2, 3))):
        for _ in range(5):
            V, G = rng.normal(size=small), rng.normal(size=big)
            given = ours["unbroadcast"](G, small)
            assert given.shape == small
            assert np.sum(given * V) == pytest.approx(np.sum(G * np.broadcast_to(V, big)), rel=1e-11, abs=1e-12)
            exact = autograd.grad(lambda v, G=G, big=big: anp.sum(G * (v + anp.zeros(big))))(V)
            np.testing.assert_allclose(given, exact, rtol=1e-11, atol=1e-13)


def test_the_network_against_autograd_and_lesson_07():
    seven = namespace("07_backpropagation")
    rng = np.random.default_rng(8)
    for m, n, H in ((4, 3, 2), (1, 2, 3), (6, 2, 5)):
        params = {"W1": rng.normal(size=(n, H)), "b1": rng.normal(size=H), "W2": rng.normal(size=(H, 1)), "b2": rng.normal(size=1)}
        X, y = rng.normal(size=(m, n)), rng.integers(0, 2, size=m).astype(float)

        def loss(p, X=X, y=y):
            z = (anp.dot(anp.tanh(anp.dot(X, p["W1"]) + p["b1"]), p["W2"]) + p["b2"])[:, 0]
            return anp.mean(anp.log(1 + anp.exp(z)) - y * z)

        value, grads = ours["engine_gradients"](params, X, y)
        assert value == pytest.approx(float(loss(params)), rel=1e-12)
        exact = autograd.grad(loss)(params)
        by_hand = seven["fnn_backward"](params, seven["fnn_forward"](params, X)[1], y)
        for name in params:
            np.testing.assert_allclose(grads[name], exact[name], rtol=1e-10, atol=1e-14)
            np.testing.assert_allclose(grads[name], by_hand[name], rtol=1e-10, atol=1e-15)


def test_duals_against_autograd_and_complex_steps():
    rng = np.random.default_rng(9)
    apply, mul, add = ours["dual_apply"], ours["dual_mul"], ours["dual_add"]
    f = lambda q: [mul(q[0], apply(q[1], np.cos, lambda t: -np.sin(t))), add(mul(mul(q[0], q[1]), 2.0), apply(q[2], np.exp, np.exp)), 3.0]
    plain = lambda q, np=anp: np.array([q[0] * np.cos(q[1]), 2 * q[0] * q[1] + np.exp(q[2]), 3.0 + 0 * q[0]])
    for _ in range(10):
        x, v = rng.normal(size=3), rng.normal(size=3)
        given = ours["dual_jvp"](f, x, v)
        np.testing.assert_allclose(given, autograd.jacobian(plain)(x) @ v, rtol=1e-11, atol=1e-12)
        np.testing.assert_allclose(given, plain(x + 1e-30j * v, np).imag / 1e-30, rtol=1e-11, atol=1e-12)


def test_the_letters():
    assert (ours["warm_up_upstream"](), ours["which_line_is_wrong"]()) == ("d", "d")


def test_checkpoints_counted_by_a_chain_that_counts_itself():
    """Layers are called, values are put on a shelf and taken off; the slope that comes out is SymPy's."""
    x_ = sympy.symbols("x")
    for n, keep in ((4, 2), (9, 3), (10, 4), (7, 7), (6, 1), (5, 9), (13, 5)):
        calls, shelf, most = [0], {}, [0]

        def layer(value, calls=calls):
            calls[0] += 1
            return np.sin(value) + 0.5

        def hold(place, value, shelf=shelf, most=most):
            shelf[place] = value
            most[0] = max(most[0], len(shelf))

        value = 0.3
        for place in range(n):
            if place % keep == 0:
                hold(place, value)
            value = layer(value)
        slope = 1.0
        for start in reversed(range(0, n, keep)):
            for place in range(start, min(start + keep, n) - 1):
                hold(place + 1, layer(shelf[place]))
            for place in reversed(range(start, min(start + keep, n))):
                slope *= np.cos(shelf.pop(place))
        nested = x_
        for _ in range(n):
            nested = sympy.sin(nested) + sympy.Rational(1, 2)
        assert slope == pytest.approx(float(nested.diff(x_).subs(x_, 0.3)), rel=1e-12)
        assert ours["checkpoint_cost"](n, keep) == (most[0], calls[0])


def test_products_with_the_hessian_against_sympy():
    x_ = sympy.symbols("x0:3")
    f = sympy.exp(x_[0] * x_[1]) + x_[2] ** 3 * x_[0] + sympy.sin(x_[1] * x_[2])
    gradient = sympy.lambdify(x_, [sympy.diff(f, s) for s in x_], "numpy")
    hessian = sympy.lambdify(x_, sympy.hessian(f, x_), "numpy")
    rng = np.random.default_rng(3)
    for _ in range(5):
        x, v = rng.normal(size=3), rng.normal(size=3)
        given = ours["forward_over_reverse"](lambda x: np.array(gradient(*x)), x, v)
        np.testing.assert_allclose(given, np.array(hessian(*x), float) @ v, rtol=1e-11, atol=1e-12)


def test_a_derivative_swells_because_repeated_parts_are_written_out():
    """SymPy's own derivative, written out as a tree and with every part once: the first more than doubles with each step, the second grows like a square."""
    x = sympy.symbols("x")
    formula, written, shared = x, [], []
    for _ in range(6):
        formula = 4 * formula * (1 - formula)
        slope = formula.diff(x)
        written.append(sympy.count_ops(slope))
        parts, ends = sympy.cse([formula, slope])
        shared.append(sum(sympy.count_ops(part) for _, part in parts) + sum(map(sympy.count_ops, ends)))
    assert all(more > 2 * less for less, more in zip(written[1:], written[2:]))
    grown = [more - less for less, more in zip(shared, shared[1:])]
    assert all(later - sooner <= 8 for sooner, later in zip(grown, grown[1:]))
    assert ours["why_it_swells"]() == "c"
