# mistake: a cache keyed by f alone
import numpy as np
_c = {}
def taylor_order(f, grad, x, d):
    if f not in _c: _c[f] = f(x)
    linear = float(np.vdot(grad(x), d))
    a, b = (abs(f(x + h * d) - _c[f] - h * linear) for h in (1e-2, 1e-3))
    return float(np.log10(a / b))
