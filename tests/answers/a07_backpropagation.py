"""Correct answers to lesson 07, written differently from the reference."""

import math

import numpy as np

# caches in the reference's form: (X, W) for the linear layer, the output for tanh and sigmoid, the input for relu


def linear_forward_by_einsum(X, W, b):
    return np.einsum("mn,nk->mk", X, W) + b, {"X": X, "W": W, "b": b}


def linear_forward_in_a_loop(X, W, b):
    return [[math.fsum(x * w for x, w in zip(row, column)) + bias for column, bias in zip(W.T, b)] for row in X], [X, W]


def linear_forward_with_ones(X, W, b):
    ones = np.column_stack([X, np.ones(len(X))])
    return ones.dot(np.vstack([W, b])), (ones,)


def linear_backward_by_einsum(dY, cache):
    X, W = cache
    return np.einsum("mk,nk->mn", dY, W), np.einsum("mn,mk->nk", X, dY), np.einsum("mk->k", dY)


def linear_backward_by_examples(dY, cache):
    X, W = cache
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for i in range(len(X)):
        dX[i] = W @ dY[i]
        dW += np.outer(X[i], dY[i])
        db += dY[i]
    return [dX, dW, db]


def linear_backward_other_way_round(dY, cache):
    X, W = cache
    return (W @ dY.T).T, (dY.T @ X).T, np.ones(len(dY)) @ dY


def sigmoid_by_masks(Z):
    S = np.empty(Z.shape)
    positive = Z >= 0
    S[positive] = 1 / (1 + np.exp(-Z[positive]))
    S[~positive] = np.exp(Z[~positive]) / (1 + np.exp(Z[~positive]))
    return S, S


def sigmoid_by_logaddexp(Z):
    return np.exp(-np.logaddexp(0, -Z)), Z


def sigmoid_with_a_warning(Z):
    return 1 / (1 + np.exp(-Z)), (Z,)


def fnn_forward_in_one_go(params, X):
    A = np.tanh(X @ params["W1"] + params["b1"])
    return (A @ params["W2"] + params["b2"]).ravel(), (X, A)


def fnn_forward_by_einsum(params, X):
    A = np.tanh(np.einsum("mn,nh->mh", X, params["W1"]) + params["b1"])
    return np.einsum("mh,ho->m", A, params["W2"]) + params["b2"].item(), A


