# the roots of the characteristic polynomial, entry by entry
import numpy as np
def momentum_rate(eta, lam, beta):
    lam = np.asarray(lam, float)
    rate = [max(abs(np.roots([1.0, -(1 + beta - eta * l), beta]))) if beta else abs(1 - eta * l) for l in lam.ravel()]
    return np.array(rate).reshape(lam.shape)[()]
