# the inner value of the first entry for all
import numpy as np


def chain_slope(f, fprime, g, gprime, x):
    x = np.asarray(x, float)
    return fprime(g(x.flat[0])) * gprime(x)
