# the same order back
import numpy as np


def tensor_transpose(a, axes):
    return Tensor(np.transpose(a.data, axes), (a,), lambda g: (np.transpose(g, axes),))
