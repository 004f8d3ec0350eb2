import numpy as np


def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g = grad(theta)
    eta = eta0
    f0 = f(theta)
    while f(theta - eta * g) > f0 - c * eta * np.sum(g**2):
        eta *= rho
        if eta < 1e-3:
            break
    return eta
