# np.dot for the products
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    return np.dot(fprime(x), g(x)) + np.dot(f(x), gprime(x))
