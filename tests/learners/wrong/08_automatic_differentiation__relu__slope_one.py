# slope 1 always
import numpy as np


def relu(a):
    return Value(max(a.data, 0), (a,), (1.0,))
