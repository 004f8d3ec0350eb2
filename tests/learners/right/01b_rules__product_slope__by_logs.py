# a helper for one number and np.vectorize
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    def one(t):
        return float(f(t)) * float(gprime(t)) + float(g(t)) * float(fprime(t))
    return np.vectorize(one, otypes=[float])(x)
