# mistake: a cache keyed by f alone
import numpy as np
_c = {}
def jvp(f, x, v):
    x = np.asarray(x, float); v = np.asarray(v, float)
    if f not in _c: _c[f] = f(x)
    return (f(x + 1e-7 * v) - _c[f]) / 1e-7
