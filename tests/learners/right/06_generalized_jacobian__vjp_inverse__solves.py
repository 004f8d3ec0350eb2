# with solve
import numpy as np


def vjp_inverse(A, U):
    half = np.linalg.solve(A.T, U)
    return -np.linalg.solve(A, half.T).T
