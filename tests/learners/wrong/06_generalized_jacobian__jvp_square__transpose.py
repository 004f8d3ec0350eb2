# dA A^T
import numpy as np


def jvp_square(A, dA):
    return A @ dA + dA.T @ A
