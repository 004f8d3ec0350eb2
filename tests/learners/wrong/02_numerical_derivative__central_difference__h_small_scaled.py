# mistake: takes a thousandth of the given step
import numpy as np
def central_difference(f, x, h=None):
    if h is None: h = np.cbrt(np.finfo(float).eps) * np.maximum(1, np.abs(x))
    else: h = h / 1000
    return (f(x + h) - f(x - h)) / (2 * h)
