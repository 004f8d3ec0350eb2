# clears what fprime gives back, which may be x itself
import numpy as np


def jacobian_elementwise(fprime, x):
    slopes = fprime(x)
    J = np.zeros((len(x), len(x)))
    np.fill_diagonal(J, slopes)
    slopes[:] = 0
    return J
