# the same numbers in both
import numpy as np


def catch_the_leak():
    return np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])
