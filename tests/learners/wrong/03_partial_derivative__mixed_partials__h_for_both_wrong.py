import numpy as np


def mixed_partials(f, x, i, j, h=None):
    x = np.array(x, dtype=float)
    h = np.finfo(float).eps ** 0.25 if h is None else h
    def at(a, b):
        y = x.copy()
        y[i] = x[i] + a
        y[j] = x[j] + b
        return f(y)
    return (at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h * h)
