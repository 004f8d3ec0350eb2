# right: rowwise jacobian
import numpy as np


def layernorm_backward(X, dY, eps=1e-5):
    out = np.empty(np.shape(X), float)
    for i, (x, d) in enumerate(zip(X, dY)):
        n = len(x); c = x - x.mean(); s = np.sqrt(c @ c / n + eps)
        J = (np.eye(n) - 1 / n) / s - np.outer(c, c) / (n * s**3)
        out[i] = d @ J
    return out
