# mistake: c fixed
import numpy as np
def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g = grad(theta)
    eta = eta0
    while f(theta - eta * g) > f(theta) - 1e-4 * eta * np.sum(g**2):
        eta *= rho
    return eta
