# mistake: keeps results by X, whatever f is
import numpy as np

known = {}


def generalized_jacobian(f, X):
    X = np.array(X, dtype=float)
    key = X.tobytes(), X.shape
    if key not in known:
        G = np.empty(np.shape(f(X)) + X.shape)
        for j in np.ndindex(X.shape):
            E = np.zeros(X.shape)
            E[j] = 1e-5
            G[(..., *j)] = (f(X + E) - f(X - E)) / 2e-5
        known[key] = G
    return known[key].copy()
