# one unusual point
import numpy as np


def find_first_wrong_step(steps):
    x, h = 1.37, 0.59
    for k in range(1, len(steps)):
        if not np.isclose(steps[k](x, h), steps[k - 1](x, h)):
            return k
    return None
