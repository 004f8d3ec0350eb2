# zip and getattr
import numpy as np


def dual_jvp(f, x, v):
    inputs = [Dual(float(p), float(q)) for p, q in zip(x, v)]
    return np.array([item.slope if isinstance(item, Dual) else 0.0 for item in f(inputs)])
