# (A + dA)^2 - A^2 - dA^2
import numpy as np


def jvp_square(A, dA):
    B = A + dA
    return B @ B - A @ A - dA @ dA
