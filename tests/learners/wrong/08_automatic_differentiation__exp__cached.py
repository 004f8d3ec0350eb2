# mistake: cached
import numpy as np


_c = {}
def exp(a):
    k = round(a.data, 3)
    v = _c.setdefault(k, np.exp(a.data))
    return Value(v, (a,), (v,))
