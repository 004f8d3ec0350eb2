# mistake: caps every step at 0.01
import numpy as np
def partial_derivative(f, x, i, h=None):
    x = np.array(x, float)
    if h is None: h = 6e-6 * max(1, abs(x[i]))
    h = min(h, 0.01)
    e = np.zeros_like(x); e[i] = h
    return (f(x + e) - f(x - e)) / (2 * h)
