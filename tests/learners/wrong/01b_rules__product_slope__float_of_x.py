# takes one number only by float
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    x = float(x)
    return fprime(x) * g(x) + f(x) * gprime(x)
