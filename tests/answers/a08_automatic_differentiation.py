"""Correct answers to lesson 08, written differently from the reference.

The classes and the helpers `lift` and `dual` are the lesson's own: these answers find them in the reference's notebook.
"""

import math
from collections import deque
from functools import reduce

import numpy as np
from reference import namespace

_given = namespace("08_automatic_differentiation")
Value, Tensor, Dual, lift, dual = (_given[name] for name in ("Value", "Tensor", "Dual", "lift", "dual"))


def _data(x):
    return x.data if isinstance(x, Value) else float(x)


def _values(*pairs):
    return tuple(zip(*((x, slope) for x, slope in pairs if isinstance(x, Value)))) or ((), ())


def add_without_lift(a, b):
    parents, slopes = _values((a, 1), (b, 1))
    return Value(_data(a) + _data(b), parents, slopes)


def add_in_lists(a, b):
    a, b = (x if hasattr(x, "data") else Value(x) for x in (a, b))
    return Value(math.fsum([a.data, b.data]), [a, b], np.ones(2))


def add_by_difference(a, b):
    if not isinstance(b, Value):
        return Value(a.data - -b, (a,), (1.0,))
    return Value(b.data - -lift(a).data, (b, lift(a)), (1, 1))


def mul_without_lift(a, b):
    parents, slopes = _values((a, _data(b)), (b, _data(a)))
    return Value(_data(a) * _data(b), parents, slopes)


def mul_in_other_order(a, b):
    b, a = lift(b), lift(a)
    return Value(b.data * a.data, [b, a], [a.data, b.data])


def mul_of_the_same(a, b):
    if a is b:
        return Value(a.data**2, (a,), (2 * a.data,))
    return mul_without_lift(a, b)


def power_by_pow(a, n):
    return Value(math.pow(a.data, n), [a], [n * math.pow(a.data, n - 1)])


def power_by_numpy(a, n):
    x = np.float64(a.data)
    return Value(x**n, (a,), np.array([n * x ** (n - 1.0)]))


def power_of_zero_apart(a, n):
    if a.data == 0:
        return Value(0.0**n, (a,), (float(n == 1),))
    whole = a.data**n
    return Value(whole, (a,), (whole * n / a.data,))


def operators_by_def(cls):
    add, mul, power = (_given[name] for name in ("add", "mul", "power"))

    def __sub__(self, other):
        return add(self, -lift(other))

    def __rsub__(self, other):
        return add(-self, other)

    def __truediv__(self, other):
        return mul(self, lift(other) ** -1)

    def __rtruediv__(self, other):
        return mul(other, self**-1)

    cls.__pow__, cls.__neg__ = power, lambda self: mul(-1.0, self)
    cls.__add__, cls.__radd__ = add, lambda self, other: add(other, self)
    cls.__mul__, cls.__rmul__ = mul, lambda self, other: mul(other, self)
    cls.__sub__, cls.__rsub__, cls.__truediv__, cls.__rtruediv__ = __sub__, __rsub__, __truediv__, __rtruediv__
    return cls


def operators_by_setattr(cls):
    def two(name, data, left, right):
        def forward(a, b):
            a, b = lift(a), lift(b)
            return Value(data(a.data, b.data), (a, b), (left(a.data, b.data), right(a.data, b.data)))

        setattr(cls, f"__{name}__", forward)
        setattr(cls, f"__r{name}__", lambda a, b: forward(b, a))

    two("add", lambda x, y: x + y, lambda x, y: 1, lambda x, y: 1)
    two("sub", lambda x, y: x - y, lambda x, y: 1, lambda x, y: -1)
    two("mul", lambda x, y: x * y, lambda x, y: y, lambda x, y: x)
    two("truediv", lambda x, y: x / y, lambda x, y: 1 / y, lambda x, y: -x / y**2)
    cls.__neg__ = lambda a: Value(-a.data, (a,), (-1,))
    cls.__pow__ = _given["power"]
    return cls


