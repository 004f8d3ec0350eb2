# counts the mixed partials twice
import numpy as np


def hessian(f, x):
    x = np.asarray(x, float)
    n = len(x)
    H = np.zeros((n, n))
    steps = 1e-4 * np.eye(n)
    for i in range(n):
        for j in range(i + 1):
            a, b = steps[i], steps[j]
            H[i, j] = (f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)) / 4e-8
    return H + H.T - np.diag(np.diag(H)) + np.tril(H, -1) + np.tril(H, -1).T
