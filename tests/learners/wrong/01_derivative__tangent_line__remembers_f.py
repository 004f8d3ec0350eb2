# mistake: a cache keyed by f alone
import numpy as np
_c = {}
def tangent_line(f, fprime, x0):
    if f not in _c: _c[f] = f(x0), fprime(x0)
    b, m = _c[f]
    return lambda t: b + m * (t - x0)
