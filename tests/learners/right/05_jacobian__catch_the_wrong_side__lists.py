# nested lists
import numpy as np


def catch_the_wrong_side():
    return [[1, 2], [5, 3]], [1, -4]
