# mistake: the length of the gradient instead of its square
import numpy as np
def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g = grad(theta)
    eta = eta0
    while f(theta - eta * g) > f(theta) - c * eta * np.linalg.norm(g):
        eta = eta * rho
    return eta