def operators_from_each_other(cls):
    add, mul, power = (_given[name] for name in ("add", "mul", "power"))
    cls.__add__ = cls.__radd__ = add
    cls.__mul__ = cls.__rmul__ = mul
    cls.__pow__ = lambda a, n: power(a, n)
    cls.__neg__ = lambda a: a * -1
    cls.__sub__ = lambda a, b: a + (-b)
    cls.__rsub__ = lambda a, b: -(a - b)
    cls.__truediv__ = lambda a, b: a * b**-1
    cls.__rtruediv__ = lambda a, b: b * a**-1
    return cls


def _of_one(value, slope):
    return lambda a: Value(value(a.data), [a], [slope(a.data)])


def order_recursion_unrolled(root):
    order, seen = [], {id(root)}
    stack = [(root, iter(root.parents))]
    while stack:
        node, rest = stack[-1]
        for parent in rest:
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            order.append(node)
            stack.pop()
    return tuple(order)


def order_by_counting(root):
    """Kahn's way: from the root, a node is free when all its children are done."""
    children, waiting, seen = {}, deque([root]), {id(root)}
    while waiting:
        for parent in waiting.popleft().parents if waiting else ():
            children[id(parent)] = children.get(id(parent), 0) + 1
            if id(parent) not in seen:
                seen.add(id(parent))
                waiting.append(parent)
    order, free = [], [root]
    while free:
        node = free.pop()
        order.append(node)
        for parent in node.parents:
            children[id(parent)] -= 1
            if children[id(parent)] == 0:
                free.append(parent)
    return order[::-1]


def order_by_depth(root):
    """Sorted by the longest way to a leaf."""
    depth, stack = {}, [root]
    while stack:
        node = stack[-1]
        missing = [parent for parent in node.parents if parent not in depth]
        if missing:
            stack += missing
        else:
            depth[stack.pop()] = 1 + max((depth[parent] for parent in node.parents), default=0)
    return sorted(depth, key=depth.get)


def backward_into_a_dict(root):
    grads = {id(root): 1.0}
    for node in reversed(order_by_counting(root)):
        grad = grads.get(id(node), 0.0)
        for parent, piece in zip(node.parents, node.pull(grad)):
            grads[id(parent)] = grads.get(id(parent), 0.0) + piece
        node.grad = grad if node.parents else node.grad + grad


def backward_from_the_children(root):
    order = order_by_depth(root)
    inner = [node for node in order if node.parents]
    for node in inner:
        node.grad = 0
    root.grad += 1
    for node in inner[::-1]:
        pieces = node.pull(node.grad)
        for k in range(len(pieces)):
            node.parents[k].grad += pieces[k]


def backward_returning_the_root(root):
    nodes = order_recursion_unrolled(root)[::-1]
    kept = [0.0 if node.parents else node.grad for node in nodes]
    for node in nodes:
        node.grad = 0.0
    nodes[0].grad = 1.0
    for node in nodes:
        for parent, piece in zip(node.parents, node.pull(node.grad)):
            parent.grad = parent.grad + piece
    for node, before in zip(nodes, kept):
        node.grad = node.grad + before
    return root


def backward_in_arrays(root):
    order = order_recursion_unrolled(root)
    for node in order:
        if node.parents:
            node.grad = np.zeros_like(node.data)
    root.grad = root.grad + np.ones_like(root.data)
    for node in order[::-1]:
        for parent, piece in zip(node.parents, node.pull(node.grad)):
            parent.grad = parent.grad + piece


def zero_by_walking(root):
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            node.grad = 0
            waiting.extend(node.parents)


def zero_by_products(root):
    for node in order_by_depth(root):
        node.grad *= 0.0


def unbroadcast_axis_by_axis(G, shape):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for axis, length in enumerate(shape):
        if length != G.shape[axis]:
            G = G.sum(axis=axis, keepdims=True)
    return G


