import numpy as np


def hessian(f, x):
    x = np.array(x, float)
    n, h = len(x), 1e-4
    H = np.zeros((n, n))
    for i in range(n):
        for j in range(i, n):
            a, b = h * np.eye(n)[i], h * np.eye(n)[j]
            H[i, j] = (f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)) / (4 * h * h)
    return H
