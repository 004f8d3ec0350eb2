# mistake: max 100
import numpy as np
def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g = grad(theta)
    eta = eta0
    for _ in range(20):
        if f(theta - eta * g) <= f(theta) - c * eta * np.sum(g**2):
            break
        eta *= rho
    return eta
