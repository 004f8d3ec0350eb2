# the shape as a row of numbers
import numpy as np


def describe_array(a):
    a = np.asanyarray(a)
    return [a.ndim, np.array(a.shape, dtype=int), np.prod(a.shape, dtype=int)]
