# mistake: zero small
import numpy as np


def generalized_jacobian(f, X):
    X = np.array(X, float)
    G = np.zeros(np.shape(f(X)) + X.shape)
    for j in np.ndindex(X.shape):
        a, b = X.copy(), X.copy(); a[j] += 6e-6; b[j] -= 6e-6
        G[(...,) + j] = (f(a) - f(b)) / (a[j] - b[j])
    G[np.abs(G) < 1e-2] = 0
    return G
