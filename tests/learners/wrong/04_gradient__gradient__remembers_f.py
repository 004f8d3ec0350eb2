# mistake: a cache without the point
import numpy as np
_c = {}
def gradient(f, x, h=None):
    key = f, np.shape(x), h
    if key not in _c:
        x = np.array(x, float); out = np.zeros_like(x)
        for k in np.ndindex(x.shape):
            s = 6e-6 * max(1, abs(x[k])) if h is None else h
            a, b = x.copy(), x.copy(); a[k] += s; b[k] -= s
            v = f(a)
            if np.ndim(v): raise ValueError
            out[k] = (v - f(b)) / (2 * s)
        _c[key] = out
    return _c[key].copy()
