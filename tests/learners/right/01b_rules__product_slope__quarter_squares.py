# f g = ((f + g)**2 - (f - g)**2) / 4
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    def square(sign):
        return 2 * (f(x) + sign * g(x)) * (fprime(x) + sign * gprime(x))
    return (square(1) - square(-1)) / 4
