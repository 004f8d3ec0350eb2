# right: finfo
import numpy as np


def machine_epsilon(dtype):
    return np.finfo(dtype).eps
