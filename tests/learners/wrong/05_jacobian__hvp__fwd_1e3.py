# mistake: a forward difference with a large step
import numpy as np
def hvp(gradf, x, v):
    x = np.array(x, float); v = np.array(v, float)
    return (gradf(x + 1e-3 * v) - gradf(x)) / 1e-3
