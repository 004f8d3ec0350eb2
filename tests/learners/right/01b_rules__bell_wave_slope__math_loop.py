# the math module in a loop
import numpy as np


import math
def bell_wave_slope(x):
    a = np.asarray(x, float)
    out = np.empty(a.shape)
    for k in np.ndindex(a.shape):
        t = a[k]
        out[k] = math.exp(-t * t) * (3 * math.cos(3 * t) - 2 * t * math.sin(3 * t))
    return out if a.ndim else float(out)
