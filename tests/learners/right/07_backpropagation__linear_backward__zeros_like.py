import numpy as np


def linear_forward(X, W, b):
    return X @ W + b, {"X": X, "W": W}


def linear_backward(dY, cache):
    X, W = cache["X"], cache["W"]
    dX, dW = np.zeros_like(X), np.zeros_like(W)
    for i in range(len(X)):
        dX[i] += W @ dY[i]
        dW += np.outer(X[i], dY[i])
    return dX, dW, dY.sum(axis=0)
