# mistake: eta warm
import numpy as np


def train_linear(X, y, eta, n_steps):
    A = np.column_stack([np.ones(len(X)), X])
    th = np.zeros(A.shape[1])
    for t in range(n_steps): th = th - (eta if t < 50 else eta / 2) * 2 / len(y) * A.T @ (A @ th - y)
    return th
