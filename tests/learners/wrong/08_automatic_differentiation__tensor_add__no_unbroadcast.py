# passes g
import numpy as np


def tensor_add(a, b):
    return Tensor(a.data + b.data, (a, b), lambda g: (g, g))
