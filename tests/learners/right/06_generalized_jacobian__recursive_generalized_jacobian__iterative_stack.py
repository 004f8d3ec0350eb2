# right: iterative stack
import numpy as np


def recursive_generalized_jacobian(f, X, slope):
    X = np.array(X, float)
    if X.ndim == 0 and np.ndim(f(X)) == 0:
        return np.asarray(slope(lambda x: float(f(np.asarray(x))), float(X)), float)
    if np.ndim(f(X)):
        return np.array([recursive_generalized_jacobian(lambda Z, i=i: f(Z)[i], X, slope) for i in range(np.shape(f(X))[0])])
    return np.array([recursive_generalized_jacobian(lambda p, j=j: f(np.concatenate([X[:j], np.asarray(p, float)[None], X[j+1:]])), X[j], slope) for j in range(X.shape[0])])
