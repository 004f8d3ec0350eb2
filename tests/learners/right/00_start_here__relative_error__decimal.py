# right: in decimals
import numpy as np
from decimal import Decimal, getcontext
def relative_error(a, b):
    getcontext().prec = 40
    x, y = np.asarray(a), np.asarray(b)
    if x.shape != y.shape: raise type("Shape", (ValueError,), {})("no")
    L = lambda v: sum((Decimal(float(t)) ** 2 for t in np.ravel(v)), Decimal(0)).sqrt()
    big = max(L(x), L(y))
    if not big: return 0.0
    d = sum(((Decimal(float(p)) - Decimal(float(q))) ** 2 for p, q in zip(x.flat, y.flat)), Decimal(0)).sqrt()
    return float(d / big)
