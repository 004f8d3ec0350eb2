# mistake: the real part alone where the eigenvalues are complex
import numpy as np
def momentum_rate(eta, lam, beta):
    b = 1 + beta - eta * np.asarray(lam, float)
    root = np.sqrt(np.maximum(b * b - 4 * beta, 0))
    return np.maximum(abs(b + root), abs(b - root)) / 2
