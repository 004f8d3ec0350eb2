# mistake: the same step up to 10, and a jump there
import numpy as np
def optimal_step(kind, x, dtype):
    p = {"forward": 1/2, "central": 1/3, "second": 1/4}[kind]
    return float(np.finfo(dtype).eps ** p * (abs(x) if abs(x) > 10 else 1))
