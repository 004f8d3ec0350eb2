# wrong: calls the other
import numpy as np


def recursive_generalized_jacobian(f, X, slope):
    X = np.array(X, dtype=float)
    G = np.empty(np.shape(f(X)) + X.shape)
    for index in np.ndindex(X.shape):
        right, left = X.copy(), X.copy()
        right[index] += 6e-6
        left[index] -= 6e-6
        G[(..., *index)] = (f(right) - f(left)) / 12e-6
    return G
