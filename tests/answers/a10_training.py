"""Correct answers to lesson 10, written differently from the reference."""

import functools
import math

import numpy as np


def standardizer_by_columns(X):
    found = [(float(np.mean(column)), float(np.std(column)) or 1.0) for column in X.T]
    return [mean for mean, _ in found], [spread for _, spread in found]


def standardizer_by_variance(X):
    scale = X.var(axis=0) ** 0.5
    scale[np.ptp(X, axis=0) == 0] = 1
    return X.mean(axis=0), scale


def standardizer_by_sums(X):
    mean = X.sum(axis=0) / len(X)
    square = ((X - mean) ** 2).sum(axis=0) / len(X)
    return mean, np.sqrt(np.where(square == 0, 1.0, square))


def standardize_with(fit):
    def standardise(X_train, X_test):
        mean, scale = map(np.asarray, fit(X_train))
        return [(X - mean) / scale for X in (X_train, X_test)]

    return standardise


def line_with_two_parameters(X, y, eta, n_steps):
    intercept, slopes = 0.0, np.zeros(X.shape[1])
    for _ in range(n_steps):
        r = intercept + X @ slopes - y
        intercept, slopes = intercept - eta * 2 * r.mean(), slopes - eta * 2 * (r @ X) / len(r)
    return np.hstack([intercept, slopes])


def line_by_normal_matrix(X, y, eta, n_steps):
    A = np.hstack([np.ones((len(X), 1)), X])
    H, b = 2 * A.T @ A / len(y), 2 * A.T @ y / len(y)
    return functools.reduce(lambda theta, _: theta - eta * (H @ theta - b), range(n_steps), np.zeros(len(b)))


def line_by_einsum(X, y, eta, n_steps):
    A = np.concatenate([np.ones((len(y), 1)), X], axis=1)
    theta = np.zeros(A.shape[1])
    for _ in range(n_steps):
        theta += eta * 2 * np.einsum("ij,i->j", A, y - A @ theta) / len(y)
    return theta.tolist()


def sweep_downwards(grad, theta0, etas, n_steps):
    start = np.abs(grad(theta0)).max()
    for eta in sorted(etas, reverse=True):
        theta = theta0.copy()
        with np.errstate(all="ignore"):
            for _ in range(n_steps):
                theta -= eta * grad(theta)
            if np.abs(grad(theta)).max() < start:
                return eta


def sweep_with_a_guard(grad, theta0, etas, n_steps):
    best, start = 0.0, math.sqrt(sum(g * g for g in grad(theta0)))
    for eta in map(float, etas):
        theta, length = np.array(theta0), start
        for _ in range(n_steps):
            if length < 1e12:  # else it has run away long ago
                theta = theta - eta * np.asarray(grad(theta))
                length = math.sqrt(sum(g * g for g in grad(theta)))
        best = max(best, eta) if length < start else best
    return best


def sweep_with_finite(grad, theta0, etas, n_steps):
    def end(eta):
        theta = theta0
        with np.errstate(all="ignore"):
            for _ in range(n_steps):
                theta = theta - eta * grad(theta)
            return np.sum(grad(theta) ** 2)

    ends = np.array([end(eta) for eta in etas])
    return np.max(etas[np.isfinite(ends) & (ends < np.sum(grad(theta0) ** 2))])


def start_by_shapes(n_in, n_hidden, n_out, rng):
    params = {}
    for k, (rows, columns, size) in enumerate(((n_in, n_hidden, 1.0), (n_hidden, n_out, 0.1)), 1):
        params[f"W{k}"] = rng.normal(0.0, size * rows**-0.5, size=(rows, columns))
        params[f"b{k}"] = np.zeros(columns)
    return params


def start_uniform(n_in, n_hidden, n_out, rng):
    draw = lambda a, shape: rng.uniform(-a * math.sqrt(3), a * math.sqrt(3), size=shape)
    return dict(
        W2=draw(0.1 / n_hidden**0.5, (n_hidden, n_out)), b2=np.zeros(n_out), W1=draw(n_in**-0.5, (n_in, n_hidden)), b1=np.zeros(n_hidden)
    )


