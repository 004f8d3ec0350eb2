# mistake: a cache keyed by f alone
import numpy as np
_c = {}
def difference_quotient(f, x, h):
    if np.any(np.asarray(h) == 0): raise ValueError
    if f not in _c: _c[f] = f(x)
    return (f(x + h) - _c[f]) / h