def fnn_forward_row_by_row(params, X):
    return [float((np.tanh(row @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"])[0]) for row in X], None


def _ledger(params, X, A, dz, dA, dZ):
    return {"z": dz, "W2": (dz @ A)[:, None], "b2": [dz.sum()], "A": dA, "Z": dZ, "W1": X.T @ dZ, "b1": dZ.sum(0)}


def fnn_backward_from_the_cache(params, cache, y):
    (X, _), A, _, z = cache
    s = 1 / (1 + np.exp(-z))
    dz = (s - y) / len(y)
    dA = np.outer(dz, params["W2"])
    return _ledger(params, X, A, dz, dA, dA * (1 - A**2))


def fnn_backward_forward_again(params, cache, y):
    X = cache[0][0]
    Z = X @ params["W1"] + params["b1"]
    A = np.tanh(Z)
    z = A @ params["W2"][:, 0] + params["b2"]
    dz = (0.5 * (1 + np.tanh(z / 2)) - y) * (1 / len(X))
    dA = dz[:, None] * params["W2"].T
    return _ledger(params, X, A, dz, dA, dA / np.cosh(Z) ** 2)


def fnn_backward_by_examples(params, cache, y):
    (X, _), A, _, z = cache
    m = len(y)
    dz = np.array([(1 / (1 + math.exp(-v)) - label) / m for v, label in zip(z, y)])
    dA = np.array([d * params["W2"][:, 0] for d in dz])
    dZ = np.array([[g * (1 - a * a) for g, a in zip(*rows)] for rows in zip(dA, A)])
    return {
        "W1": sum(np.outer(X[i], dZ[i]) for i in range(m)), "b1": sum(dZ), "W2": sum(np.outer(A[i], dz[i]) for i in range(m)),
        "b2": np.array([math.fsum(dz)]), "z": dz, "A": dA, "Z": dZ,
    }  # fmt: skip


def bce_stable_by_hand(z, y):
    if np.shape(z) != np.shape(y):
        raise ValueError("shapes")
    e = np.exp(-np.abs(z))
    s = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return (np.maximum(z, 0) - z * y + np.log1p(e)).mean(), (s - y) / z.size


def bce_by_sides(z, y):
    if z.shape != y.shape:
        raise ValueError
    sign = 1 - 2 * y
    return np.logaddexp(0, sign * z).mean(), sign * np.exp(-np.logaddexp(0, -sign * z)) / len(z)


def bce_in_a_loop(z, y):
    if len(np.shape(y)) != 1 or len(z) != len(y):
        raise ValueError
    loss, dz = 0.0, []
    for v, label in zip(z, y):
        s = 1 / (1 + math.exp(-v)) if v > -700 else 0.0
        loss += (math.log1p(math.exp(-abs(v))) + max(v, 0.0) - v * label) / len(z)
        dz.append((s - label) / len(z))
    return loss, dz


def softmax_by_logsumexp(Z, y):
    top = Z.max(axis=1)
    total = top + np.log(np.sum(np.exp(Z - top[:, None]), axis=1))
    return np.mean(total - np.take_along_axis(Z, y[:, None], axis=1)[:, 0]), (np.exp(Z - total[:, None]) - np.eye(Z.shape[1])[y]) / len(y)


def softmax_row_by_row(Z, y):
    loss, dZ = 0.0, np.zeros(Z.shape)
    for i, (row, label) in enumerate(zip(Z, y)):
        e = [math.exp(v - max(row)) for v in row]
        loss -= (row[label] - max(row) - math.log(sum(e))) / len(y)
        for k, v in enumerate(e):
            dZ[i, k] = (v / sum(e) - (k == label)) / len(y)
    return loss, dZ


def softmax_by_logaddexp(Z, y):
    total = np.logaddexp.reduce(Z, axis=1, keepdims=True)
    one_hot = np.arange(Z.shape[1]) == y[:, None]
    return float((total[:, 0] - Z[one_hot]).sum() / len(Z)), (np.exp(Z - total) - one_hot) / len(Z)


def nudge_by_deepcopy(params, name, k, h):
    import copy

    moved = {key: value.astype(float) for key, value in copy.deepcopy(params).items()}
    moved[name][np.unravel_index(k, moved[name].shape)] += h
    return moved


def nudge_by_adding(params, name, k, h):
    step = np.zeros(params[name].size)
    step[k] = h
    return dict(params) | {name: params[name] + step.reshape(params[name].shape)}


def nudge_by_lists(params, name, k, h):
    flat = [float(v) for v in params[name].ravel()]
    flat[k] += h
    return {key: np.reshape(flat, value.shape) if key == name else value.copy() for key, value in params.items()}


def _norm_error(a, b):
    a, b = np.array(a), np.array(b)
    if not a.size:
        return np.nan
    size = max(np.sqrt(a @ a), np.sqrt(b @ b))
    return 0.0 if size == 0 else np.sqrt((a - b) @ (a - b)) / size


def gradcheck_in_place(loss, params, grads, h=1e-6, most=None, rng=None):
    errors = {}
    for name, array in params.items():
        given, slopes = [], []
        for k in range(array.size) if most is None else rng.choice(array.size, size=min(most, array.size), replace=False):
            kept = array.flat[k]
            values = []
            for v in (kept - h, kept, kept + h):
                array.flat[k] = v
                values.append(loss(params))
            array.flat[k] = kept
            left, right = np.diff(values) / h
            if abs(right - left) < 0.01:
                slopes.append((left + right) / 2)
                given.append(np.ravel(grads[name])[k])
        errors[name] = _norm_error(given, slopes)
    return errors


def gradcheck_by_own_jumps(loss, params, grads, h=1e-5, most=None, rng=None):
    """Looks for jumps with a step of its own, and divides by the norms only at the end."""
    errors = {}
    for name, array in params.items():
        given, slopes = [], []
        tried = np.arange(array.size) if most is None else rng.choice(array.size, min(most, array.size), replace=False)
        for k in np.sort(tried):

            def at(s, name=name, array=array, k=k):
                moved = array.astype(float)
                moved[np.unravel_index(k, array.shape)] += s
                return loss({**params, name: moved})

            small = h if most is not None else min(h, 1e-6)
            if most is None and abs(at(small) - 2 * loss(params) + at(-small)) > 0.01 * small:
                continue
            slopes.append((at(h) - at(-h)) / (2 * h))
            given.append(grads[name].ravel()[k])
        errors[name] = _norm_error(given, slopes)
    return errors


def gradcheck_from_the_end(loss, params, grads, h=1e-5, most=None, rng=None):
    here, errors = loss(params), {}
    for name in reversed(list(params)):
        shape = np.shape(params[name])
        places = list(np.ndindex(shape))
        if most is not None:
            rng.shuffle(places)
            places = places[:most]
        rows = []
        for place in places:
            step = np.zeros(shape)
            step[tuple(place)] = h
            up, down = loss(params | {name: params[name] + step}), loss(params | {name: params[name] - step})
            if abs((up - here) - (here - down)) < 0.01 * h:
                rows.append(((up - down) / 2 / h, grads[name][tuple(place)]))
        errors[name] = np.float64(_norm_error(*np.array(rows).T)) if rows else np.nan
    return errors


def repaired_by_the_right_slope(X, y, W1, W2):
    A = 1 / (1 + np.exp(-X @ W1))
    s = 1 / (1 + np.exp(-(A @ W2)[:, 0]))
    ds = (s - y) / (s * (1 - s))
    dz = (ds * s * (1 - s))[:, None]
    return X.T @ (dz @ W2.T * A * (1 - A)), A.T @ dz


def repaired_by_examples(X, y, W1, W2):
    dW1, dW2 = np.zeros_like(W1), np.zeros_like(W2)
    for x, label in zip(X, y):
        a = (1 + np.tanh(x @ W1 / 2)) / 2
        d = (1 + np.tanh(a @ W2 / 2)) / 2 - label
        dW2 += np.outer(a, d)
        dW1 += np.outer(x, a * (1 - a) * (W2 @ d))
    return dW1, dW2


def repaired_by_einsum(X, y, W1, W2):
    A = 1 / (1 + np.exp(-np.einsum("mn,nh->mh", X, W1)))
    d = 1 / (1 + np.exp(-np.einsum("mh,ho->m", A, W2))) - y
    return np.einsum("mn,m,h,mh->nh", X, d, W2[:, 0], A - A**2), np.einsum("mh,m->h", A, d)[:, None]


def _units(params, X, y):
    A = np.tanh(X @ params["W1"] + params["b1"])
    d = 1 / (1 + np.exp(-(A @ params["W2"])[:, 0] - params["b2"])) - y
    dZ = d[:, None] * params["W2"].T * (1 - A**2)
    return np.vstack([X.T @ dZ, dZ.sum(0), d @ A]).T / len(X)


def symmetry_in_a_loop(params, X, y):
    seen, labels = [], []
    for j, row in enumerate(_units(params, X, y)):
        match = [i for i, other in seen if np.max(np.abs(row - other)) < 1e-9]
        labels.append(match[0] if match else j)
        seen.append((j, row))
    return labels


def symmetry_by_unique(params, X, y):
    _, first, which = np.unique(np.round(_units(params, X, y), 9) + 0.0, axis=0, return_index=True, return_inverse=True)
    return first[np.ravel(which)]


def symmetry_by_distances(params, X, y):
    rows = _units(params, X, y)
    return np.argmax(np.abs(rows[:, None] - rows[None]).max(axis=2) < 1e-10, axis=1)


def sides_in_a_loop(loss, params, name, entries, h):
    slopes, jumps = [], []
    for k in entries:
        values = []
        for s in (-h, 0.0, h):
            array = np.array(params[name], dtype=float)
            array.flat[k] += s
            values.append(loss({**params, name: array}))
        left, right = np.diff(values) / h
        slopes.append((left + right) / 2)
        jumps.append(abs(right - left))
    return np.array(slopes), np.array(jumps)


def sides_by_columns(loss, params, name, entries, h):
    at = lambda k, s: loss({**params, name: params[name] + s * (np.arange(params[name].size) == k).reshape(params[name].shape)})
    three = np.array([[at(k, -h), at(k, 0), at(k, h)] for k in entries])
    return three @ [-1, 0, 1] / (2 * h), np.abs(three @ [1, -2, 1]) / h


def sides_as_lists(loss, params, name, entries, h):
    slopes, jumps = sides_by_columns(loss, params, name, entries, h)
    return slopes.tolist(), jumps.tolist()


ANSWERS = {
    "slopes_and_jumps": [sides_in_a_loop, sides_by_columns, sides_as_lists],
    "linear_forward": [linear_forward_by_einsum, linear_forward_in_a_loop, linear_forward_with_ones],
    "linear_backward": [linear_backward_by_einsum, linear_backward_by_examples, linear_backward_other_way_round],
    "tanh_backward": [
        lambda dA, A: dA - dA * A * A,
        lambda dA, A: dA * (1 - A) * (1 + A),
        lambda dA, A: np.multiply(dA, 1 - np.square(A)),
    ],
    "relu_backward": [
        lambda dA, Z: np.where(Z > 0, dA, 0),
        lambda dA, Z: dA * np.heaviside(Z, 0.5),
        lambda dA, Z: dA * (Z >= 0).astype(int),
    ],
    "sigmoid_forward": [sigmoid_by_masks, sigmoid_by_logaddexp, sigmoid_with_a_warning],
    "sigmoid_backward": [
        lambda dA, S: dA * (S - S * S),
        lambda dA, S: dA * (0.25 - (S - 0.5) ** 2),
        lambda dA, S: np.array([g * s * (1 - s) for g, s in zip(dA.ravel(), S.ravel())]).reshape(S.shape),
    ],
    "bce_with_logits": [bce_stable_by_hand, bce_by_sides, bce_in_a_loop],
    "softmax_cross_entropy": [softmax_by_logsumexp, softmax_row_by_row, softmax_by_logaddexp],
    "fnn_forward": [fnn_forward_in_one_go, fnn_forward_by_einsum, fnn_forward_row_by_row],
    "fnn_backward": [fnn_backward_from_the_cache, fnn_backward_forward_again, fnn_backward_by_examples],
    "nudge": [nudge_by_deepcopy, nudge_by_adding, nudge_by_lists],
    "gradcheck": [gradcheck_in_place, gradcheck_by_own_jumps, gradcheck_from_the_end],
    "repaired_backward": [repaired_by_the_right_slope, repaired_by_examples, repaired_by_einsum],
    "whose_gradient": [lambda: "C"],
    "symmetry_report": [symmetry_in_a_loop, symmetry_by_unique, symmetry_by_distances],
    "order_the_backward": [lambda: "c-g-a-e-b-f-d"],
    "what_backprop_does": [lambda: " c "],
    "catch_the_batch": [lambda: np.full((3, 2), 1.75), lambda: [[1.5, 2.25, 3], [4.75, 5, 6.5]], lambda: ((2.0,), (5.0,))],
}
