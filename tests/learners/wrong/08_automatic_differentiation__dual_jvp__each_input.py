# one pass for each input
import numpy as np


def dual_jvp(f, x, v):
    total = 0.0
    for k in range(len(x)):
        out = f([Dual(x[j], 1.0 if j == k else 0.0) for j in range(len(x))])
        total = total + v[k] * np.array([dual(o).slope for o in out])
    return total
