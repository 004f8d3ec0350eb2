# matrices that commute
import numpy as np


def catch_the_order():
    return np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]])
