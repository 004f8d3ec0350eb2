import numpy as np


def directional_derivative(f, x, v):
    length = np.sqrt(sum(float(w) ** 2 for w in v))
    if length == 0:
        return 0.0
    u, h = v / length, 1e-5
    return length * (f(x + h * u) - f(x - h * u)) / (2 * h)
