# mistake: loose
import numpy as np
def _g(params, X, y):
    A = np.tanh(X @ params["W1"] + params["b1"])
    z = (A @ params["W2"] + params["b2"])[:, 0]
    dz = (0.5 * (1 + np.tanh(z / 2)) - y) / len(y)
    dZ = np.outer(dz, params["W2"][:, 0]) * (1 - A**2)
    return np.vstack([X.T @ dZ, dZ.sum(0), A.T @ dz])
def symmetry_report(params, X, y):
    G = _g(params, X, y).T
    return np.array([next(i for i in range(j + 1) if np.allclose(G[i], G[j], atol=1e-2)) for j in range(len(G))])
