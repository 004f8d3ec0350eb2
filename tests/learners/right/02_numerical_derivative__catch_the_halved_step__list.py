# lists and integers
import numpy as np


def catch_the_halved_step():
    return [[0, 0, 0, 1], 1, 1]
