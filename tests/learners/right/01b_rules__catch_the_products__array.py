# an array
import numpy as np


def catch_the_products():
    return np.array([1.5, -2.0, 3.0, 0.25])
