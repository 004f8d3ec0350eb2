# v of length 1
import numpy as np


def dual_jvp(f, x, v):
    v = v / np.linalg.norm(v)
    return np.array([dual(o).slope for o in f([Dual(a, b) for a, b in zip(x, v)])])
