# mistake: a cache hands the same array out twice
import numpy as np
from functools import lru_cache
@lru_cache(None)
def basis_vector(n, i):
    e = np.zeros(n)
    e[i] = 1.0
    return e
