# calls itself a helper by keyword
import numpy as np


def chain_slope(f, fprime, g, gprime, x):
    def times(*, outer, inner):
        return np.multiply(outer, inner)
    return times(inner=gprime(x), outer=fprime(g(x)))
