# right: a difference of order 4, inputs first and then turned
import numpy as np
def jacobian(f, x):
    x = [float(v) for v in x]
    def at(j, s): return np.asarray(f(np.array(x[:j] + [x[j] + s] + x[j+1:])), dtype=float)
    return np.moveaxis(np.array([(8*(at(j, 1e-3) - at(j, -1e-3)) - (at(j, 2e-3) - at(j, -2e-3))) / 12e-3 for j in range(len(x))]), 0, -1)