def unbroadcast_by_padding(G, shape):
    padded = (1,) * (np.ndim(G) - len(shape)) + tuple(shape)
    axes = tuple(k for k in range(len(padded)) if padded[k] == 1)
    return np.sum(G, axis=axes, keepdims=True).reshape(shape)


def unbroadcast_by_places(G, shape):
    out = np.zeros(shape)
    for index in np.ndindex(G.shape):
        place = index[len(index) - len(shape) :]
        out[tuple(0 if n == 1 else k for k, n in zip(place, shape))] += G[index]
    return out


def sum_by_ones(a, axis=None, keepdims=False):
    def pull(g):
        shape = list(a.data.shape)
        if axis is None:
            shape = [1] * len(shape)
        else:
            shape[axis] = 1
        return [np.ones_like(a.data) * np.reshape(g, shape)]

    return Tensor(np.sum(a.data, axis, keepdims=keepdims), [a], pull)


def sum_by_repeat(a, axis=None, keepdims=False):
    def pull(g):
        if axis is None:
            return (np.full(a.data.shape, float(g)),)
        g = g if keepdims else np.expand_dims(g, axis)
        return (np.repeat(g, a.data.shape[axis], axis=axis),)

    return Tensor(a.data.sum(axis=axis, keepdims=keepdims), (a,), pull)


def sum_by_moving(a, axis=None, keepdims=False):
    if axis is None:
        return Tensor(a.data.sum(), (a,), lambda g: (g + np.zeros(a.data.shape),))
    out = np.moveaxis(a.data, axis, 0)
    back = lambda g: (np.moveaxis(np.stack([np.squeeze(g, axis) if keepdims else g] * len(out)), 0, axis),)
    return Tensor(np.expand_dims(reduce(np.add, out), axis) if keepdims else reduce(np.add, out), (a,), back)


def mean_by_parts(a, axis=None):
    n = a.data.size if axis is None else a.data.shape[axis]
    return Tensor(np.mean(a.data, axis), (a,), lambda g: (np.ones(a.data.shape) / n * (g if axis is None else np.expand_dims(g, axis)),))


def mean_by_numpy(a, axis=None):
    share = 1 / (a.data.size / a.data.mean(axis).size)
    return Tensor(
        a.data.mean(axis),
        (a,),
        lambda g: (np.broadcast_to(share * np.asarray(g if axis is None else np.expand_dims(g, axis)), a.data.shape),),
    )


def mean_by_repeat(a, axis=None):
    if axis is None:
        return Tensor(a.data.sum() / a.data.size, (a,), lambda g: (np.full_like(a.data, g / a.data.size),))
    n = a.data.shape[axis]
    return Tensor(a.data.sum(axis) / n, (a,), lambda g: (np.repeat(np.expand_dims(g / n, axis), n, axis),))


def mean_of_shares(a, axis=None):
    n = a.data.size if axis is None else a.data.shape[axis]
    return _given["tensor_sum"](_given["tensor_mul"](a, Tensor(np.full(a.data.shape, 1.0 / n))), axis)


def mean_as_a_scaled_sum(a, axis=None):
    total = _given["tensor_sum"](a, axis)
    return _given["tensor_mul"](total, Tensor(total.data.size / a.data.size))


def add_by_places(a, b):
    return Tensor(a.data + b.data, [a, b], lambda g: [unbroadcast_by_places(g, a.data.shape), unbroadcast_by_places(g, b.data.shape)])


def tensor_mul_by_places(a, b):
    return Tensor(
        a.data * b.data,
        [b, a],
        lambda g: [unbroadcast_by_places(g * a.data, b.data.shape), unbroadcast_by_places(b.data * g, a.data.shape)],
    )


def inverse_order(axes):
    inverse = [0] * len(axes)
    for k, axis in enumerate(axes):
        inverse[axis] = k
    return inverse


