# pull reshapes to the new shape
import numpy as np


def tensor_reshape(a, shape):
    return Tensor(a.data.reshape(shape), (a,), lambda g: (g.reshape(shape),))
