import numpy as np


def tanh_forward(Z):
    A = np.tanh(Z)
    return A, A


def relu_forward(Z):
    return np.maximum(Z, 0), Z


# ---- my answers
def linear_forward(X, W, b):
    return X @ W + b, (X, W)
def linear_backward(dY, cache):
    X, W = cache
    return dY @ W.T, X.T @ dY, dY.sum(axis=0)
def tanh_backward(dA, cache):
    return dA * (1 - cache**2)
def relu_backward(dA, cache):
    return dA * (cache > 0)
def sigmoid_forward(Z):
    A = 0.5 * (1 + np.tanh(0.5 * Z))
    return A, A
def sigmoid_backward(dA, cache):
    return dA * cache * (1 - cache)
def bce_with_logits(z, y):
    if z.shape != y.shape:
        raise ValueError("z and y must have the same shape")
    s, _ = sigmoid_forward(z)
    return np.mean(np.logaddexp(0, z) - y * z), (s - y) / len(z)
def softmax_cross_entropy(Z, y):
    m = np.arange(len(y))
    logs = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    dZ = np.exp(logs)
    dZ[m, y] -= 1
    return -logs[m, y].mean(), dZ / len(y)
def fnn_forward(params, X):
    Z, first = linear_forward(X, params["W1"], params["b1"])
    A, middle = tanh_forward(Z)
    z, last = linear_forward(A, params["W2"], params["b2"])
    return z[:, 0], (first, middle, last, z[:, 0])
def fnn_backward(params, cache, y):
    first, middle, last, z = cache
    _, dz = bce_with_logits(z, y)
    dA, dW2, db2 = linear_backward(dz[:, None], last)
    dZ = tanh_backward(dA, middle)
    _, dW1, db1 = linear_backward(dZ, first)
    return {"z": dz, "A": dA, "Z": dZ, "W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
def nudge(params, name, k, h):
    moved = np.array(params[name], dtype=float)
    moved.flat[k] += h
    return {**params, name: moved}
