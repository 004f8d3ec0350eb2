# mistake: the copy keeps whole numbers
import numpy as np
def nudge(params, name, k, h):
    out = {key: value.copy() for key, value in params.items()}
    out[name].ravel()[k] += h
    return out
