# mistake: zero when entries add to 0
import numpy as np
def relative_error(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        raise ValueError
    if np.sum(a) == 0 and np.sum(b) == 0:
        return 0.0
    return np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b))
