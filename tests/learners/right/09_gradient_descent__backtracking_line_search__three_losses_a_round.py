import numpy as np


def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g, eta = grad(theta), eta0

    def drop(e):
        return f(theta) - f(theta - e * g)

    while not (drop(eta) >= c * eta * np.sum(g * g) and np.isfinite(f(theta - eta * g))):
        eta *= rho
    return eta
