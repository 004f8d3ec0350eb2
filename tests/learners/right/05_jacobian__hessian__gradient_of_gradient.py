# right: nested gradients symmetrised
import numpy as np
def hessian(f, x):
    x = np.asarray(x, float)
    h = 1.5e-4
    E = h * np.eye(len(x))
    g = lambda y: np.array([f(y + e) - f(y - e) for e in E]) / (2 * h)
    H = np.array([g(x + e) - g(x - e) for e in E]) / (2 * h)
    return 0.5 * (H + H.T)
