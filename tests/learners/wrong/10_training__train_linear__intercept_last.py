# intercept at the end
import numpy as np


def train_linear(X, y, eta, n_steps):
    A = np.column_stack([X, np.ones(len(X))])
    t = np.zeros(A.shape[1])
    for _ in range(n_steps):
        t -= eta * 2 / len(y) * A.T @ (A @ t - y)
    return t