def engine_by_values(params, X, y):
    """The same network of Values instead of Tensors, one number at a time."""
    add, mul, tanh, exp, log = (_given[name] for name in ("add", "mul", "tanh", "exp", "log"))
    p = {name: np.array([Value(v) for v in array.ravel()], dtype=object).reshape(array.shape) for name, array in params.items()}
    total = Value(0)
    for row, label in zip(X, y):
        z = p["b2"][0]
        for j in range(len(p["b1"])):
            Z = p["b1"][j]
            for k, number in enumerate(row):
                Z = add(Z, mul(p["W1"][k, j], float(number)))
            z = add(z, mul(tanh(Z), p["W2"][j, 0]))
        total = add(total, add(log(add(exp(z), 1.0)), mul(z, -float(label))))
    loss = mul(total, 1 / len(y))
    _given["backward"](loss)
    return loss.data, {name: np.array([v.grad for v in array.ravel()]).reshape(array.shape) for name, array in p.items()}


def _tensor_network(params, X, y, activation):
    matmul, plus, times, each = (_given[name] for name in ("tensor_matmul", "tensor_add", "tensor_mul", "elementwise"))
    p = {name: Tensor(array) for name, array in params.items()}
    Z = plus(matmul(Tensor(X), p["W1"]), p["b1"])
    z = plus(matmul(activation(Z), p["W2"]), p["b2"])
    y = Tensor(y[:, None])
    losses = plus(
        each(z, lambda v: np.log1p(np.exp(-np.abs(v))) + np.maximum(v, 0), lambda v: 0.5 * (1 + np.tanh(v / 2))),
        times(times(Tensor(-1.0), y), z),
    )
    return p, losses


def engine_in_columns(params, X, y):
    p, losses = _tensor_network(params, X, y, lambda Z: _given["elementwise"](Z, np.tanh, lambda v: 1 / np.cosh(v) ** 2))
    loss = _given["tensor_mul"](_given["tensor_sum"](losses), Tensor(1 / len(y)))
    _given["backward"](loss)
    return loss.data, {name: tensor.grad for name, tensor in p.items()}


def engine_with_its_own_tanh(params, X, y):
    def tanh(Z):
        A = np.tanh(Z.data)
        return Tensor(A, (Z,), lambda g: (g * (1 - A * A),))

    p, losses = _tensor_network(params, X, y, tanh)
    loss = _given["tensor_mean"](_given["tensor_reshape"](losses, (len(y),)), axis=0)
    _given["backward"](loss)
    return loss.data.item(), {name: p[name].grad + 0 for name in params}


def dual_mul_by_polarisation(a, b):
    a, b = dual(a), dual(b)
    return Dual(a.data * b.data, ((a.data + a.slope) * (b.data + b.slope) - (a.data - a.slope) * (b.data - b.slope)) / 2)


def dual_mul_by_cases(a, b):
    if not isinstance(a, Dual):
        a, b = b, a
    if not isinstance(b, Dual):
        return Dual(a.data * b, a.slope * b)
    return Dual(np.float64(a.data * b.data), np.dot([a.slope, b.slope], [b.data, a.data]))


def dual_mul_by_complex_step(a, b):
    h = 1e-30
    a, b = (x.data + 1j * h * x.slope if isinstance(x, Dual) else x + 0j for x in (a, b))
    return Dual((a * b).real, (a * b).imag / h)


def jvp_in_a_loop(f, x, v):
    inputs = []
    for k in range(len(x)):
        inputs.append(Dual(float(x[k]), float(v[k])))
    return [item.slope if isinstance(item, Dual) else 0 for item in f(inputs)]


def cost_by_replay(n, keep):
    checkpoints, most, count = list(range(0, n, keep)), 0, n
    for place in range(len(checkpoints) - 1, -1, -1):
        size = min(keep, n - checkpoints[place])
        count += size - 1
        most = max(most, place + size)
    return most, count


def cost_with_divmod(n, keep):
    full, rest = divmod(n, keep)
    if not full:
        return n, 2 * n - 1
    held = max(full - 1 + keep, full + rest if rest else 0)
    return held, 2 * n - full - (rest > 0)


