# right: step for the length of v, keyword
import math
import numpy as np
def jvp(f, x, v):
    x, v = np.asarray(x, float), np.asarray(v, float)
    n = math.sqrt(float(v @ v))
    t = 6e-6 / max(n, 1e-3)
    return (np.array(f(x=x + t * v)) - np.array(f(x=x - t * v))) / (2 * t)
