# right: a difference of differences
import numpy as np
def mixed_partials(f, x, i, j, h=None):
    h = h or np.finfo(float).eps ** 0.25
    def D(g, k): 
        e = np.zeros(len(x)); e[k] = h
        return lambda y: (g(y + e) - g(y - e)) / (2 * h)
    return D(D(f, i), j)(np.array(x, dtype=float))
