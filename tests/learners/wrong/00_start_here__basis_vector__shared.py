import numpy as np


_cache = {}
def basis_vector(n, i):
    e = _cache.setdefault(n, np.zeros(n))
    e[:] = 0
    e[i] = 1.0
    return e
