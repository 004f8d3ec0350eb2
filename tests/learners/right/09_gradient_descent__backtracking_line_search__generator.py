# right: generator
import numpy as np
from itertools import count
def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g = grad(theta)
    start, slope = f(theta), np.linalg.norm(g) ** 2
    return next(eta for eta in (eta0 * rho**k for k in count()) if f(theta - eta * g) <= start - c * eta * slope)
