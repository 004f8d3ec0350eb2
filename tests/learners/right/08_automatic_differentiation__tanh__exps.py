# (1 - e) / (1 + e)
import numpy as np


def tanh(a):
    q = np.exp(-2 * abs(a.data))
    t = np.sign(a.data) * (1 - q) / (1 + q)
    return Value(t, (a,), (4 * q / (1 + q) ** 2,))
