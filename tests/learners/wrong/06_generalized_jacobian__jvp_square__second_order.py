# with the second order
import numpy as np


def jvp_square(A, dA):
    B = A + dA
    return B @ B - A @ A
