# mistake: h = 1e-4
import numpy as np
def partial_derivative(f, x, i, h=None):
    x = np.array(x, dtype=float)
    h = 1e-4 * max(1.0, abs(x[i])) if h is None else h
    e = np.zeros(len(x))
    e[i] = h
    return (f(x + e) - f(x - e)) / (2 * h)
