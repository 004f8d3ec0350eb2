import numpy as np


def mse_gradient(X, y, theta):
    y = np.asarray(y)
    if y.ndim != 1 or y.shape[0] != X.shape[0]:
        raise ValueError(f"y has shape {y.shape}")
    r = np.einsum("ij,j->i", X, theta) - y
    return np.einsum("i,ij->j", 2 * r / r.size, X)
