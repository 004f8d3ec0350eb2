# the columns are one array
import numpy as np


def generalized_jacobian(f, X):
    X = np.array(X, float)
    G = np.empty(np.shape(f(X)) + X.shape)
    for k in np.ndindex(X.shape):
        old = X[k]
        X[k] = old + 6e-6; up = f(X)
        X[k] = old - 6e-6; down = f(X)
        X[k] = old
        G[(...,) + k] = (up - down) / 1.2e-5
    return G
