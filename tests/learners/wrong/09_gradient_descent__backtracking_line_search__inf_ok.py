# mistake: inf ok
import numpy as np


def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g = grad(theta); f0 = f(theta); s = np.sum(g * g); eta = eta0
    while np.nan_to_num(f(theta - eta * g)) > f0 - c * eta * s: eta *= rho
    return eta
