# an integer array takes the slopes
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    out = np.zeros_like(x)
    out[...] = fprime(x) * g(x) + f(x) * gprime(x)
    return out
