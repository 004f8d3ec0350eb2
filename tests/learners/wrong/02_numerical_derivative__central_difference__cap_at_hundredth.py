# mistake: caps the given step at 0.01
import numpy as np
def central_difference(f, x, h=None):
    if h is None: h = np.cbrt(np.finfo(float).eps) * np.maximum(1, np.abs(x))
    else: h = min(h, 0.01)
    return (f(x + h) - f(x - h)) / (2 * h)
