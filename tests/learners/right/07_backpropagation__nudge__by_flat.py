# a float copy, its flat iterator
import numpy as np
def nudge(params, name, k, h):
    out = dict(params)
    moved = np.array(params[name], dtype=np.float64, order="C")
    moved.flat[k] = moved.flat[k] + h
    out[name] = moved
    return out
