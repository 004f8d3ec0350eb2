# mistake: or
import numpy as np
def partial_derivative(f, x, i, h=None):
    x = np.array(x, dtype=float)
    h = h or 1e-5
    e = np.zeros(len(x))
    e[i] = h
    return (f(x + e) - f(x - e)) / (2 * h)
