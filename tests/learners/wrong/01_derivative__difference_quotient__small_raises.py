# mistake: raises for |h| < 1e-8
import numpy as np
def difference_quotient(f, x, h):
    h = np.asarray(h, float)
    if np.any(np.abs(h) < 1e-8):
        raise ValueError
    return (f(x + h) - f(x)) / h
