# mistake: v longer than 100 shortened
import numpy as np
def directional_derivative(f, x, v):
    x, v = np.asarray(x, float), np.asarray(v, float)
    n = np.linalg.norm(v)
    if n > 1e3:
        v = v / n * 1e3
    g = np.array([(f(x + e) - f(x - e)) / (2 * e.max()) for e in np.diag(6e-6 * np.maximum(1, abs(x)))])
    return g @ v
