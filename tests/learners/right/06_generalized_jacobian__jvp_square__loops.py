# sums
import numpy as np


def jvp_square(A, dA):
    n = len(A)
    return np.array([[sum(A[i, k] * dA[k, j] + dA[i, k] * A[k, j] for k in range(n)) for j in range(n)] for i in range(n)])
