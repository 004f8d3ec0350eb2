# mistake: keeps what the forward pass saw in a global, so that two forward passes before the first backward mix
import numpy as np

seen = {}


def linear_forward(X, W, b):
    seen["X"], seen["W"] = X, W
    return X @ W + b, None


def linear_backward(dY, cache):
    return dY @ seen["W"].T, seen["X"].T @ dY, dY.sum(axis=0)
