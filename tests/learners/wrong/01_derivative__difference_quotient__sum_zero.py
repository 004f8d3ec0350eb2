# mistake: sum(h) == 0 raises
import numpy as np
def difference_quotient(f, x, h):
    h = np.asarray(h, float)
    if h.sum() == 0:
        raise ValueError
    return (f(x + h) - f(x)) / h
