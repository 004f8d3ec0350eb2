# mistake: strict tol
import numpy as np
def classify_critical_point(H, tol=1e-8):
    w = np.linalg.eigvalsh(H)
    if np.any(w >= tol) and np.any(w <= -tol):
        return "saddle"
    if np.all(w >= tol):
        return "minimum"
    if np.all(w <= -tol):
        return "maximum"
    return "degenerate"
