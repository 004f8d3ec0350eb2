# only works for the last index by pop
import numpy as np


def freeze(f, x, i):
    rest = [float(v) for k, v in enumerate(x) if k != i]
    def g(t):
        rest.insert(i, t)
        out = f(np.array(rest))
        rest.pop()
        return out
    return g
