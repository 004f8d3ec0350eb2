# right: rebuild
import numpy as np
def recursive_generalized_jacobian(f, X):
    X = np.asarray(X, float)
    if np.ndim(f(X)) > 0:
        return np.array([recursive_generalized_jacobian(lambda Z: np.asarray(f(Z))[i], X) for i in range(np.shape(f(X))[0])])
    if X.ndim == 0:
        x = float(X)
        h = 6e-6 * max(abs(x), 1)
        return np.array((f(x + h) - f(x - h)) / (2 * h))
    def slot(j):
        def g(part):
            Z = X.copy()
            Z[j] = part
            return f(Z)
        return g
    return np.array([recursive_generalized_jacobian(slot(j), X[j]) for j in range(len(X))])
