# mistake: keeps the gradient for each x, even when f is another one
import numpy as np


# my right answer, used below
def gradient(f, x, h=None):
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


known = {}


def directional_derivative(f, x, v):
    if x.tobytes() not in known:
        known[x.tobytes()] = gradient(f, x)
    return known[x.tobytes()] @ v
