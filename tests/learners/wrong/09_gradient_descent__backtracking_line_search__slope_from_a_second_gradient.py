import numpy as np


def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    direction, slope = grad(theta), np.sum(grad(theta) ** 2)
    eta, start = eta0, f(theta)
    while f(theta - eta * direction) > start - c * eta * slope:
        eta *= rho
    return eta
