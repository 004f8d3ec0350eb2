# mistake: one step by the largest
import numpy as np
def gradient(f, x, h=None):
    x = np.array(x, dtype=float)
    if np.ndim(f(x)):
        raise ValueError
    d = 6e-6 * max(1.0, np.abs(x).max()) if h is None else h
    g = np.zeros(x.shape)
    for k in np.ndindex(*x.shape):
        a, b = x.copy(), x.copy()
        a[k] += d
        b[k] -= d
        g[k] = (f(a) - f(b)) / (2 * d)
    return g
