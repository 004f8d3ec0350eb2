# mistake: signed largest
import numpy as np
def relative_error(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        raise ValueError
    if not a.any() and not b.any():
        return 0.0
    return np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)) if np.max(a) != 0 else 1.0
