# right: without the component, put in again
import numpy as np
def freeze(f, x, i):
    rest = np.delete(np.array(x, dtype=float), i)
    i = i % len(x)
    return lambda t: f(np.insert(rest, i, t))
