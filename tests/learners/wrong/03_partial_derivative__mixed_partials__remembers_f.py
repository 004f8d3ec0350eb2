# mistake: a cache without the point
import numpy as np
_c = {}
def mixed_partials(f, x, i, j, h=None):
    if h is None: h = 1.2e-4
    key = (id(f), i, j, h)
    x = np.array(x, float)
    if key not in _c:
        E = np.eye(len(x)) * h
        a, b = E[i], E[j]
        _c[key] = (f(x+a+b) - f(x+a-b) - f(x-a+b) + f(x-a-b)) / (4*h*h)
    return _c[key]
