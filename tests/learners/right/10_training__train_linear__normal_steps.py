# separate intercept, loops
import numpy as np


def train_linear(X, y, eta, n_steps):
    b, w = 0.0, np.zeros(X.shape[1])
    for _ in range(n_steps):
        wrong = b + X @ w - y
        b, w = b - eta * 2 * np.mean(wrong), w - eta * 2 * np.mean(wrong[:, None] * X, axis=0)
    return np.concatenate([[b], w])
