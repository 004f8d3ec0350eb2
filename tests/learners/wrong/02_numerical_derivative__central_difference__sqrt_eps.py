import numpy as np


def central_difference(f, x, h=None):
    if h is None:
        h = np.sqrt(np.finfo(float).eps) * np.maximum(1, np.abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)
