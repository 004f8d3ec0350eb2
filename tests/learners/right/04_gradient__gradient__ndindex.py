# right: ndindex with fresh copies
import numpy as np
class NotANumber(ValueError):
    pass
def gradient(f, x, h=None):
    x = np.asarray(x, float)
    g = np.empty(x.shape)
    for k in np.ndindex(*x.shape):
        d = 6e-6 * max(1.0, abs(x[k])) if h is None else h
        a, b = x.copy(), x.copy()
        a[k] += d
        b[k] -= d
        fa, fb = f(a), f(b)
        if np.ndim(fa):
            raise NotANumber(np.shape(fa))
        g[k] = (fa - fb) / (2 * d)
    return g
