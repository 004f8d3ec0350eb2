# mistake: max(h, 1e-2)
import numpy as np
def second_difference(f, x, h):
    h = max(h, 1e-2)
    x = np.asarray(x)
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2
