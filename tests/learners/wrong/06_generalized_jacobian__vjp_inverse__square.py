# -U / A^2
import numpy as np


def vjp_inverse(A, U):
    B = np.linalg.inv(A)
    return -(B @ B).T * U
