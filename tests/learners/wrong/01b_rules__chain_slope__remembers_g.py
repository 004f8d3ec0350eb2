# mistake: a cache keyed by g alone
import numpy as np
_c = {}
def chain_slope(f, fprime, g, gprime, x):
    if g not in _c: _c[g] = g(x)
    return fprime(_c[g]) * gprime(x)
