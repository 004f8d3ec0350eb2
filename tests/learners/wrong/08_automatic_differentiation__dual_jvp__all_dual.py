# item.slope
import numpy as np


def dual_jvp(f, x, v):
    return np.array([o.slope for o in f([Dual(a, b) for a, b in zip(x, v)])])
