# the slopes see the new intercept
import numpy as np


def train_linear(X, y, eta, n_steps):
    b, w = 0.0, np.zeros(X.shape[1])
    for _ in range(n_steps):
        b = b - eta * 2 * np.mean(b + X @ w - y)
        w = w - eta * 2 * np.mean((b + X @ w - y)[:, None] * X, axis=0)
    return np.concatenate([[b], w])
