# mistake: v.max() == 0
import numpy as np
def slope_along(f, x, v):
    x, v = np.asarray(x, float), np.asarray(v, float)
    if v.max() == 0:
        raise ValueError
    g = np.array([(f(x + e) - f(x - e)) / (2 * e.max()) for e in np.diag(6e-6 * np.maximum(1, abs(x)))])
    return g @ v / np.linalg.norm(v)
