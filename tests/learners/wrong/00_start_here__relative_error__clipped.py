# mistake: at most 1
import numpy as np
def relative_error(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        raise ValueError
    n = max(np.linalg.norm(a), np.linalg.norm(b))
    return min(1.0, np.linalg.norm(a - b) / n) if n else 0.0
