# symmetric
import numpy as np


def catch_the_symmetry():
    return np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])
