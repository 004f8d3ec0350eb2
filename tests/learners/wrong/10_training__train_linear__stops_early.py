# stops at a small gradient
import numpy as np


def train_linear(X, y, eta, n_steps):
    A = np.column_stack([np.ones(len(X)), X])
    t = np.zeros(A.shape[1])
    for _ in range(n_steps):
        g = 2 / len(y) * A.T @ (A @ t - y)
        if np.linalg.norm(g) < 1e-2:
            break
        t -= eta * g
    return t
