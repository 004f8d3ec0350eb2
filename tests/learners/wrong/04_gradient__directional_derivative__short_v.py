# mistake: tiny v is 0
import numpy as np
def directional_derivative(f, x, v):
    x, v = np.asarray(x, float), np.asarray(v, float)
    if np.linalg.norm(v) < 1e-3:
        return 0.0
    g = np.array([(f(x + e) - f(x - e)) / (2 * e.max()) for e in np.diag(6e-6 * np.maximum(1, abs(x)))])
    return g @ v
