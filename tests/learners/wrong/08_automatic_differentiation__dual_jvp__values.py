# the data
import numpy as np


def dual_jvp(f, x, v):
    return np.array([dual(o).data for o in f([Dual(a, b) for a, b in zip(x, v)])])
