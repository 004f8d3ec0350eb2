# shapes reversed
import numpy as np


def tensor_matmul(a, b):
    return Tensor(a.data @ b.data, (a, b), lambda g: (g @ b.data.T, g.T @ a.data))
