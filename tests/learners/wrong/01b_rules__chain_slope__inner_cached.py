# remembers g(x) by the values of x
import numpy as np


_seen = {}
def chain_slope(f, fprime, g, gprime, x):
    key = np.asarray(x).tobytes()
    if key not in _seen:
        _seen[key] = g(x)
    return fprime(_seen[key]) * gprime(x)
