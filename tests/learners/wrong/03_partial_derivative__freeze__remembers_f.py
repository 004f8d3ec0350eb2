# mistake: a cache keyed by f alone
import numpy as np
_c = {}
def freeze(f, x, i):
    if f not in _c: _c[f] = np.array(x, float)
    def g(t):
        y = _c[f].copy(); y[i] = t
        return f(y)
    return g
