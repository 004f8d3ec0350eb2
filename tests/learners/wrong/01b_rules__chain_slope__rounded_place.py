# rounds the places to four decimals
import numpy as np


def chain_slope(f, fprime, g, gprime, x):
    x = np.round(x, 4)
    return fprime(g(x)) * gprime(x)
