# mistake: 1e-10
import numpy as np
def hvp(gradf, x, v):
    x, v = np.asarray(x, float), np.asarray(v, float)
    return (np.asarray(gradf(x + 1e-11 * v)) - gradf(x - 1e-11 * v)) / 2e-11
