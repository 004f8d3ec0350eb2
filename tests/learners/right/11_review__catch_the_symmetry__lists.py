# lists
import numpy as np


def catch_the_symmetry():
    return [[1, 2], [0, 3]], [1, 1]
