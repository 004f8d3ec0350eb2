# adds up in an array of its own
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    total = np.array(f(x), float)
    total *= gprime(x)
    total += fprime(x) * g(x)
    return total
