import numpy as np


def gradient(f, x, h=None):
    x = np.array(x, float)
    g = []
    for k in range(x.size):
        s = h if h is not None else np.cbrt(np.finfo(float).eps) * max(1, abs(x.flat[k]))
        a, b = x.copy(), x.copy()
        a.flat[k] += s
        b.flat[k] -= s
        up = f(a)
        if np.ndim(up):
            raise ValueError("scalar")
        g.append((up - f(b)) / (2 * s))
    return np.array(g)
