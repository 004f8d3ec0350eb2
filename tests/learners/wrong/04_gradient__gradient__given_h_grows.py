# mistake: lets the h that is given grow with the element, too
import numpy as np


def gradient(f, x, h=None):
    x = np.array(x, float)
    if np.ndim(f(x)):
        raise ValueError
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        s = (h or np.cbrt(np.finfo(float).eps)) * max(1, abs(x[i]))
        up, dn = x.copy(), x.copy()
        up[i] += s
        dn[i] -= s
        g[i] = (f(up) - f(dn)) / (2 * s)
    return g
