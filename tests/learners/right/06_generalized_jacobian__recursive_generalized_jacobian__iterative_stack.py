# right: iterative stack
import numpy as np


def recursive_generalized_jacobian(f, X):
    X = np.array(X, float)
    if X.ndim == 0 and np.ndim(f(X)) == 0:
        return np.asarray((f(X + 1e-5) - f(X - 1e-5)) / 2e-5, float)
    if np.ndim(f(X)):
        return np.array([recursive_generalized_jacobian(lambda Z, i=i: f(Z)[i], X) for i in range(np.shape(f(X))[0])])
    return np.array([recursive_generalized_jacobian(lambda p, j=j: f(np.concatenate([X[:j], np.asarray(p, float)[None], X[j+1:]])), X[j]) for j in range(X.shape[0])])
