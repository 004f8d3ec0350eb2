# mistake: second differences with h = 1e-3: not six digits where f twists
import numpy as np


def hessian(f, x):
    h = 1e-3
    s = h * np.eye(len(x))
    return np.array([[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for b in s] for a in s]) / (4 * h * h)
