# np.empty for the table
import numpy as np


def jacobian_elementwise(fprime, x):
    J = np.zeros((len(x), len(x)), dtype=np.asarray(x).dtype)
    np.fill_diagonal(J, fprime(x))
    return J