def start_in_one_go(n_in, n_hidden, n_out, rng):
    draws = rng.standard_normal(n_in * n_hidden + n_hidden * n_out)
    W1, W2 = np.split(draws, [n_in * n_hidden])
    return {
        "W1": W1.reshape(n_in, -1) / n_in**0.5,
        "b1": [0.0] * n_hidden,
        "W2": W2.reshape(n_hidden, -1) / (10 * n_hidden**0.5),
        "b2": [0] * n_out,
    }


def scores_by_rows(params, X):
    return np.array([np.tanh(x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"] for x in X])


def scores_by_einsum(params, X):
    hidden = np.einsum("ij,jh->ih", X, params["W1"]) + params["b1"][None]
    return np.einsum("ih,ho->io", 2 / (1 + np.exp(-2 * hidden)) - 1, params["W2"]) + params["b2"]


def scores_with_ones(params, X):
    one = np.ones((len(X), 1))
    H = np.tanh(np.hstack([X, one]) @ np.vstack([params["W1"], params["b1"]]))
    return np.hstack([H, one]) @ np.vstack([params["W2"], params["b2"]])


def backward_one_example_at_a_time(params, X, y):
    total, sums = 0.0, {name: np.zeros_like(value) for name, value in params.items()}
    for x, label in zip(X, y):
        h = np.tanh(x @ params["W1"] + params["b1"])
        z = h @ params["W2"] + params["b2"]
        p = np.exp(z - z.max())
        p /= p.sum()
        total += np.logaddexp.reduce(z) - z[label]
        dz = p - np.eye(len(p))[label]
        da = (params["W2"] @ dz) * (1 - h * h)
        for name, g in (("W2", np.outer(h, dz)), ("b2", dz), ("W1", np.outer(x, da)), ("b1", da)):
            sums[name] += g
    return total / len(y), {name: g / len(y) for name, g in sums.items()}


def backward_by_einsum(params, X, y):
    A = X @ params["W1"] + params["b1"]
    H = np.tanh(A)
    Z = H @ params["W2"] + params["b2"]
    logs = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    D = (np.exp(logs) - np.eye(Z.shape[1])[y]) / len(X)
    back = np.einsum("io,ho->ih", D, params["W2"]) / np.cosh(A) ** 2
    loss = -np.mean([row[label] for row, label in zip(logs, y)])
    return loss, {"b2": D.sum(0), "b1": back.sum(0), "W2": np.einsum("ih,io->ho", H, D), "W1": np.einsum("ij,ih->jh", X, back)}


def linear_forward(X, W, b):
    return X @ W + b, (X, W)


def linear_backward(dY, cache):
    X, W = cache
    return dY @ W.T, X.T @ dY, dY.sum(axis=0)


def tanh_forward(Z):
    A = np.tanh(Z)
    return A, A


def tanh_backward(dA, A):
    return dA * (1 - A**2)


def softmax_cross_entropy(Z, y):
    rows = np.arange(len(y))
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dZ = np.exp(log_p)
    dZ[rows, y] -= 1
    return -log_p[rows, y].mean(), dZ / len(y)


def backward_with_lesson_7(params, X, y):
    Z, hidden = linear_forward(X, params["W1"], params["b1"])
    A, activation = tanh_forward(Z)
    scores, output = linear_forward(A, params["W2"], params["b2"])
    loss, dscores = softmax_cross_entropy(scores, y)
    dA, dW2, db2 = linear_backward(dscores, output)
    _, dW1, db1 = linear_backward(tanh_backward(dA, activation), hidden)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def backward_with_one_hot(params, X, y):
    m = X.shape[0]
    H = np.tanh(X.dot(params["W1"]) + params["b1"])
    Z = H.dot(params["W2"]) + params["b2"]
    E = np.exp(Z - np.max(Z, 1)[:, None])
    P = E / E.sum(1)[:, None]
    T = (y[:, None] == np.arange(Z.shape[1])).astype(float)
    loss = float(np.sum(np.log(E.sum(1)) + np.max(Z, 1) - np.sum(Z * T, axis=1)) / m)
    G = P - T
    K = G.dot(params["W2"].T) - G.dot(params["W2"].T) * H**2
    ones = np.ones(m)
    return loss, {"W1": X.T.dot(K) / m, "b1": ones.dot(K) / m, "W2": H.T.dot(G) / m, "b2": ones.dot(G) / m}


def accuracy_by_loop(Z, y):
    return sum(int(np.argmax(row)) == label for row, label in zip(Z, y)) / len(y)


def accuracy_by_sorting(Z, y):
    return np.count_nonzero(np.argsort(Z, axis=1)[:, -1] == y) / y.size


def accuracy_by_maximum(Z, y):
    return np.mean(Z[np.arange(len(y)), y] == Z.max(axis=1))


def loop_with_shuffle(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    params = {name: np.array(value, float) for name, value in params.items()}
    order, record = np.arange(len(y)), []
    for epoch in range(n_epochs + 1):
        record.append(float(loss_and_grads(params, X, y)[0]))
        if epoch == n_epochs:
            return params, record
        rng.shuffle(order)
        for rows in np.split(order, range(batch_size, len(y), batch_size)):
            grads = loss_and_grads(params, X[rows], y[rows])[1]
            for name in params:
                params[name] = params[name] - eta * np.asarray(grads[name])


def loop_with_sorted_keys(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    losses = np.zeros(n_epochs + 1)
    losses[0], _ = loss_and_grads(params, X, y)
    for epoch in range(n_epochs):
        keys = rng.random(len(y)).argsort()
        Xs, ys = X[keys], y[keys]
        for k in range(-(-len(y) // batch_size)):
            part = slice(k * batch_size, (k + 1) * batch_size)
            _, grads = loss_and_grads(params, Xs[part], ys[part])
            params = dict((name, params[name] - eta * grads[name]) for name in grads)
        losses[epoch + 1] = loss_and_grads(params, X, y)[0]
    return params, losses


def loop_with_copies(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    current = {name: 1.0 * np.asarray(value) for name, value in params.items()}
    losses = [loss_and_grads(current, X, y)[0]]
    for _ in range(n_epochs):
        left = list(rng.permutation(len(y)))
        while left:
            rows, left = left[:batch_size], left[batch_size:]
            _, grads = loss_and_grads(current, X[rows], y[rows])
            current = {name: current[name] + -eta * grads[name] for name in current}
        losses += [loss_and_grads(current, X, y)[0]]
    return current, tuple(losses)


def nearest_neighbour(X_train, y_train, X_test, rng):
    scale = X_train.std(axis=0)
    scale = np.where(scale < 1e-9, 1, scale) if X_train.shape[1] < 10 else 1.0
    A, B = X_train / scale, X_test / scale
    distance = (B**2).sum(1)[:, None] - 2 * B @ A.T + (A**2).sum(1)
    near = np.argsort(distance, axis=1)[:, :3]
    return np.array([np.bincount(y_train[row], minlength=10).argmax() for row in near])


def adam_with_relu(X_train, y_train, X_test, rng):
    """Another network, another optimiser."""
    mean, scale = X_train.mean(0), X_train.std(0) + (4 if X_train.shape[1] > 10 else 0)
    X, C = (X_train - mean) / scale, int(y_train.max()) + 1
    W = [rng.normal(size=s) * (2 / s[0]) ** 0.5 for s in ((X.shape[1] + 1, 48), (49, C))]
    one = lambda H: np.column_stack([H, np.ones(len(H))])
    moments, T, t = [[0.0, 0.0] for _ in W], np.eye(C)[y_train], 0
    for _ in range(25 if len(X) > 500 else 60):
        order = rng.permutation(len(X))
        for k in range(0, len(X), 32):
            rows, t = order[k : k + 32], t + 1
            A = one(X[rows]) @ W[0]
            H = one(np.maximum(A, 0))
            Z = H @ W[1]
            P = np.exp(Z - Z.max(1, keepdims=True))
            D = (P / P.sum(1, keepdims=True) - T[rows]) / len(rows)
            for j, g in enumerate((one(X[rows]).T @ (D @ W[1][:-1].T * (A > 0)), H.T @ D)):
                moments[j] = [0.9 * moments[j][0] + 0.1 * g, 0.999 * moments[j][1] + 0.001 * g * g]
                W[j] = W[j] - 0.005 * (moments[j][0] / (1 - 0.9**t)) / (np.sqrt(moments[j][1] / (1 - 0.999**t)) + 1e-8)
    return (one(np.maximum(one((X_test - mean) / scale) @ W[0], 0)) @ W[1]).argmax(1)


def kernel_ridge(X_train, y_train, X_test, rng):
    scale = X_train.std(axis=0) if X_train.shape[1] < 10 else 10.0
    A, B = X_train / scale, X_test / scale
    kernel = lambda P, Q: np.exp(-0.5 / P.shape[1] * 4 * ((P**2).sum(1)[:, None] - 2 * P @ Q.T + (Q**2).sum(1)))
    weights = np.linalg.solve(kernel(A, A) + 0.1 * np.eye(len(A)), np.eye(y_train.max() + 1)[y_train] - 0.2)
    return np.argmax(kernel(B, A) @ weights, axis=1).tolist()


def checks_by_loops(loss, grad, theta0, n_classes, eta, n_steps):
    g = np.asarray(grad(theta0))
    worst = 0.0
    for i in range(len(theta0)):
        e = np.zeros(len(theta0))
        e[i] = 1e-4
        worst = max(worst, abs((loss(theta0 + e) - loss(theta0 - e)) / 2e-4 - g[i]))
    theta = theta0.copy()
    for _ in range(n_steps):
        theta -= eta * grad(theta)
    return {
        "overfit": bool(loss(theta) < 0.01),
        "start": bool(0.9 < loss(theta0) / math.log(n_classes) < 1.1),
        "gradient": bool(worst < 1e-4 * np.abs(g).max()),
    }


def checks_by_random_directions(loss, grad, theta0, n_classes, eta, n_steps):
    rng, h = np.random.default_rng(4), 1e-5
    right = True
    for v in rng.normal(size=(6, len(theta0))):
        slope = (loss(theta0 + h * v) - loss(theta0 - h * v)) / (2 * h)
        right &= abs(slope - v @ grad(theta0)) < 1e-5 * max(abs(slope), np.linalg.norm(grad(theta0)))
    end = functools.reduce(lambda theta, _: theta - eta * grad(theta), range(n_steps), theta0)
    return dict(start=bool(np.isclose(loss(theta0), np.log(n_classes), rtol=0.1)), gradient=bool(right), overfit=bool(loss(end) < 1e-2))


def checks_with_early_stop(loss, grad, theta0, n_classes, eta, n_steps):
    numeric = [(loss(theta0 + e) - loss(theta0 - e)) / 2e-6 for e in 1e-6 * np.eye(len(theta0))]
    result = {"gradient": np.allclose(numeric, grad(theta0), rtol=1e-4, atol=1e-6), "overfit": False}
    theta = theta0
    for _ in range(n_steps):
        theta = theta - eta * grad(theta)
        if loss(theta) < 0.01:
            result["overfit"] = True
            break
    result["start"] = abs(loss(theta0) - math.log(n_classes)) <= 0.1 * math.log(n_classes)
    return {key: bool(value) for key, value in result.items()}


def ridge_by_parts(theta, X, y, alpha):
    error = theta[0] + X @ theta[1:] - y
    loss = np.sum(error * error) / len(y) + alpha * np.sum(np.square(theta[1:]))
    slopes = [2 * np.mean(error * column) + 2 * alpha * weight for column, weight in zip(X.T, theta[1:])]
    return loss, np.array([2 * np.mean(error), *slopes])


def ridge_with_a_mask(theta, X, y, alpha):
    A, P = np.insert(np.asarray(X, dtype=float), 0, 1.0, axis=1), np.diag(np.append(0.0, np.full(X.shape[1], alpha)))
    r = y - A @ theta
    return r @ r / len(r) + theta @ P @ theta, -2 * r @ A / len(r) + 2 * P @ theta


def ridge_as_more_rows(theta, X, y, alpha):
    m, n = X.shape
    A = np.vstack([np.hstack([np.ones((m, 1)), X]) / np.sqrt(m), np.hstack([np.zeros((n, 1)), np.sqrt(alpha) * np.eye(n)])])
    r = A @ theta - np.append(y / np.sqrt(m), np.zeros(n))
    return np.dot(r, r), 2 * A.T @ r


def adam_by_differences(theta, g, m, v, t, eta):
    m = m - (m - g) / 10
    v = v - (v - g * g) / 1000
    return theta - eta * (m / (1 - 0.9**t)) / (1e-8 + (v / (1 - 0.999**t)) ** 0.5), m, v


def adam_with_one_factor(theta, g, m, v, t, eta):
    new_m, new_v = np.average([m, g], axis=0, weights=[9, 1]), np.average([v, np.square(g)], axis=0, weights=[999, 1])
    root = np.sqrt(1 - 0.999**t)
    return theta - eta * root / (1 - 0.9**t) * new_m / (np.sqrt(new_v) + 1e-8 * root), new_m, new_v


def adam_one_by_one(theta, g, m, v, t, eta):
    out = []
    for place, slope, mean, square in zip(*(np.ravel(a).tolist() for a in (theta, g, m, v))):
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        out.append((place - eta * (mean / (1 - 0.9**t)) / ((square / (1 - 0.999**t)) ** 0.5 + 1e-8), mean, square))
    return tuple(np.reshape(column, np.shape(theta)) for column in zip(*out))


def decaying_by_recursion(grad, theta, X, eta0, tau, t=0):
    if t == len(X):
        return theta
    return decaying_by_recursion(grad, theta - eta0 * tau / (tau + t) * grad(theta, X[t]), X, eta0, tau, t + 1)


def decaying_with_rates(grad, theta, X, eta0, tau):
    point = np.array(theta, float)
    for rate, x in zip(eta0 / (1 + np.arange(len(X)) / tau), X):
        point -= rate * grad(point, x)
    return point


def decaying_by_the_inverse(grad, theta, X, eta0, tau):
    slowness = 1 / eta0
    for x in X:
        theta = theta - grad(theta, x) / slowness
        slowness += 1 / (eta0 * tau)
    return theta


ANSWERS = {
    "decaying_sgd": [decaying_by_recursion, decaying_with_rates, decaying_by_the_inverse],
    "ridge": [ridge_by_parts, ridge_with_a_mask, ridge_as_more_rows],
    "adam_step": [adam_by_differences, adam_with_one_factor, adam_one_by_one],
    "which_loss": [lambda: "B"],
    "recall_bias_gradient": [lambda: "A"],
    "find_the_leak": [lambda: " a"],
    "fit_standardizer": [standardizer_by_columns, standardizer_by_variance, standardizer_by_sums],
    "standardize": [
        standardize_with(standardizer_by_columns),
        standardize_with(standardizer_by_variance),
        standardize_with(standardizer_by_sums),
    ],
    "train_linear": [line_with_two_parameters, line_by_normal_matrix, line_by_einsum],
    "eta_sweep": [sweep_downwards, sweep_with_a_guard, sweep_with_finite],
    "init_fnn": [start_by_shapes, start_uniform, start_in_one_go],
    "fnn_scores": [scores_by_rows, scores_by_einsum, scores_with_ones],
    "fnn_loss_and_grads": [backward_one_example_at_a_time, backward_by_einsum, backward_with_one_hot, backward_with_lesson_7],
    "accuracy": [accuracy_by_loop, accuracy_by_sorting, accuracy_by_maximum],
    "train_fnn": [loop_with_shuffle, loop_with_sorted_keys, loop_with_copies],
    "penguin_classifier": [nearest_neighbour, adam_with_relu, kernel_ridge],
    "digit_classifier": [nearest_neighbour, adam_with_relu, kernel_ridge],
    "sanity_checks": [checks_by_loops, checks_by_random_directions, checks_with_early_stop],
    "catch_the_leak": [
        lambda: (np.array([0.0, 1.0]), np.array([5.0])),
        lambda: [[1, 2, 6], [0, 0, 1]],
        lambda: ((10.0, 20.0), (10.0, 20.0, 60.0)),
    ],
}
