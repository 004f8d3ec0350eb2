# f g (f'/f + g'/g), nan where one is 0
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    return f(x) * g(x) * (fprime(x) / f(x) + gprime(x) / g(x))
