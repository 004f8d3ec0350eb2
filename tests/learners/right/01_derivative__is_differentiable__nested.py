# right: jump must shrink, as np.bool_
import numpy as np
def is_differentiable(f, x):
    def q(h):
        return (f(x + h) - f(x)) / h
    hs = np.array([2.0**-15, 2.0**-18])
    return np.all([abs(q(h) - q(-h)) < 80 * h for h in hs]) and np.abs(q(hs[0]) - q(hs[1])) < 0.01
