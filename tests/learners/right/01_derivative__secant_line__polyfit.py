# right: an array of both
import numpy as np
def secant_line(f, x, h):
    (a, b), (c, d) = (x, f(x)), (x + h, f(x + h))
    m = (b - d) / (a - c)
    return np.array([m, (a * d - c * b) / (a - c)])
