# slope computed at once
import numpy as np


def elementwise(a, f, fprime):
    slope = fprime(a.data)
    return Tensor(f(a.data), (a,), lambda g: (np.multiply(slope, g),))
