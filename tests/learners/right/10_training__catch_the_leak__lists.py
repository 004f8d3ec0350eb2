# lists
import numpy as np


def catch_the_leak():
    return [1, 2, 3], [10, 20]
