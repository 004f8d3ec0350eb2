# right: another constant, np.cbrt
import math
import numpy as np
def optimal_step(kind, x, dtype):
    e = float(np.finfo(np.dtype(dtype)).eps)
    base = 2 * math.sqrt(e) if kind == "forward" else float(np.cbrt(3 * e)) if kind == "central" else (48 * e) ** 0.25
    return np.float64(base * max(abs(x), 1.0))
