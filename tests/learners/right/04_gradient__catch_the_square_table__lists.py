# lists of whole numbers
import numpy as np


def catch_the_square_table():
    return [[1, 2], [1, 5], [1, 7]], [3, 0, 1], [1, 2]
