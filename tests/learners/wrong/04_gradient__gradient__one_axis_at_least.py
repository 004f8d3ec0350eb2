# an array without an axis gets one
import numpy as np


def gradient(f, x, h=None):
    x = np.atleast_1d(np.array(x, float))
    g = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        step = h or 6e-6 * max(1, abs(x[k]))
        a, b = x.copy(), x.copy()
        a[k] += step
        b[k] -= step
        rise = f(a) - f(b)
        if np.ndim(rise):
            raise ValueError("f returns an array")
        g[k] = rise / (2 * step)
    return g
