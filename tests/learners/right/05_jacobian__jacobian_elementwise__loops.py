# fills the diagonal
import numpy as np


def jacobian_elementwise(fprime, x):
    slopes = fprime(x)
    J = np.zeros((len(x), len(x)))
    np.fill_diagonal(J, slopes)
    return J
