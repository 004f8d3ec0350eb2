# mistake: writes every result into the same array for each shape
import numpy as np


def right(f, x, h=None):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        s = np.cbrt(np.finfo(float).eps) * max(1.0, abs(x[i])) if h is None else h
        up, dn = x.copy(), x.copy()
        up[i] += s
        dn[i] -= s
        a, b = f(up), f(dn)
        if np.ndim(a) != 0:
            raise ValueError("f must return a number")
        g[i] = (a - b) / (2 * s)
    return g


results = {}


def gradient(f, x, h=None):
    result = results.setdefault(np.shape(x), np.zeros(np.shape(x)))
    result[...] = right(f, x, h)
    return result
