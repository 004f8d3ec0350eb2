# the slopes on all rows
import numpy as np


def jacobian_elementwise(fprime, x):
    return np.ones((len(x), 1)) * fprime(x)
