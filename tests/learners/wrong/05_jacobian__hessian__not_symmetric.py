# mistake: forward in one, central in the other
import numpy as np
def hessian(f, x):
    x = np.asarray(x, float)
    h, n = 1.2e-4, len(x)
    E = np.eye(n) * h
    g = lambda y: np.array([(f(y + e) - f(y - e)) / (2 * h) for e in E])
    return np.array([(g(x + e) - g(x)) / h for e in E])
