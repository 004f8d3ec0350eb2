# mistake: np.allclose(v, 0) instead of v == 0, so a short v counts as 0
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


def slope_along(f, x, v):
    if np.allclose(v, 0):
        raise ValueError
    return gradient(f, x) @ v / np.linalg.norm(v)