def cost_in_arrays(n, keep):
    starts = np.arange(0, n, keep)
    sizes = np.minimum(keep, n - starts)
    return int(np.max(np.arange(len(starts)) + sizes)), int(n + np.sum(sizes - 1))


def hvp_with_a_tiny_real_step(grad, x, v):
    h = 1e-40
    return grad(np.asarray(x, dtype=complex) + 1j * h * np.asarray(v)).imag / h


def hvp_normalised(grad, x, v):
    size = float(np.linalg.norm(v))
    return np.zeros(np.shape(x)) if size == 0 else size * np.imag(grad(x + 1e-25j * (v / size))) / 1e-25


def hvp_by_parts(grad, x, v):
    place = np.empty(np.shape(x), dtype=complex)
    place.real, place.imag = x, np.multiply(1e-30, v)
    return 1e30 * np.imag(grad(place))


ANSWERS = {
    "checkpoint_cost": [cost_by_replay, cost_with_divmod, cost_in_arrays],
    "forward_over_reverse": [hvp_with_a_tiny_real_step, hvp_normalised, hvp_by_parts],
    "why_it_swells": [lambda: "C"],
    "warm_up_upstream": [lambda: "D"],
    "add": [add_without_lift, add_in_lists, add_by_difference],
    "mul": [mul_without_lift, mul_in_other_order, mul_of_the_same],
    "power": [power_by_pow, power_by_numpy, power_of_zero_apart],
    "operators": [operators_by_def, operators_by_setattr, operators_from_each_other],
    "exp": [
        _of_one(math.exp, math.exp),
        _of_one(lambda x: math.e**x, np.exp),
        lambda a: Value(np.exp(a.data), (a,), [1 / np.exp(-a.data)]),
    ],
    "log": [
        _of_one(math.log, lambda x: x**-1),
        _of_one(np.log, np.reciprocal),
        lambda a: Value(math.log1p(a.data - 1), (a,), (1.0 / a.data,)),
    ],
    "tanh": [
        _of_one(math.tanh, lambda x: 1 / math.cosh(x) ** 2),
        _of_one(lambda x: (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1), lambda x: 4 / (np.exp(x) + np.exp(-x)) ** 2),
        lambda a: Value(np.tanh(a.data), [a], [(1 - math.tanh(a.data)) * (1 + math.tanh(a.data))]),
    ],
    "relu": [
        lambda a: Value(a.data, (a,), (1,)) if a.data > 0 else Value(0, (a,), (0,)),
        _of_one(lambda x: (x + abs(x)) / 2, lambda x: np.heaviside(x, 0.5)),
        lambda a: Value(a.data * (a.data >= 0), [a], [float(a.data >= 0)]),
    ],
    "topological_order": [order_recursion_unrolled, order_by_counting, order_by_depth],
    "backward": [backward_into_a_dict, backward_from_the_children, backward_returning_the_root, backward_in_arrays],
    "zero_grad": [
        zero_by_walking,
        zero_by_products,
        lambda root: [setattr(node, "grad", 0.0) for node in order_by_counting(root)],
    ],
    "which_line_is_wrong": [lambda: " d"],
    "unbroadcast": [unbroadcast_axis_by_axis, unbroadcast_by_padding, unbroadcast_by_places],
    "tensor_add": [
        add_by_places,
        lambda a, b: Tensor(
            np.add(a.data, b.data), (b, a), lambda g: (unbroadcast_by_padding(g, b.data.shape), unbroadcast_by_padding(g, a.data.shape))
        ),
        lambda a, b: Tensor(a.data - -b.data, (a, b), lambda g: tuple(unbroadcast_axis_by_axis(g, t.data.shape) for t in (a, b))),
    ],
    "tensor_mul": [
        tensor_mul_by_places,
        lambda a, b: Tensor(
            np.multiply(a.data, b.data),
            (a, b),
            lambda g: tuple(unbroadcast_by_padding(g * o.data, t.data.shape) for t, o in ((a, b), (b, a))),
        ),
        lambda a, b: Tensor(
            b.data * a.data,
            (a, b),
            lambda g: (unbroadcast_axis_by_axis(b.data * g, a.data.shape), unbroadcast_axis_by_axis(a.data * g, b.data.shape)),
        ),
    ],
    "tensor_matmul": [
        lambda a, b: Tensor(np.dot(a.data, b.data), [a, b], lambda g: [np.dot(g, b.data.T), np.dot(a.data.T, g)]),
        lambda a, b: Tensor(
            np.einsum("mn,nk->mk", a.data, b.data), (a, b), lambda g: (np.einsum("mk,nk->mn", g, b.data), np.einsum("mn,mk->nk", a.data, g))
        ),
        lambda a, b: Tensor((b.data.T @ a.data.T).T, (b, a), lambda g: ((g.T @ a.data).T, (b.data @ g.T).T)),
    ],
    "tensor_sum": [sum_by_ones, sum_by_repeat, sum_by_moving],
    "tensor_mean": [mean_by_parts, mean_by_numpy, mean_by_repeat, mean_of_shares, mean_as_a_scaled_sum],
    "tensor_reshape": [
        lambda a, shape: Tensor(np.reshape(a.data, shape), [a], lambda g: [np.reshape(g, np.shape(a.data))]),
        lambda a, shape: Tensor(np.ravel(a.data).reshape(shape), (a,), lambda g: (np.ravel(g).reshape(a.data.shape),)),
        lambda a, shape: Tensor(
            np.array(list(a.data.flat)).reshape(shape), (a,), lambda g: (np.array(list(g.flat)).reshape(a.data.shape),)
        ),
    ],
    "tensor_transpose": [
        lambda a, axes: Tensor(a.data.transpose(axes), [a], lambda g: [g.transpose(inverse_order(axes))]),
        lambda a, axes: Tensor(np.moveaxis(a.data, axes, range(len(axes))), (a,), lambda g: (np.moveaxis(g, range(len(axes)), axes),)),
        lambda a, axes: Tensor(np.transpose(a.data, axes), (a,), lambda g: (g.transpose([axes.index(k) for k in range(len(axes))]),)),
    ],
    "elementwise": [
        lambda a, f, fprime: Tensor(f(a.data), [a], lambda g: [np.multiply(fprime(a.data), g)]),
        lambda a, f, fprime: (lambda slope: Tensor(f(a.data), (a,), lambda g: (slope * g,)))(fprime(a.data)),
        lambda a, f, fprime: Tensor(
            np.reshape([f(v) for v in a.data.flat], a.data.shape),
            (a,),
            lambda g: (np.reshape([u * fprime(v) for u, v in zip(g.flat, a.data.flat)], g.shape),),
        ),
    ],
    "engine_gradients": [engine_by_values, engine_in_columns, engine_with_its_own_tanh],
    "dual_mul": [dual_mul_by_polarisation, dual_mul_by_cases, dual_mul_by_complex_step],
    "dual_apply": [
        lambda a, f, fprime: Dual(float(f(a.data)), float(a.slope * fprime(a.data))),
        lambda a, f, fprime: Dual(f(np.float64(a.data)), np.prod([fprime(a.data), a.slope])),
        lambda a, f, fprime: (lambda x, v: Dual(f(x), v * fprime(x)))(a.data, a.slope),
    ],
    "dual_jvp": [
        jvp_in_a_loop,
        lambda f, x, v: np.array([getattr(item, "slope", 0.0) for item in f([Dual(*pair) for pair in zip(x.tolist(), v.tolist())])]),
        lambda f, x, v: [dual(item).slope for item in f(list(map(Dual, x, v)))],
    ],
    "catch_the_overwriting": [
        lambda: ([1.0, 1.0], [[0, 0, 0]]),
        lambda: [np.array([3.0, 2.0]), np.array([[1, 0, 0], [1, 2, 1]])],
        lambda: ((1, 2), ((0, 0, 1), (1, 2, 2))),
    ],
}
